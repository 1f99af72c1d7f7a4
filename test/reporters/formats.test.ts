import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { FORMATS, render } from '../../src/reporters/formats.ts';
import type { Format } from '../../src/reporters/formats.ts';
import { HOSTILE_NAME, sampleReport } from '../support/report.ts';

const PLAIN = { color: false, isVerbose: false };
const UNSAFE_EVERYWHERE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function rendered(format: Format): Promise<string> {
  return render(sampleReport(), format, PLAIN);
}

describe.each(FORMATS)('the %s format', (format) => {
  it('is as it was', async () => {
    await expect(await rendered(format)).toMatchFileSnapshot(`../golden/report.${format}.txt`);
  });

  it('lets no control or bidi character of the target through', async () => {
    expect(await rendered(format)).not.toMatch(UNSAFE_EVERYWHERE);
  });

  it('ends with a line break and is the same twice', async () => {
    const text = await rendered(format);
    expect(text.endsWith('\n')).toBe(true);
    expect(await rendered(format)).toBe(text);
  });
});

describe('json', () => {
  it('fits the published schema', async () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../manifests/report.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    expect(validate(JSON.parse(await rendered('json'))), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...sampleReport(), extra: 1 })).toBe(false);
  });

  it('keeps names exactly', async () => {
    const report = JSON.parse(await rendered('json')) as ReturnType<typeof sampleReport>;
    expect(report.findings[1]?.location.path).toBe(HOSTILE_NAME);
  });
});

describe('sarif', () => {
  it('fits the schema of SARIF 2.1.0', async () => {
    const schema = createRequire(import.meta.url)(
      '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
    ) as object;
    // The schema is of draft 4 vocabulary under a draft 7 name; formats are not what is tested here.
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
      withoutIds(schema),
    );
    expect(validate(JSON.parse(await rendered('sarif'))), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ version: '2.1.0' })).toBe(false);
  });

  it('keeps suppressed findings, marked, and paths that cannot leave the tree', async () => {
    const [run] = (JSON.parse(await rendered('sarif')) as Log).runs;
    expect(run?.results?.map(({ suppressions }) => suppressions?.length ?? 0)).toEqual([1, 0]);
    const uri = run?.results?.[1]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '';
    expect(decodeURIComponent(uri)).toBe(HOSTILE_NAME);
    expect(uri).not.toMatch(/[\s<>:]/);
    expect(run?.results?.[1]?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(2);
  });
});

describe('html', () => {
  it('holds no markup of the target and may run nothing', async () => {
    const html = await rendered('html');
    expect(html).not.toContain('<script');
    expect(html).toContain(`content="default-src 'none'`);
    expect(html).toContain('&#60;script&#62;');
  });
});

describe('markdown', () => {
  it('holds no markup, mention or line break of the target', async () => {
    const markdown = await rendered('markdown');
    expect(markdown).not.toMatch(/<script|[^\\]`@here|^::error/m);
    expect(markdown.split('\n').filter((line) => line.startsWith('| critical'))).toHaveLength(1);
  });
});

describe('terminal', () => {
  it('says the verdict first and colours only when told to', async () => {
    const plain = await rendered('terminal');
    expect(plain.split('\n')[0]).toMatch(/^REJECT {2}\.\/target: rejected\. Do not run it\./);
    const coloured = await render(sampleReport(), 'terminal', { color: true, isVerbose: false });
    expect(coloured).toContain('\u001b[31m');
  });

  it('names the tools that were asked, not those that are missing', async () => {
    const report = sampleReport();
    const tools = [
      { id: 'osv-scanner', version: '2.5.1', status: 'ok' },
      { id: 'pip-audit', version: null, status: 'missing' },
    ];
    const stages = report.stages.map((stage) => (stage.id === 'deps' ? { ...stage, tools } : stage));
    expect(await render({ ...report, stages }, 'terminal', PLAIN)).toMatch(
      /deps .*\[osv-scanner 2\.5\.1\]$/m,
    );
  });

  it('does not show what the operator suppressed', async () => {
    expect(await rendered('terminal')).not.toContain('eval-of-input');
  });
});

/** ajv 8 does not know draft-4 `id`. */
function withoutIds(schema: object): object {
  const { id: _id, $schema: _schema, ...rest } = schema as Record<string, unknown>;
  return rest;
}
