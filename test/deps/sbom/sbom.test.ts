import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { billOf } from '../../../src/deps/sbom/bill.ts';
import { cyclonedxOf } from '../../../src/deps/sbom/cyclonedx.ts';
import { licenseForm } from '../../../src/deps/sbom/license-form.ts';
import { spdxOf } from '../../../src/deps/sbom/spdx.ts';
import { findTool } from '../../../src/deps/tools/find-tool.ts';
import { sampleReport } from '../../support/report.ts';
import { sbx } from '../../support/sbx.ts';
import { temporaryFolder, writeTree } from '../../support/temporary.ts';
import { isToolAbsent } from '../require-tool.ts';

const TREE = {
  'requirements.txt': `flask==1.0 --hash=sha256:${'a'.repeat(64)}\nrequests>=2.0\nPillow==8.0.0\n`,
  'package.json':
    '{"name": "mine", "dependencies": {"@scope/part": "1.2.3", "lodash": "4.17.4"}, "devDependencies": {"left-pad": "1.0.0"}}\n',
  'node_modules/lodash/package.json': '{"name": "lodash", "version": "4.17.4", "license": "MIT"}',
  'poetry.lock': '[[package]]\nname = "urllib3"\nversion = "1.24.1"\n',
  'SKILL.md': 'Run `pip install rich==13.0.0`.\n',
};
const ENVIRONMENT = { PATH: '/nonexistent', SBX_TOOLS_BIN: '', SOURCE_DATE_EPOCH: '1700000000' };

async function bills(): Promise<{ readonly cyclonedx: string; readonly spdx: string }> {
  const [target, out] = [writeTree(TREE), temporaryFolder()];
  const files = { cyclonedx: join(out, 'bom.json'), spdx: join(out, 'bom.spdx.json') };
  const { stderr } = await sbx(['deps', target, '--sbom', files.cyclonedx, '--sbom', files.spdx], {
    environment: ENVIRONMENT,
  });
  expect(stderr).toBe('');
  return files;
}

/** The interpreter beside the audit tools, which has the validators. */
const PYTHON = join(process.env['SBX_TOOLS_BIN'] ?? '/nonexistent', '../venv/bin/python');

