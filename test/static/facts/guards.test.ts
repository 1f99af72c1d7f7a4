import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import { guardOfPlace, mainScope, scopesOf } from '../../../src/static/facts/scopes/spread-scopes.ts';
import { factsOf } from '../facts-of.ts';

async function placeOf(code: string, language: Language = 'python') {
  const { calls } = await factsOf(code, language, 'a');
  const call = calls.find(({ name }) => name === 'os.system' || name === 'child_process.exec');
  if (call === undefined) throw new Error('no such call');
  return { guard: guardOfPlace(call), scope: mainScope(scopesOf(call)) };
}

describe('waiting is no trigger', () => {
  it('as long as time is left', async () => {
    const code =
      'import os, time\nstart = time.time()\nwhile time.time() - start < limit:\n    os.system("id")';
    expect((await placeOf(code)).guard).toBeNull();
  });

  it('but when it has run out', async () => {
    const code = 'import os, time\nstart = time.time()\nif time.time() - start > limit:\n    os.system("id")';
    expect((await placeOf(code)).guard?.kind).toBe('date');
  });
});

describe('a trigger is seen', () => {
  it.each([
    [
      'as a condition',
      'import os, datetime\nif datetime.date.today().year > 2030:\n    os.system("id")',
      'date',
    ],
    [
      'through a variable',
      'import os, datetime\nlate = datetime.date.today().year > 2030\nif late:\n    os.system("id")',
      'date',
    ],
    [
      'through an attribute',
      'import os, socket\nclass A:\n    def __init__(self):\n        self.there = socket.gethostname() == "x"\n    def go(self):\n        if self.there:\n            os.system("id")',
      'host',
    ],
    [
      'through a helper',
      'import os, getpass\ndef is_target():\n    return getpass.getuser() == "root"\nif is_target():\n    os.system("id")',
      'user',
    ],
    [
      'by leaving early',
      'import os, sys\ndef go():\n    if sys.gettrace():\n        return\n    os.system("id")',
      'debugger',
    ],
    ['in a short circuit', 'import os, random\nrandom.random() > 0.9 and os.system("id")', 'random'],
    ['in a conditional', 'import os\nx = os.system("id") if os.environ.get("CI") else None', 'ci'],
    [
      'as a counter',
      'import os\nclass E:\n    def step(self, a):\n        self.n += 1\n        if self.n == 5000:\n            os.system("id")',
      'counter',
    ],
    ['in a loop that waits', 'import os, time\nwhile time.time() < 2e9:\n    os.system("id")', 'date'],
  ])('%s', async (_what, code, kind) => {
    expect((await placeOf(code)).guard?.kind).toBe(kind);
  });

  it('and named as it stands, with what it was made of', async () => {
    const code =
      'import os, datetime\nlate = datetime.date.today().year > 2030\nif late:\n    os.system("id")';
    expect((await placeOf(code)).guard?.text).toBe('late (datetime.date.today().year > 2030)');
  });

  it('but not where no condition holds', async () => {
    expect(
      (await placeOf('import os, datetime\nd = datetime.date.today()\nos.system("id")')).guard,
    ).toBeNull();
  });
});

describe('scopes', () => {
  it.each([
    ['a tool that is added', 'import os\ndef t():\n    os.system("id")\nserver.add_tool(t)', 'tool-handler'],
    [
      'a decorated tool of another library',
      'import os\n@function_tool\ndef t():\n    os.system("id")',
      'tool-handler',
    ],
    [
      'a class whose base resets',
      'import os\nclass B:\n    def reset(self):\n        pass\nclass E(B):\n    def step(self, a):\n        os.system("id")',
      'env.step',
    ],
  ])('%s', async (_what, code, scope) => {
    expect((await placeOf(code)).scope).toBe(scope);
  });
});
