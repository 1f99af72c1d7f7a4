import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../../src/rules/compile.ts';
import { loadRules } from '../../../../src/rules/load.ts';
import { prepareRules } from '../../../../src/rules/rule-set.ts';
import { createGoFrontend } from '../../../../src/static/frontends/go/frontend.ts';
import { factsOf } from '../../facts-of.ts';

const rules = prepareRules(compileRules([loadRules('rules', 'built-in')]));
const frontend = await createGoFrontend();

const program = (body: string, imports = ''): string =>
  `package main\n\nimport (\n${imports}\n)\n\n${body}\n`;

/** Names of the calls in a function's body. */
async function callsIn(body: string, imports = ''): Promise<readonly string[]> {
  const { calls } = await factsOf(program(`func work() {\n${body}\n}`, imports), 'go', 'a.go', rules);
  return calls.map(({ name }) => name);
}

/** The first argument of each call of a name in a whole program, as far as it is known. */
async function givenTo(text: string, name: string): Promise<readonly unknown[]> {
  const { calls } = await factsOf(text, 'go', 'a.go', rules);
  return calls.filter((call) => call.name === name).map(({ args }) => args.positional[0]?.constant?.value);
}

describe('Go', () => {
  it.each([
    ['calls', 'f(1); g(h(2), k...)', ['f', 'h', 'g']],
    [
      'calls over lines',
      'a.\n\tb(1).\n\tc(\n\t\t2,\n\t)',
      ['?.b', '?.c'].map((each) => each.replace('?.b', 'a.b')),
    ],
    ['go and defer', 'go f()\ndefer func() { g() }()', ['f', '', 'g']],
    [
      'a test with a statement before it',
      'if x, err := f(); err != nil {\n g()\n} else if h(x) {\n i()\n} else {\n j()\n}',
      ['f', 'h', 'g', 'i', 'j'],
    ],
    [
      'loops',
      'for i := f(); g(i); i++ {\n h()\n}\nfor k, v := range n() {\n j(k, v)\n}\nfor range l() {\n}\nfor m() {\n}',
      ['f', 'g', 'h', 'j', 'l', 'm', 'n'],
    ],
    [
      'switches',
      'switch x := f(); x {\ncase g(), h():\n i()\n fallthrough\ndefault:\n j()\n}',
      ['f', 'g', 'h', 'i', 'j'],
    ],
    [
      'switches over types',
      'switch v := f().(type) {\ncase *T, []byte, map[string]int, func(int) error:\n g(v)\n}',
      ['f', 'g'],
    ],
    [
      'what is waited for',
      'select {\ncase v := <-f():\n g(v)\ncase c <- h():\ndefault:\n i()\n}',
      ['f', 'g', 'h', 'i'],
    ],
    [
      'values in braces',
      'x := []T{{a: f()}, {a: g()}}\ny := map[string][]int{"k": {h()}}\nz := struct{ n int }{i()}',
      ['T', 'T', 'f', 'g', 'h', 'i'],
    ],
    [
      'a value in braces in a header',
      'for _, x := range []string{f()} {\n g(x)\n}\nif (T{1}) == h() {\n}',
      ['f', 'g', 'T', 'h'],
    ],
    [
      'generic functions',
      'f[int](1); g[K, V](2); h[[]string](3); a[i](4); m[[2]string{j()}](5)',
      ['f', 'g', 'h', '', 'j', ''],
    ],
    ['conversions, which are what they convert', 'f([]byte(g()), (*T)(nil))', ['g', 'T', 'f']],
    ['assertions', 'f(x.(string), g().(interface{ H() }))', ['g', 'f']],
    ['raw texts and runes', "f(`a \" // b\n`, '\"', '\\'', '\\u00e9')\ng()", ['f', 'g']],
    ['comments', 'f( /* g() */ 1) // h()\n/* i()\n*/ j()', ['f', 'j']],
    ['labels', 'outer:\nfor {\n f()\n continue outer\n}\nend:\n g()', ['f', 'g']],
    [
      'functions in functions',
      'f := func(a, b int, c ...string) (n int, err error) {\n g()\n return\n}\nf(1, 2)',
      ['f', 'g'].map((each) => (each === 'f' ? '' : each)),
    ],
    ['slices', 'f(a[g():h():i()], a[:], b[j():])', ['g', 'h', 'i', 'j', 'f']],
  ])('finds %s', async (_what, body, expected) => {
    const text = program(`func work() {\n${body}\n}`);
    expect(frontend.parse(text, 'go', 'a.go')).toMatchObject({ status: 'complete', problem: null });
    expect((await callsIn(body)).toSorted()).toEqual([...expected].toSorted());
  });

  it('reads declarations of every sort', () => {
    const text = program(
      [
        'type (\n\tPair[K comparable, V any] struct {\n\t\tKey K `json:"k"`\n\t\tother.Base[V]\n\t\t*Inner\n\t\ta, b int\n\t}\n\tAlias = other.Thing\n\tShape interface{ ~int | ~string; Area() float64 }\n)',
        'var x, y = 1, "a" + `b`\nvar table [4][]func(int) (string, error)\nconst (\n\tA = iota\n\tB\n\tC = 0x1F_FF\n)',
        'func (p *Pair[K, V]) Get(_ K) (v V, ok bool) { return }\nfunc Map[T, U any](in []T, f func(T) U) []U { return nil }\nfunc native(fd int) int',
        'var c <-chan int = make(chan int, 1)\nvar d chan<- struct{}',
      ].join('\n'),
    );
    expect(frontend.parse(text, 'go', 'a.go')).toMatchObject({ status: 'complete', problem: null });
  });

  it.each([
    ['by its path', '"os/exec"', 'exec.Command("id")', 'os/exec.Command'],
    ['by an alias', 'run "os/exec"', 'run.Command("id")', 'os/exec.Command'],
    ['without its version', '"github.com/go-resty/resty/v2"', 'resty.New()', 'github.com/go-resty/resty.New'],
    [
      'of a library whose folder is called otherwise',
      '"github.com/mattn/go-shellwords"',
      'shellwords.Parse("x")',
      'github.com/mattn/go-shellwords.Parse',
    ],
    ['whose names are all taken over', '. "os/exec"', 'Command("id")', 'os/exec.Command'],
  ])('knows a package %s', async (_what, imports, body, expected) => {
    expect(await callsIn(body, imports)).toContain(expected);
  });

  it('tells a variable from a package of the same name', async () => {
    expect(await callsIn('exec := f()\nexec.Command("id")', '"os/exec"')).not.toContain('os/exec.Command');
  });

  it.each([
    ['additions', '"cu" + "rl"', 'curl'],
    ['Sprintf', 'fmt.Sprintf("%s -%c %v", "curl", \'s\', 1)', 'curl -s 1'],
    ['Join', 'strings.Join([]string{"a", "b"}, " ")', 'a b'],
    ['bytes', 'string([]byte{0x69, 0x64})', 'id'],
    ['base64', 'string(must(base64.StdEncoding.DecodeString("aWQ=")))', undefined],
    ['Replace', 'strings.Replace("cXuXrl", "X", "", -1)', 'curl'],
    ['Repeat and slices', 'strings.Repeat("ab", 2)[1:3]', 'ba'],
    ['escapes', '"\\x69\\144\\u0020\\n"', 'id \n'],
    ['Trim', 'strings.TrimPrefix(strings.TrimSpace(" xid "), "x")', 'id'],
    ['Map', 'strings.Map(func(r rune) rune { return r - 1 }, "je")', 'id'],
  ])('works out texts made by %s', async (_what, value, expected) => {
    const imports = '"fmt"\n"strings"\n"encoding/base64"\n"os/exec"';
    const text = program(`func work() {\n\texec.Command(${value})\n}`, imports);
    expect(await givenTo(text, 'os/exec.Command')).toEqual([expected]);
  });

  it.each([
    ['a decoder with an error', 'd, _ := base64.StdEncoding.DecodeString("aWQ=")\nexec.Command(string(d))'],
    [
      'a loop over places',
      'd := []byte{0x2b, 0x26}\nfor i := range d {\n\td[i] ^= 0x42\n}\nexec.Command(string(d))',
    ],
    [
      'a loop over values',
      'var s string\nfor _, b := range []byte{0x2b, 0x26} {\n\ts += string(b ^ 0x42)\n}\nexec.Command(s)',
    ],
    [
      'a loop that appends',
      'out := []byte{}\nfor i, b := range []byte{0x69, 0x65} {\n\tout = append(out, b-byte(i))\n}\nexec.Command(string(out))',
    ],
  ])('works out what %s makes', async (_what, body) => {
    const text = program(`func work() {\n${body}\n}`, '"encoding/base64"\n"os/exec"');
    expect(await givenTo(text, 'os/exec.Command')).toEqual(['id']);
  });

  it('runs init and the values of a package when it is loaded, main when it is started, tests in tests', async () => {
    const text = program(
      'var x = a()\nfunc init() { b() }\nfunc init() { c() }\nfunc main() { d() }\nfunc e() { f() }\nfunc a() { g() }',
    );
    const { functions } = await factsOf(text, 'go', 'a.go', rules);
    const scopes = Object.fromEntries(
      functions.map(({ name, scopes: all }, index) => [`${name ?? ''}${String(index)}`, [...all]]),
    );
    expect(
      Object.entries(scopes)
        .filter(([name]) => name.startsWith('init'))
        .map(([, all]) => all),
    ).toEqual([['import-time'], ['import-time']]);
    expect(Object.entries(scopes).find(([name]) => name.startsWith('main'))?.[1]).toEqual(['cli-entry']);
    expect(Object.entries(scopes).find(([name]) => name.startsWith('a'))?.[1]).toEqual(['import-time']);
    expect(Object.entries(scopes).find(([name]) => name.startsWith('e'))?.[1]).toEqual([]);
    const test = await factsOf('package a\nfunc TestX(t *T) { f() }', 'go', 'a_test.go', rules);
    expect(test.functions.map((each) => [...each.scopes])).toEqual([['test']]);
  });

  it('hands commands of `go generate` and of C before an import of it on', () => {
    const text =
      '//go:generate sh gen.sh -x\npackage a\n\n/*\nint f() { return system("id"); }\n*/\nimport "C"\n';
    const parsed = frontend.parse(text, 'go', 'a.go');
    expect(parsed.fragments.map(({ language, text: command, role }) => [language, command, role])).toEqual([
      ['shell', 'sh gen.sh -x', 'build'],
      ['shell', 'id', 'script'],
    ]);
    expect(parsed).toMatchObject({
      status: 'recovered',
      problem: expect.stringContaining('program in C') as string,
    });
  });
});
