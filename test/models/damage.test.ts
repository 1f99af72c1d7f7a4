import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../src/rules/compile.ts';
import { loadRules } from '../../src/rules/load.ts';
import { analyse } from '../../src/static/engine.ts';
import { expandLayers } from '../../src/static/layers/expand.ts';
import { Random } from '../fuzz/random.ts';

const MODELS = fileURLToPath(new URL('../../fixtures/models', import.meta.url));
const knowledge = compileRules([loadRules('rules', 'built-in')]);
const { signal } = new AbortController();

const FILES = ['attacks', 'honest'].flatMap((folder) =>
  readdirSync(join(MODELS, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(join(MODELS, path)).isFile())
    .sort(),
);

/** Milliseconds that a damaged file of a few kilobytes may take, on a busy machine. */
const MAX_MILLISECONDS = 20_000;

/** Bytes cut off, flipped, or made as large as they can be, as lengths and counts then are. */
function damaged(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  if (random.below(3) === 0) return copy.subarray(0, random.below(copy.length));
  for (let count = 1 + random.below(6); count > 0; count--)
    copy[random.below(copy.length)] = random.below(2) === 0 ? 0xff : random.below(256);
  return copy;
}

async function look(path: string, content: Uint8Array): Promise<void> {
  const started = performance.now();
  const tasks = await expandLayers([{ path, content, unit: '.' }], signal);
  const { files } = await analyse(tasks, knowledge, signal, () => undefined);
  expect(files[0]?.path).toBe(path);
  expect(files.length).toBe(tasks.length);
  for (const { opaque } of files) expect(opaque?.reason ?? '').not.toContain('its analysis failed');
  expect(performance.now() - started).toBeLessThan(MAX_MILLISECONDS);
}

describe('damaged model files', () => {
  it.each(FILES)('%s is listed, whatever happened to it', { timeout: 120_000 }, async (path) => {
    const bytes = readFileSync(join(MODELS, path));
    const random = new Random(bytes.length * 31 + path.length);
    const name = path.slice(path.lastIndexOf('/') + 1);
    for (let turn = 0; turn < 6; turn++) await look(name, damaged(bytes, random));
    expect.hasAssertions();
  });
});
