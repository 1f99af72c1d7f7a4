import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDecoys, writeHome } from '../../src/sandbox/decoys/decoys.ts';
import { findMarkers } from '../../src/sandbox/decoys/markers.ts';

describe('decoys', () => {
  it('are fresh every time, and every one carries a marker of its own', () => {
    const [one, other] = [makeDecoys(), makeDecoys()];
    const markers = [...one.decoys, ...other.decoys].map(({ marker }) => marker);
    expect(new Set(markers).size).toBe(markers.length);
    for (const { name, kind, marker } of one.decoys) {
      const content = kind === 'file' ? one.files[name.slice(2)] : one.environment[name];
      expect(content).toContain(marker);
    }
  });

  it('say that they are decoys, so that no scanner takes them for live credentials', () => {
    const { decoys, files, environment } = makeDecoys();
    for (const { name, kind } of decoys) {
      expect(kind === 'file' ? files[name.slice(2)] : environment[name]).toMatch(/decoy/i);
    }
  });

  it('are written where another user can read them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sbx-test-decoys-'));
    try {
      const set = makeDecoys();
      await writeHome(set, folder);
      expect(readFileSync(join(folder, '.ssh/id_rsa'), 'utf8')).toBe(set.files['.ssh/id_rsa']);
      expect(statSync(join(folder, '.ssh/id_rsa')).mode & 0o777).toBe(0o644);
      expect(statSync(join(folder, '.ssh')).mode & 0o777).toBe(0o755);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are not seen where they are not', () => {
    const { decoys } = makeDecoys();
    expect(findMarkers('0123456789abcdef'.repeat(500), decoys)).toEqual([]);
  });
});
