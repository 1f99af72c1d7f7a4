import { describe, expect, it } from 'vitest';
import { buildAdvisoryIndex } from '../../../src/deps/advisories/build-index.ts';
import { openIndex } from '../../../src/deps/advisories/database.ts';
import { Matcher } from '../../../src/deps/advisories/match.ts';
import { concerning, packText, PackedIndex } from '../../../src/deps/advisories/packed-index.ts';
import { pinOf } from '../pins.ts';
import { record } from './database-folder.ts';

const NAMES = ['a', 'a-b', 'ab', 'b', '__proto__', 'constructor', 'é', '名前', '@scope/a', 'zz'];

async function indexOf(names: readonly string[]) {
  const records = names.map((name, at) => {
    const [part] = record('', 'npm', '2026-01-01').affected ?? [];
    return record(`GHSA-${String(at)}`, 'npm', '2026-01-01', {
      affected: [{ ...part, package: { ecosystem: 'npm', name } }],
    });
  });
  return buildAdvisoryIndex('npm', records);
}

describe('a packed index', () => {
  it.each([0, 1, 2, 3, 5, NAMES.length])('finds each of %i packages, and no other', async (count) => {
    const index = await indexOf(NAMES.slice(0, count));
    const packed = new PackedIndex(packText(index));
    for (const [at, name] of NAMES.entries()) {
      expect(packed.has(name), name).toBe(at < count);
      expect(packed.concerning(name)).toEqual(concerning(index, name));
    }
    for (const name of ['', 'A', 'a-', 'zzz', 'toString', '\n', '\t', '{'])
      expect(packed.has(name)).toBe(false);
  });

  it('gives the whole index back', async () => {
    const index = await indexOf(NAMES);
    const { ecosystem, date, records, malicious, advisories, packages } = new PackedIndex(packText(index));
    expect({ ecosystem, date, records, malicious, advisories, packages }).toEqual(index);
  });

  it('of the shipped advisories matches as the index that it was packed from', async () => {
    const { index } = await openIndex('PyPI');
    const { ecosystem, date, records, malicious, advisories, packages } = index;
    const plain = new Matcher({ ecosystem, date, records, malicious, advisories, packages });
    const packed = new Matcher(index);
    const names = Object.keys(packages);
    expect(names.length).toBeGreaterThan(600);
    for (const name of names) {
      const pin = pinOf('PyPI', name, '1.0');
      expect(packed.match(pin)).toEqual(plain.match(pin));
    }
  });

  it.each([
    '',
    '\n',
    '{}',
    '{"format":1}\n',
    '{"format":2,"ecosystem":"Go"}\n',
    'no json\n',
    '{"format":2,"ecosystem":"npm"}\na\t[]',
  ])('is not made of %j', (text) => {
    expect(() => new PackedIndex(Buffer.from(text))).toThrow();
  });

  it('with a line that is broken fails when it is asked, and does not say that nothing is known', () => {
    const header = '{"format":2,"ecosystem":"npm","date":"","records":1,"malicious":0}\n';
    expect(() => new PackedIndex(Buffer.from(`${header}no tab here\n`)).has('a')).toThrow(/no name/);
    expect(() => new PackedIndex(Buffer.from(`${header}a\t[{\n`)).concerning('a')).toThrow(SyntaxError);
  });
});
