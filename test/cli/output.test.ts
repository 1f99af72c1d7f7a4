import { execFile } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

const SCAN = `"${process.execPath}" "${PROGRAM}" scan fixtures/skills/api-client-benign --no-cache --quiet --output`;

describe('what is written to something that is no file', () => {
  it('goes through a pipe, which stays one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sbx-output-'));
    const pipe = join(folder, 'report');
    try {
      const { stdout } = await promisify(execFile)('sh', [
        '-c',
        `mkfifo "${pipe}" && { timeout 60 cat "${pipe}" & ${SCAN} json="${pipe}"; wait; }`,
      ]);
      expect(JSON.parse(stdout)).toHaveProperty('verdict');
      expect(lstatSync(pipe).isFIFO()).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.skipIf(!existsSync('/dev/stdout'))('goes where /dev/stdout leads, which stays a link', async () => {
    const { stdout } = await promisify(execFile)('sh', ['-c', `${SCAN} json=/dev/stdout | cat`]);
    expect(JSON.parse(stdout)).toHaveProperty('verdict');
    expect(lstatSync('/dev/stdout').isSymbolicLink()).toBe(true);
  });
});
