import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sbx } from '../../support/sbx.ts';
import { writeTree } from '../../support/temporary.ts';

interface Judged {
  readonly decision: string;
  readonly reasons: readonly string[];
  readonly opaque: readonly { readonly path: string; readonly reason: string; readonly blocking: boolean }[];
}

/** One scan of files that are written for it. */
async function judged(files: Readonly<Record<string, string | Uint8Array>>): Promise<Judged> {
  const { stdout } = await sbx(['scan', writeTree(files), '--format', 'json']);
  const report = JSON.parse(stdout) as {
    verdict: { decision: string; reasons: { message: string }[] };
    coverage: { opaque: Judged['opaque'] };
  };
  return {
    decision: report.verdict.decision,
    reasons: report.verdict.reasons.map(({ message }) => message),
    opaque: report.coverage.opaque,
  };
}

describe('what only looks like something hidden', () => {
  it('digests of which some begin like a pickle are digests', async () => {
    const begins = Buffer.from([0x80, 0x03, 0x7e, 0x41]);
    const digest = Buffer.concat([begins, createHash('sha256').update('x').digest().subarray(4)]);
    const record = `lib/a.py,sha256=${digest.toString('base64url').replace(/=+$/, '')},120\n`.repeat(3);
    expect(await judged({ 'lib-1.0.dist-info/RECORD': record, 'lib/a.py': 'x = 1\n' })).toEqual({
      decision: 'approve',
      reasons: [],
      opaque: [],
    });
  });

  it('a pickle that calls something is found in the same place', async () => {
    const pickle = Buffer.from('\x80\x03cposix\nsystem\nX\x06\x00\x00\x00echo 1\x85R.', 'latin1');
    const files = { 'lib/a.py': `BLOB = "${pickle.toString('base64')}"\n` };
    expect((await judged(files)).decision).not.toBe('approve');
  });
});
