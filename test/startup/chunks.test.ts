import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Chunks } from '../../src/startup/chunks.ts';
import { codeCacheFile } from '../../src/startup/code-cache.ts';

const wrapped = (code: string): string =>
  `(function (exports, require, module, __filename, __dirname) { ${code} })`;

const MAIN =
  "const { add } = require('./chunk-add.js'); exports.sum = add(2, 3); exports.sep = require('node:path').sep;";
const ADD =
  'exports.runs = (globalThis.chunkRuns = (globalThis.chunkRuns ?? 0) + 1); exports.add = (a, b) => a + b;';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sbx-chunks-'));
  writeFileSync(join(folder, 'main.js'), wrapped(MAIN));
  writeFileSync(join(folder, 'chunk-add.js'), wrapped(ADD));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Keeps what V8 compiled, in a new place, as V8 remembers in this process what it compiled of the old one. */
function keep(data: (compiled: Buffer) => Buffer): void {
  const chunks = new Chunks(folder);
  chunks.require('main.js');
  for (const { name, data: compiled } of chunks.compiled()) {
    const file = codeCacheFile(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data(compiled));
  }
  const place = mkdtempSync(join(tmpdir(), 'sbx-chunks-'));
  rmSync(place, { recursive: true });
  renameSync(folder, place);
  folder = place;
}

function taken(chunks: Chunks): readonly (boolean | null)[] {
  return chunks.compiled().map(({ wasTaken }) => wasTaken);
}

describe('chunks of the bundle', () => {
  it('load each other, and what lies outside, each once', () => {
    const chunks = new Chunks(folder);
    const main = chunks.require('main.js') as { sum: number; sep: string };
    expect(main.sum).toBe(5);
    expect(main.sep).toBe('/');
    expect(chunks.require('main.js')).toBe(main);
    const first = (chunks.require('chunk-add.js') as { runs: number }).runs;
    expect((chunks.require('chunk-add.js') as { runs: number }).runs).toBe(first);
    expect(taken(chunks)).toEqual([null, null]);
  });

  it('take the code that V8 compiled earlier', () => {
    keep((compiled) => compiled);
    const chunks = new Chunks(folder);
    expect((chunks.require('main.js') as { sum: number }).sum).toBe(5);
    expect(taken(chunks)).toEqual([true, true]);
  });

  it('are compiled as ever when what was kept is of another version, cut off or empty', () => {
    for (const spoil of [
      (compiled: Buffer) => Buffer.concat([Buffer.from([1, 2, 3, 4]), compiled.subarray(4)]),
      (compiled: Buffer) => compiled.subarray(0, compiled.length - 8),
      () => Buffer.alloc(0),
    ]) {
      keep(spoil);
      const chunks = new Chunks(folder);
      expect((chunks.require('main.js') as { sum: number }).sum).toBe(5);
      expect(taken(chunks)).not.toContain(true);
    }
  });

  it('of the built program come with such code', () => {
    const dist = fileURLToPath(new URL('../../dist', import.meta.url));
    const kept = readdirSync(dirname(codeCacheFile(dist, 'main.js')));
    expect(kept).toContain('main.js.bin');
    expect(kept.some((file) => file.startsWith('chunk-analysis-'))).toBe(true);
  });
});
