import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PROGRAM } from '../support/sbx.ts';

/** More than a pipe holds (64 KiB on Linux). */
const LONG = `"${process.execPath}" "${PROGRAM}" rules list --format json`;

describe('what is written to a pipe', () => {
  it('arrives whole when the reader is slow', async () => {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${LONG} | { sleep 1; cat; }`], {
      maxBuffer: 10_000_000,
    });
    expect(stdout.length).toBeGreaterThan(65_536);
    expect(Array.isArray(JSON.parse(stdout))).toBe(true);
  });

  it('may be cut off by the reader', async () => {
    const { stdout, stderr } = await promisify(execFile)('sh', [
      '-c',
      `{ ${LONG}; echo "status $?" >&2; } | head -c 10`,
    ]);
    expect(stdout).toHaveLength(10);
    expect(stderr).toBe('status 0\n');
  });
});
