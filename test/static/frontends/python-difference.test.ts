import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { createPythonFrontend } from '../../../src/static/frontends/python/frontend.ts';
import { saidByCpython } from '../../support/cpython.ts';
import { callsIn, calleeText } from './shape.ts';

/** Reads a JSON list of sources, writes for each the sorted callees of its calls, or null where CPython refuses the source. */
const CALLEES_BY_CPYTHON = `
def callees(source):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    return sorted(callee(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))

json.dump([callees(source) for source in json.load(sys.stdin)], sys.stdout)
`;

const hasPython = execaSync('python3', ['-I', '-c', 'import ast'], { reject: false }).exitCode === 0;

function calleesByCpython(sources: readonly string[]): Promise<(string[] | null)[]> {
  return saidByCpython(CALLEES_BY_CPYTHON, sources);
}

async function calleesBySbx(sources: readonly string[]): Promise<string[][]> {
  const frontend = createPythonFrontend();
  return sources.map((source) =>
    callsIn(frontend.parse(source, 'python', 'module.py').program?.body ?? [])
      .map((call) => calleeText(call.callee))
      .sort(),
  );
}

const SOURCES: readonly string[] = [
  'a()\nb.c(d(), *e(), f=g(), **h())\nx().y().z()[0]()',
  '@a(b())\nclass C(d(), metaclass=e()):\n  x: f() = g()\n  @h\n  def m(self, a=i(), *, b: j() = k()) -> l():\n    "doc"\n    return m()',
  'f"{a()!r:>{b()}} {c():{d()}}" f\'{e()}\' "x"\n"%s" % f()\nf"{g() if h() else {i(): j()}[k()]}"',
  '[a() for b in c() if d() for e in f() if g()]\n{a(): b() for c in d()}\nset(e() for f in g())\n{*h(), *i()}\n{**j()}',
  'async def a():\n  async with b() as c, d(): await e()\n  async for f in g(): yield h()\n  return [i() async for j in k()]',
  'try:\n  a()\nexcept b() as c:\n  d()\nexcept (e(), f()):\n  raise g() from h()\nelse:\n  i()\nfinally:\n  j()',
  'try:\n  a()\nexcept* b() as c:\n  d()',
  'while a():\n  b()\n  break\nelse:\n  c()\nfor d[e()] in f(), g():\n  continue\nelse:\n  h()',
  'match a(b()), c():\n  case [d, *_] if e(): f()\n  case {"x": g.h, **r}: i()\n  case J(k, l=m) | N(): o()\n  case _: p()',
  'if a() and b() or not c(): d()\nelif e() < f() <= g() is not h(): i()\nelse: j() if k() else l()',
  'lambda a=b(), *c, d=e(): f(a)(g())\n(h := i())\nx[a():b():c(), ...]\ndel d()[e()], f().g\nassert h(), i()\nglobal z',
  'x = y = z[a()] = b()\nx, (y, *z) = c()\nx += d()\nx: int\n(x.y): e() = f()\nx @= ~g() ** -h() // i()',
  'def a():\n  def b(c=d()):\n    nonlocal e\n    return f()\n  return b()\nwith (a() as b, c()): d()\nwith a(), b(): pass',
  "a(\n  b, # comment )\n  c()\n)\nd('\\\n')  ; e()\nif x: f(); g()\n\\\nh()\n",
  "a('''b()''', r'\\', \"c\", b'\\x00', 'd' 'e' f'{f()}')\nif 1:\n\tg()\n        \n\th()\n",
  'print(a(), file=b())\nexec("x")\nprint\nmatch(c())\ntype = d()\ncase = e()\n_ = match[f()]\nprint(*g(), sep="")',
  'ｅｖａｌ(ﬁ())\nx.ｓystem()\n',
  'a(b for b in c())(d)(e(), *f)\n(yield_ := g)\ndef h():\n  x = yield i()\n  y = yield from j()\n  await_ = (yield)\n  return (yield k())',
  'type(a).b = c()\ntype(d()).e.f = g\ntype(h)[0] = i',
  '"a" + b() + "c" * d() % (e(), f()) << g()\nnot h() in i()\n*j(), k = l()',
];

describe.skipIf(!hasPython)('calls found, compared with CPython (needs python3)', () => {
  it('are the same, with the same callees, in sources of every construct', async () => {
    const theirs = await calleesByCpython(SOURCES);
    const ours = await calleesBySbx(SOURCES);
    for (const [at, expected] of theirs.entries()) {
      // An older CPython refuses newer syntax; there is nothing to compare then.
      if (expected !== null) {
        expect(ours[at], SOURCES[at]).toEqual(expected);
      }
    }
    expect(theirs.filter((callees) => callees !== null).length).toBeGreaterThan(SOURCES.length / 2);
  });
});