describe('bills of materials', () => {
  it('hold every package with its purl, hash, scope and advisories', async () => {
    const files = await bills();
    const cyclonedx = JSON.parse(readFileSync(files.cyclonedx, 'utf8'));
    const purls = [
      'pkg:npm/%40scope/part@1.2.3',
      'pkg:npm/left-pad@1.0.0',
      'pkg:npm/lodash@4.17.4',
      'pkg:pypi/flask@1.0',
      'pkg:pypi/pillow@8.0.0',
      'pkg:pypi/requests',
      'pkg:pypi/rich@13.0.0',
      'pkg:pypi/urllib3@1.24.1',
    ];
    expect(cyclonedx.specVersion).toBe('1.6');
    expect(cyclonedx.components.map(({ purl }: { purl: string }) => purl).sort()).toEqual(purls);
    const flask = cyclonedx.components.find(({ name }: { name: string }) => name === 'flask');
    expect(flask).toMatchObject({ scope: 'required', hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }] });
    const licensed = cyclonedx.components.find(({ name }: { name: string }) => name === 'lodash');
    expect(licensed.licenses).toEqual([{ license: { id: 'MIT' } }]);
    const refs = new Set(
      cyclonedx.components.map((component: Record<string, string>) => component['bom-ref']),
    );
    expect(cyclonedx.vulnerabilities.length).toBeGreaterThan(5);
    for (const { affects } of cyclonedx.vulnerabilities)
      for (const { ref } of affects) expect(refs).toContain(ref);
    expect(cyclonedx.metadata.properties[0].value).toMatch(/as of \d{4}-\d\d-\d\d/);
    const spdx = JSON.parse(readFileSync(files.spdx, 'utf8'));
    expect(
      spdx.packages.flatMap(({ externalRefs = [] }: { externalRefs?: { referenceLocator: string }[] }) =>
        externalRefs.map(({ referenceLocator }) => referenceLocator),
      ),
    ).toEqual(purls);
    expect(
      spdx.relationships.map(({ relationshipType }: { relationshipType: string }) => relationshipType),
    ).toEqual(
      expect.arrayContaining([
        'DESCRIBES',
        'DEPENDS_ON',
        'DEV_DEPENDENCY_OF',
        'RUNTIME_DEPENDENCY_OF',
        'OTHER',
      ]),
    );
    const lodash = spdx.packages.find(({ name }: { name: string }) => name === 'lodash');
    expect(lodash.licenseDeclared).toBe('MIT');
    expect(spdx.creationInfo.created).toBe('2023-11-14T22:13:20Z');
  });

  it('say of each version what is known against that version', async () => {
    const target = writeTree({
      'pyproject.toml': '[project]\nname = "own"\nversion = "1"\ndependencies = ["pillow"]\n',
      'uv.lock':
        '[[package]]\nname = "own"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "pillow" }]\n' +
        '[[package]]\nname = "pillow"\nversion = "8.0.0"\nsource = { registry = "https://pypi.org/simple" }\n' +
        '[[package]]\nname = "pillow"\nversion = "99.0.0"\nsource = { registry = "https://pypi.org/simple" }\n',
      'libs/a/requirements.txt': 'requests>=2.0\n',
      'libs/b/requirements.txt': 'requests>=2.1\n',
    });
    const file = join(temporaryFolder(), 'bom.json');
    await sbx(['deps', target, '--sbom', file], { environment: ENVIRONMENT });
    const { vulnerabilities } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly vulnerabilities: readonly { 'bom-ref': string; affects: readonly { ref: string }[] }[];
    };
    const affected = vulnerabilities.flatMap(({ affects }) => affects.map(({ ref }) => ref));
    expect(affected).toContain('pkg:pypi/pillow@8.0.0');
    expect(affected).not.toContain('pkg:pypi/pillow@99.0.0');
    expect(affected).toContain('pkg:pypi/requests');
    const refs = vulnerabilities.map((vulnerability) => vulnerability['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
  });

  it('are the same bytes for the same target', async () => {
    const report = sampleReport();
    const bill = billOf(report, 1_700_000_000);
    expect(JSON.stringify(cyclonedxOf(bill))).toBe(
      JSON.stringify(
        cyclonedxOf(billOf({ ...report, startedAt: '2020-01-01T00:00:00.000Z' }, 1_700_000_000)),
      ),
    );
    expect(bill.serial).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const other = billOf({ ...report, target: { ...report.target, digest: 'sha256:other' } }, null);
    expect(other.serial).not.toBe(bill.serial);
    expect(JSON.stringify(spdxOf(bill))).toContain(bill.serial);
    const [one, two] = [await bills(), await bills()];
    // Two copies of a target have names of their own; nothing else differs.
    const plain = (file: string) =>
      readFileSync(file, 'utf8').replace(/"name": "[^"]*[.-][A-Za-z0-9]{6}"/g, '');
    expect(plain(one.spdx)).toBe(plain(two.spdx));
  });

  it('write a licence as an expression only when it is one', () => {
    const isId = (id: string): boolean => ['MIT', 'Apache-2.0', 'GPL-2.0'].includes(id);
    for (const expression of ['MIT', 'MIT OR Apache-2.0', '(MIT AND (Apache-2.0 OR GPL-2.0+))'])
      expect(licenseForm(expression, isId)).toEqual({ kind: 'expression', text: expression });
    for (const text of [
      'BSD',
      'MIT License',
      'MIT OR',
      '(MIT',
      'MIT)',
      'MIT Apache-2.0',
      'GPL-2.0 WITH X',
      '',
    ])
      expect(licenseForm(text, isId)).toEqual({ kind: 'name', text });
    expect(licenseForm('x'.repeat(5000), isId).text).toHaveLength(100);
  });

  it('refuse a place that cannot be written, before any work', async () => {
    const { status, stderr } = await sbx([
      'deps',
      writeTree(TREE),
      '--sbom',
      'spdx=/nonexistent/folder/x.json',
    ]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('/nonexistent/folder does not exist')]);
  });

  it.skipIf(!existsSync(PYTHON) && process.env['CI'] !== 'true')(
    'are valid by the official validators',
    async () => {
      const files = await bills();
      const script = join(temporaryFolder(), 'validate.py');
      writeFileSync(
        script,
        `import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document
problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read())
print("cyclonedx", problem)
print("spdx", [message.validation_message for message in validate_full_spdx_document(parse_file(sys.argv[2]))])
`,
      );
      const answer = execFileSync(PYTHON, ['-I', script, files.cyclonedx, files.spdx], { encoding: 'utf8' });
      expect(answer).toBe('cyclonedx None\nspdx []\n');
    },
  );

  it.skipIf(isToolAbsent('osv-scanner'))('are read back by osv-scanner as the same packages', async () => {
    const files = await bills();
    for (const file of [files.cyclonedx, files.spdx]) {
      const args = [
        'scan',
        'source',
        '--format',
        'json',
        '--all-packages',
        '--offline',
        '--local-db-path',
        temporaryFolder(),
        '-L',
        file,
      ];
      let answer = '';
      try {
        answer = execFileSync(findTool('osv-scanner')!, args, {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
      } catch (error) {
        // Without a database it says so by its status, and lists the packages all the same.
        answer = (error as { stdout: string }).stdout;
      }
      const { results } = JSON.parse(answer) as {
        results: { packages: { package: { name: string; version: string } }[] }[];
      };
      const read = results.flatMap(({ packages }) =>
        packages.map(({ package: { name, version } }) => `${name} ${version}`.trim()),
      );
      // It leaves the scope of a purl out ("part" for "@scope/part").
      expect(read.sort()).toEqual([
        'flask 1.0',
        'left-pad 1.0.0',
        'lodash 4.17.4',
        'part 1.2.3',
        'pillow 8.0.0',
        'requests',
        'rich 13.0.0',
        'urllib3 1.24.1',
      ]);
    }
  });
});
