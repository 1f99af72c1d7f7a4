import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openIndex } from '../../../src/deps/advisories/database.ts';
import { VERSION_SCHEMES } from '../../../src/deps/advisories/version-scheme.ts';
import type { EmbeddedResult } from '../../../src/deps/embedded.ts';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { mergeReports } from '../../../src/deps/merge.ts';
import type { Reported } from '../../../src/deps/reported.ts';
import { askTools } from '../../../src/deps/tools/audit-tools.ts';
import { auditWithOsvScanner } from '../../../src/deps/tools/osv-audit.ts';
import { openOsvScanner } from '../../../src/deps/tools/osv-scanner.ts';
import { runPipAudit } from '../../../src/deps/tools/pip-audit.ts';
import type { Package } from '../../../src/model/dependency.ts';
import { startOsvServer } from '../osv-server.ts';
import { drawPins, pinOf } from '../pins.ts';
import { isToolAbsent } from '../require-tool.ts';
import { targetOf } from '../target-of.ts';

/** (package, version) pins that are asked about, half of them of each ecosystem. */
const PINS = 2_400;

let folder = '';
let pins: readonly Package[] = [];
let embedded: EmbeddedResult;
beforeAll(async () => {
  const drawn = [
    ...drawPins((await openIndex('PyPI')).index, PINS / 2),
    ...drawPins((await openIndex('npm')).index, PINS / 2),
  ];
  pins = [
    ...new Map(drawn.map((pin) => [`${pin.ecosystem} ${pin.name} ${pin.version ?? ''}`, pin])).values(),
  ];
  embedded = await matchEmbedded(pins);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-agree-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** `name version ID` of every report, each once, sorted. */
function spelled(reports: readonly Reported[]): string[] {
  return [...new Set(reports.map((report) => `${report.package} ${report.version} ${report.id}`))].sort();
}

/** Title id of every certain vulnerability, with versions spelled alike: what becomes a finding. */
function findings(reports: readonly Reported[]): string[] {
  return mergeReports(reports)
    .filter(({ certainty }) => certainty === 'certain')
    .map(({ package: name, version, id }) => `${name} ${VERSION_SCHEMES.PyPI.canonical(version)} ${id}`)
    .sort();
}

it('the pins are at least two thousand, and both affected and not', () => {
  expect(pins.length).toBeGreaterThanOrEqual(2_000);
  const affected = new Set(embedded.reports.map((report) => `${report.package} ${report.version}`));
  expect(affected.size).toBeGreaterThan(500);
  expect(pins.length - affected.size).toBeGreaterThan(500);
});

describe.skipIf(isToolAbsent('osv-scanner'))('the real osv-scanner', () => {
  /** Pins on which it and the built-in matcher differ, each with its reason. None is known. */
  const DIFFERENCES: readonly string[] = [];

  it('agrees with the built-in matcher on every pin, and adds no finding', { timeout: 180_000 }, async () => {
    const context = { folder, online: false, signal: new AbortController().signal };
    const result = await auditWithOsvScanner(await openOsvScanner(context), pins, embedded, context);
    expect(result).toMatchObject({ status: 'ok', message: '' });
    const [ours, theirs] = [spelled(embedded.reports), spelled(result.reports)];
    expect(theirs.length).toBeGreaterThan(1_000);
    const differing = [
      ...ours.filter((match) => !theirs.includes(match)),
      ...theirs.filter((match) => !ours.includes(match)),
    ];
    expect(differing).toEqual(DIFFERENCES);
    expect(findings([...embedded.reports, ...result.reports])).toEqual(findings(embedded.reports));
  });

  it('is asked by the stage, and leaves no folder behind', async () => {
    vi.stubEnv('TMPDIR', folder);
    const own = [pinOf('PyPI', '0x000testqwe', '5.20.4')];
    const { results } = await askTools(
      targetOf({ 'requirements.txt': '0x000testqwe==5.20.4\n' }),
      { packages: own, unreadable: [], files: [] },
      await matchEmbedded(own),
      { online: false, signal: new AbortController().signal },
    );
    expect(results.find(({ id }) => id === 'osv-scanner')).toMatchObject({
      status: 'ok',
      reports: [{ malicious: true }],
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('sbx-deps-'))).toEqual([]);
  });
});

describe.skipIf(isToolAbsent('pip-audit'))('the real pip-audit', () => {
  it(
    'agrees with the built-in matcher on every pin of PyPI, and adds no finding',
    { timeout: 180_000 },
    async () => {
      // It is started at most 16 times, once for each version of a name; that the rest is counted is tested elsewhere.
      const own = atMostPerName(
        pins.filter(({ ecosystem }) => ecosystem === 'PyPI'),
        16,
      );
      expect(own.length).toBeGreaterThan(900);
      const server = await startOsvServer((await openIndex('PyPI')).index);
      vi.stubEnv('PIP_AUDIT_OSV_URL', server.url);
      for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'])
        vi.stubEnv(name, '');
      const result = await runPipAudit(own, 'osv', {
        folder,
        online: true,
        signal: new AbortController().signal,
      });
      await server.close();
      expect(result).toMatchObject({ status: 'ok', message: '' });
      expect(server.asked.length).toBe(own.length);
      const alone = await matchEmbedded(own);
      expect(findings(result.reports)).toEqual(findings(alone.reports));
      expect(findings([...alone.reports, ...result.reports])).toEqual(findings(alone.reports));
      const both = mergeReports([...alone.reports, ...result.reports]);
      expect(both.every(({ sources }) => sources.join() === 'embedded,pip-audit')).toBe(true);
    },
  );
});

function atMostPerName(all: readonly Package[], most: number): Package[] {
  const counts = new Map<string, number>();
  return all.filter(({ name }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count <= most;
  });
}
