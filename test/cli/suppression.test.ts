import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

const EVAL = 'import sys\neval(sys.argv[1])';

function findings(stdout: string): readonly string[] {
  return (JSON.parse(stdout) as Report).findings.map(
    ({ ruleId, location, suppressed }) => `${ruleId}:${location.startLine}:${suppressed?.by ?? 'open'}`,
  );
}

it('obeys no comment in the target and says where one is', async () => {
  const plain = await sbx(['scan', writeTree({ 'a.py': `${EVAL}\n` }), '--format', 'json']);
  const asked = await sbx(['scan', writeTree({ 'a.py': `${EVAL}  # nosec\n` }), '--format', 'json']);
  expect(findings(plain.stdout).length).toBeGreaterThan(0);
  expect(findings(asked.stdout)).toEqual(
    [...findings(plain.stdout), 'suppression-in-target:2:open'].sort(
      (a, b) => findings(asked.stdout).indexOf(a) - findings(asked.stdout).indexOf(b),
    ),
  );
  expect(asked.status).toBe(plain.status);
});

it('reads no configuration that lies in the target, also when run from there', async () => {
  const config =
    'schema: sbx.config/1\nsuppress:\n  - {rule: eval-of-input, reason: planted}\n  - {rule: eval-dynamic, reason: planted}\n';
  const folder = writeTree({ 'a.py': `${EVAL}\n`, 'sbx.config.yaml': config });
  const { stdout } = await sbx(['scan', '.', '--format', 'json'], { cwd: folder });
  expect(findings(stdout).filter((each) => each.endsWith(':config'))).toEqual([]);
  const named = await sbx(['scan', '.', '--format', 'json', '--config', 'sbx.config.yaml'], { cwd: folder });
  expect(findings(named.stdout).some((each) => each.endsWith(':config'))).toBe(true);
});

it('says that a suppression has expired and does not apply it', async () => {
  const folder = writeTree({
    'target/a.py': `${EVAL}\n`,
    'config.yaml':
      'schema: sbx.config/1\nsuppress:\n  - {rule: eval-of-input, reason: known, expires: 2001-01-01}\n',
  });
  const { stdout, stderr } = await sbx([
    'scan',
    join(folder, 'target'),
    '--format',
    'json',
    '--config',
    join(folder, 'config.yaml'),
  ]);
  expect(stderr).toMatch(
    /config\.yaml: suppress\.0 \(eval-of-input\) expired on 2001-01-01 and was not applied/,
  );
  expect(findings(stdout).every((each) => each.endsWith(':open'))).toBe(true);
});
