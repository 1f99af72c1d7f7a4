import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { Pair, Scalar } from 'yaml';
import { type PlainEntry, plainEntries } from '../src/plain-yaml.ts';

/** As front matter is parsed for what it claims, and for what agents read in it. */
const OPTIONS = [{}, { strict: false, uniqueKeys: false, logLevel: 'silent' }] as const;

/** What the library says, as far as it can be said in entries; null when it takes the text for anything else. */
function byLibrary(text: string): readonly PlainEntry[] | null {
  const [first, second] = OPTIONS.map((options) => entriesOf(text, options));
  expect(second).toEqual(first);
  return first!;
}

function entriesOf(text: string, options: (typeof OPTIONS)[number]): readonly PlainEntry[] | null {
  const { contents, errors, warnings } = parseDocument(text, options);
  if (!isMap(contents) || errors.length > 0 || warnings.length > 0) return null;
  const pairs = contents.items as readonly Pair<Scalar, Scalar>[];
  const isPlain = pairs.every(
    ({ key, value }) =>
      isScalar(key) &&
      typeof key.value === 'string' &&
      isScalar(value) &&
      typeof value.value === 'string' &&
      value.anchor === undefined &&
      value.tag === undefined,
  );
  if (!isPlain) return null;
  return pairs.map(({ key, value }) => ({
    key: key.value as string,
    value: value!.value as string,
    start: value!.range![0],
    end: value!.range![1],
  }));
}

/** Numbers below a limit that are the same in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const PIECES =
  'name|description|tools|a|b-c|x_1|true|null|NULL|~|yes|no|1|1.0|0x1F|.nan|-|- |?|? |: |:|#| #| |  |\t|"|\'|\\|\\n|{|}|[|]|,|&a|*a|!t|!|%|@|`|>|\
|\||---|...|<<|é|\u2028|\u00a0|\n|\n |\n- |\r\n|\n\n|: >\n  |: |\n\n|key: word|\nkey2: "a: b"|\nk3: \'a # b\'|=|(x)|http://a.example/b?c#d|word word'.split(
    '|',
  );

describe('plainEntries', () => {
  it.each([
    ['name: tidy\ndescription: Sorts imports (all of them), e.g. a:b, and says so.', 2],
    ['name: "tidy: up # now"\ndescription: \'Sorts "all"\'\n', 2],
    ['a: b', 1],
    ['a: ""', 1],
    ['a: Räumt auf – „sofort“', 1],
    ['homepage: https://a.example/b#c', 1],
  ])('reads %j', (text, count) => {
    expect(plainEntries(text)).toHaveLength(count);
    expect(plainEntries(text)).toEqual(byLibrary(text));
  });

  it.each([
    '',
    '\n',
    'a: b\n\nc: d',
    'a: b\n  c',
    'a: b\na: c',
    'a: true',
    'null: b',
    'a: 1',
    'a: b: c',
    'a: b #c',
    'a: b ',
    'a: "b\\n"',
    "a: 'b''c'",
    'a: "b" c',
    'a:\n  b: c',
    'a: >\n  b',
    'a: [b]',
    'a: *b',
    'a: b\r\nc: d',
    'é: a',
    'a: b\u2028c',
    'a: b\u0085',
    'a:\tb',
    '# c\na: b',
  ])('leaves %j to the library', (text) => {
    expect(plainEntries(text)).toBeNull();
  });

  it('says nothing else than the library, whatever the text', () => {
    const next = numbers(7);
    let read = 0;
    for (let round = 0; round < 40_000; round += 1) {
      const lines = Array.from({ length: 1 + next(3) }, () => {
        const parts = Array.from({ length: 1 + next(4) }, () => PIECES[next(PIECES.length)]!).join('');
        return next(3) === 0 ? parts : `k${next(4)}: ${parts}`;
      });
      const text = lines.join('\n');
      const entries = plainEntries(text);
      if (entries === null) continue;
      read += 1;
      expect(entries, JSON.stringify(text)).toEqual(byLibrary(text));
    }
    expect(read).toBeGreaterThan(1_000);
  });

  it('says the same of every character', () => {
    for (let code = 0; code < 0x1_0000; code += code < 0x3100 ? 1 : 61) {
      const character = String.fromCharCode(code);
      for (const text of [
        `k: ${character}`,
        `k: a${character}`,
        `k: a${character}b`,
        `k: a ${character}b`,
        `k: "${character}"`,
        `k: '${character}'`,
        `k${character}: a`,
        `${character}k: a`,
      ]) {
        const entries = plainEntries(text);
        if (entries !== null) expect(entries, JSON.stringify(text)).toEqual(byLibrary(text));
      }
    }
  });

  it('says the same of the front matter of every fixture, and reads some of it', () => {
    const skills = readdirSync('fixtures', { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('SKILL.md'),
    );
    const fronts = skills.flatMap(
      (path) => /^---\n([\s\S]*?)\n---$/m.exec(readFileSync(join('fixtures', path), 'utf8'))?.[1] ?? [],
    );
    const read = fronts.filter((front) => plainEntries(front) !== null);
    for (const front of read) expect(plainEntries(front)).toEqual(byLibrary(front));
    expect(read.length).toBeGreaterThan(3);
  });
});
