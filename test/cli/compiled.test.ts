import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

const file = (name: string) =>
  readFileSync(new URL(`../static/frontends/pyc/compiled/${name}`, import.meta.url));

async function scan(files: Readonly<Record<string, string | Uint8Array>>): Promise<Report> {
  return JSON.parse((await sbx(['scan', writeTree(files), '--format', 'json'])).stdout) as Report;
}

describe('compiled Python', () => {
  it.each(['27', '36', '37', '38', '39', '310', '311', '312', '313'])(
    'of version %s without a source is a finding, and looked into',
    async (version) => {
      const { findings } = await scan({ 'pkg/loader.pyc': file(`steal-${version}.bin`) });
      const rules = findings.map(({ ruleId }) => ruleId);
      expect(rules).toContain('compiled-without-source');
      expect(rules).toContain('secret-file-to-network');
      expect(rules).toContain('downloaded-script-piped');
    },
  );

  it('that differs from its source is a finding, and looked into', async () => {
    const { findings } = await scan({
      'pkg/honest.py': file('honest.txt'),
      'pkg/__pycache__/honest.cpython-311.pyc': file('steal-311.bin'),
    });
    expect(findings).toContainEqual(
      expect.objectContaining({
        ruleId: 'compiled-without-source',
        message: expect.stringContaining('which pkg/honest.py has not') as string,
      }),
    );
    expect(findings.map(({ ruleId }) => ruleId)).toContain('secret-file-to-network');
  });

  it.each(['36', '38', '311', '313'])('of version %s beside its source is quiet', async (version) => {
    const { findings, coverage } = await scan({
      'pkg/honest.py': file('honest.txt'),
      [`pkg/__pycache__/honest.cpython-${version}.pyc`]: file(`honest-${version}.bin`),
    });
    expect(findings).toEqual([]);
    expect(coverage.opaque.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('read without conditions and loops'),
    ]);
  });

  it('may have the name that the compiler puts together long texts with', async () => {
    const { findings } = await scan({
      'pkg/joined.py': file('joined.txt'),
      'pkg/__pycache__/joined.cpython-311.pyc': file('joined-311.bin'),
    });
    expect(findings).toEqual([]);
  });

  it('that older source left behind, which Python passes by, counts where it acts only', async () => {
    const older = (name: string, source: string) =>
      scan({ 'pkg/honest.py': source, 'pkg/__pycache__/honest.cpython-311.pyc': file(name) });
    const rulesOf = ({ findings }: Report) => findings.map(({ ruleId }) => ruleId);
    const source = file('honest.txt').toString();
    expect(rulesOf(await older('honest-311.bin', source.replaceAll('name_of', 'name')))).toEqual([]);
    // Of the same length, it is loaded.
    expect(rulesOf(await older('honest-311.bin', source.replaceAll('name_of', 'name_at')))).toContain(
      'compiled-without-source',
    );
    expect(rulesOf(await older('steal-311.bin', source))).toContain('compiled-without-source');
  });

  it('in a constant is looked into as a layer', async () => {
    const code = file('steal-311.bin').subarray(16).toString('base64');
    const { findings } = await scan({
      'run.py': `import base64, marshal\nexec(marshal.loads(base64.b64decode('${code}')))\n`,
      'bytes.py': `import marshal\n\nexec(marshal.loads(b'${[...file('steal-38.bin').subarray(16)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'))\n`,
    });
    const layers = findings
      .filter(({ ruleId }) => ruleId === 'secret-file-to-network')
      .map(({ location }) => location.layer);
    expect(layers).toEqual(['bytes.py@3:marshal', 'run.py@2:base64:marshal']);
  });
});
