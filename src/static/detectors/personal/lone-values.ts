import type { Identifier } from './identifier.ts';
import { type FoundNumber, isOf } from './values.ts';

/** Files whose lines or cells are values. */
const LISTS = /\.(?:txt|csv|tsv|log|dat|data|jsonl|ndjson)$|(?:^|\/)[^./]+$/i;
const MAX_LENGTH = 1_048_576;
const MAX_CELLS = 5_000;
const CELL = /[^\n\r,;\t"|]{8,64}/g;

/**
 * Numbers that stand alone in their line or cell. Checksums of one digit are met by chance, so what is met by fewer than half of the
 * values of the same form in the file is taken for chance.
 */
export function* loneValues(
  text: string,
  path: string,
  identifiers: readonly Identifier[],
): Generator<FoundNumber> {
  if (text.length > MAX_LENGTH || !LISTS.test(path)) return;
  const asked = identifiers.filter(({ weight }) => weight !== 'named');
  const tally = new Map<Identifier, { tried: number; found: FoundNumber[] }>();
  let cells = 0;
  for (const match of text.matchAll(CELL)) {
    const cell = match[0].trim();
    if (!/\d.*\d.*\d/.test(cell) || !/^[A-Za-z\d][A-Za-z\d .:/+-]*$/.test(cell)) continue;
    if ((cells += 1) > MAX_CELLS) break;
    const compact = cell.replace(/[\s.:/-]/g, '').toUpperCase();
    const start = match.index + match[0].indexOf(cell);
    for (const identifier of asked) {
      if (!identifier.shape.test(compact) && !isOf(identifier, cell)) continue;
      const entry = tally.get(identifier) ?? { tried: 0, found: [] };
      tally.set(identifier, entry);
      entry.tried += 1;
      if (isOf(identifier, cell)) entry.found.push({ identifier, span: { start, end: start + cell.length } });
    }
  }
  for (const { tried, found } of tally.values()) if (found.length * 2 > tried) yield* found;
}
