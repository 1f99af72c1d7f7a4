import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { openTarget } from '../../../src/target/open.ts';

const FOLDER = fileURLToPath(new URL('../every-format', import.meta.url));

/** One folder a format: locks that the real tools wrote, and the manifests that they were written from. */
describe('a tree with every format', () => {
  it('gives exactly these packages', async () => {
    const { packages, unreadable, outside, indexes, unsupported, hashing } = takeInventory(
      await openTarget(FOLDER, new AbortController().signal),
    );
    const lines = packages.map(({ ecosystem, name, version, range, pin, scope, purl, hashes, locations }) =>
      [
        ecosystem,
        name,
        version ?? range ?? '-',
        pin,
        scope,
        purl,
        `${String(hashes.length)} hashes`,
        locations.map(({ path, startLine }) => `${path}:${String(startLine)}`).join(' '),
      ].join(' | '),
    );
    const rest = { unreadable, outside, indexes, unsupported, hashing };
    const text = `${lines.join('\n')}\n${JSON.stringify(rest, null, 1)}\n`;
    await expect(text).toMatchFileSnapshot('../../golden/deps-every-format.txt');
  });
});
