import { describe, expect, it } from 'vitest';
import { buildAdvisoryIndex } from '../../../src/deps/advisories/build-index.ts';
import { openIndex } from '../../../src/deps/advisories/database.ts';
import { Matcher } from '../../../src/deps/advisories/match.ts';
import { namedVersions } from '../../../src/deps/advisories/affected.ts';
import { lineTable } from '../../../src/deps/advisories/line-table.ts';
import { concerning, packText, PackedIndex } from '../../../src/deps/advisories/packed-index.ts';
import { AUDITED_ECOSYSTEMS } from '../../../src/deps/advisories/version-scheme.ts';
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

  it.each(AUDITED_ECOSYSTEMS)(
    'of %s answers each version that it names as it is worked out anew',
    async (of) => {
      const { index } = await openIndex(of);
      const { ecosystem, date, records, malicious, advisories, packages } = index;
      const plain = new Matcher({ ecosystem, date, records, malicious, advisories, packages });
      const packed = new Matcher(index);
      const suffixes =
        of === 'PyPI' ? ['', '.0', 'rc1', '.post1', '.dev2', '+local.1'] : ['', '-0', '-rc.1', '+b'];
      const answers: unknown[] = [];
      const expected: unknown[] = [];
      for (const [name, entries] of Object.entries(packages).filter((_, at) => at % 5 === 0)) {
        const named = new Set(
          entries.flatMap(([, ranges, versions]) =>
            namedVersions({ ranges, versions: versions.slice(0, 5) }),
          ),
        );
        for (const version of [...named].slice(0, 20).flatMap((each) => suffixes.map((end) => each + end))) {
          const pin = pinOf(of, name, version);
          answers.push([name, version, packed.match(pin)]);
          expected.push([name, version, plain.match(pin)]);
        }
      }
      expect(answers.length).toBeGreaterThan(500);
      expect(answers).toEqual(expected);
    },
  );

  it.each([
    '',
    '\n',
    '{}',
    '{"format":1}\n',
    '{"format":3,"ecosystem":"Go","bytes":0}\n\0\0\0\0',
    'no json\n',
    '{"format":3,"ecosystem":"npm"}\na\t[]',
    '{"format":3,"ecosystem":"npm","bytes":5}\na\t[]\n',
    '{"format":3,"ecosystem":"npm","bytes":5}\na\t[]\n\0\0\0',
    '{"format":2,"ecosystem":"npm","date":"","records":1,"malicious":0}\na\t[]\n',
  ])('is not made of %j', (text) => {
    expect(() => new PackedIndex(Buffer.from(text))).toThrow();
  });

  it('with a line that is broken fails when it is asked, and does not say that nothing is known', () => {
    const withLine = (line: string, at = 0): PackedIndex => {
      const header = { format: 3, ecosystem: 'npm', date: '', records: 1, malicious: 0, bytes: line.length };
      const text = Buffer.from(`${JSON.stringify(header)}\n${line}`);
      const start = text.length - line.length + at;
      return new PackedIndex(Buffer.concat([text, lineTable([{ name: Buffer.from('a'), start }])]));
    };
    expect(() => withLine('no tab here\n', 3).has('a')).toThrow(/not where it should be/);
    expect(() => withLine('a\t[]\n', 99).has('a')).toThrow(/not where it should be/);
    expect(() => withLine('a\t[{\n').concerning('a')).toThrow(SyntaxError);
    expect(() => withLine('a\t[null]\t[["",[]]]\n').concerning('a')).toThrow(/different lengths/);
  });
});
