import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

const TREE = {
  'requirements.txt': '# pins\n\nrequests>=2.0\ndjango==2.2.0 \\\n  --hash=sha256:00\npillow==8.0.0\n',
  'pyproject.toml':
    '[project]\nname = "mine"\nversion = "1"\ndependencies = [\n  "flask==1.0",\n  "Jinja2==2.10",\n]\n',
  'lib/package.json': '{\n  "name": "lib",\n  "dependencies": {\n    "lodash": "4.17.4"\n  }\n}\n',
  'lib/package-lock.json':
    '{\n  "name": "lib",\n  "lockfileVersion": 3,\n  "packages": {\n    "": {"name": "lib"},\n    "node_modules/lodash": {\n      "version": "4.17.4"\n    }\n  }\n}\n',
  'tool/poetry.lock':
    '[[package]]\nname = "urllib3"\nversion = "1.24.1"\n\n[[package]]\nname = "pyyaml"\nversion = "5.1"\n',
  'SKILL.md': '---\nname: s\ndescription: d\n---\n\nRun `pip install 0x000testqwe==5.20.4`.\n',
  'app.py': 'import django\nimport numpy\n',
};
const QUIET = { PATH: '/nonexistent', SBX_TOOLS_BIN: '' };

describe('sbx deps', () => {
  it('puts SARIF results on the line that names the package', async () => {
    const folder = writeTree(TREE);
    const { stdout } = await sbx(['deps', folder, '--format', 'sarif'], { environment: QUIET });
    const results = (JSON.parse(stdout) as Log).runs[0]!.results!;
    const seen = new Set<string>();
    for (const { ruleId, message, locations } of results) {
      const { artifactLocation, region } = locations![0]!.physicalLocation!;
      const lines = readFileSync(join(folder, artifactLocation!.uri!), 'utf8').split('\n');
      const index = region!.startLine! - 1;
      // A table of a lock in TOML begins with its header; the name is the next line.
      const line = lines[index] === '[[package]]' ? lines[index + 1]! : lines[index]!;
      const [name = ''] = message.text!.split(' ');
      expect(`${ruleId!}: ${line.toLowerCase()}`).toContain(name);
      seen.add(name);
    }
    expect([...seen].sort()).toEqual(
      [
        '0x000testqwe',
        'django',
        'flask',
        'jinja2',
        'lodash',
        'numpy',
        'pillow',
        'pyyaml',
        'requests',
        'urllib3',
      ].filter((name) => seen.has(name)),
    );
    for (const name of [
      '0x000testqwe',
      'django',
      'flask',
      'jinja2',
      'lodash',
      'pillow',
      'requests',
      'urllib3',
    ])
      expect(seen).toContain(name);
  });

  it('shows the table without colours on a pipe, and the fix and use in JSON', async () => {
    const folder = writeTree(TREE);
    const { stdout, status } = await sbx(['deps', folder], { environment: QUIET });
    expect(status).toBe(1);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/What to change first\n.*\n {2}MALICIOUS {2}0x000testqwe 5\.20\.4 +remove it/);
    const json = await sbx(['deps', folder, '--format', 'json'], { environment: QUIET });
    const { dependencies } = JSON.parse(json.stdout) as Report;
    const django = dependencies.packages.find(({ name }) => name === 'django');
    expect(django?.upgrade).toMatch(/^2\.2\.\d+$/);
    expect(dependencies.advisories.find(({ package: name }) => name === 'django')?.imported).toBe(
      'reachable',
    );
  });

  it('plans the exact pins to write, and touches nothing', async () => {
    const folder = writeTree(TREE);
    const before = Object.keys(TREE).map((path) => readFileSync(join(folder, path), 'utf8'));
    const text = await sbx(['deps', folder, '--fix-plan'], { environment: QUIET });
    expect(text.status).toBe(1);
    expect(text.stdout).toMatch(
      /^Fix plan for .*: \d+ lines to change, by advisories as of \d{4}-\d\d-\d\d\. Nothing was changed\.\n/,
    );
    expect(text.stdout).toMatch(
      /requirements\.txt\n(?:.*\n)*? +line 4: +django==2\.2\.0 {2}→ {2}django==2\.2\.\d+\n +ends CVE-/,
    );
    expect(text.stdout).toMatch(/line 3: +requests>=2\.0 {2}→ {2}requests>=2\.\d+\.\d+\n +rules out CVE-/);
    expect(text.stdout).toMatch(/SKILL\.md\n +line 6: +0x000testqwe==5\.20\.4 {2}→ {2}remove it/);
    expect(text.stdout).toMatch(/lib\/package-lock\.json\n.*→ {2}4\.\d+\.\d+ {2}\(npm update lodash\)/);
    expect(text.stdout).toMatch(
      /tool\/poetry\.lock\n(?:.*\n)*?.*→ {2}1\.26\.\d+ {2}\(poetry update urllib3\)/,
    );
    const json = JSON.parse(
      (await sbx(['deps', folder, '--fix-plan', '--format', 'json'], { environment: QUIET })).stdout,
    ) as {
      schema: string;
      steps: {
        path: string;
        line: number;
        package: string;
        from: string;
        to: string | null;
        action: string;
      }[];
    };
    expect(json.schema).toBe('sbx.fix-plan/1');
    const flask = json.steps.find(({ package: name }) => name === 'flask');
    expect(flask).toMatchObject({
      path: 'pyproject.toml',
      line: 5,
      action: 'edit',
      from: 'flask==1.0',
      to: 'flask==2.2.5',
    });
    expect(Object.keys(TREE).map((path) => readFileSync(join(folder, path), 'utf8'))).toEqual(before);
    expect((await sbx(['deps', folder, '--fix-plan', '--format', 'sarif'])).status).toBe(2);
    // What is written is no longer affected by anything that the database knows.
    const fixed = json.steps.filter(({ action, path }) => action === 'edit' && path === 'requirements.txt');
    const again = await sbx(
      ['deps', writeTree({ 'requirements.txt': fixed.map(({ to }) => to).join('\n') }), '--format', 'json'],
      { environment: QUIET },
    );
    const left = (JSON.parse(again.stdout) as Report).dependencies.advisories.map(
      ({ package: name, id }) => `${name} ${id}`,
    );
    expect(left).toEqual([]);
  });

  it('says what has no fix', async () => {
    const folder = writeTree({ 'requirements.txt': 'py==1.11.0\n' });
    const { stdout } = await sbx(['deps', folder, '--fix-plan'], { environment: QUIET });
    expect(stdout).toMatch(
      /line 1: +py==1\.11\.0 {2}→ {2}replace it.*\n +no fix is known for CVE-2022-42969/,
    );
  });
});
