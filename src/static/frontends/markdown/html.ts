import type { Span } from '../../../model/program.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    lt: '<',
    gt: '>',
    amp: '&',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    hellip: '…',
    mdash: '—',
    ndash: '–',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
  }),
);

/** The character that an entity (`&lt;`, `&#105;`, `&#x69;`) stands for; null for one that is not known. */
export function decodeEntity(entity: string): string | null {
  const name = entity.slice(1, -1);
  if (!name.startsWith('#')) return ENTITIES.get(name) ?? null;
  const isHex = name[1] === 'x' || name[1] === 'X';
  const point = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : null;
}

/** True when a tag's attributes keep its content from being seen: `hidden`, `display:none`, no size, no opacity, white on white. */
export function isHidingTag(attributes: string): boolean {
  if (/(?:^|\s)hidden(?:\s|=|$)/i.test(attributes)) return true;
  return /style\s{0,3}=\s{0,3}["'][^"']{0,300}(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?:px|em|pt|%)?\s{0,3}[;"']|opacity\s{0,3}:\s{0,3}0(?:\.0+)?\s{0,3}[;"']|(?<!-)color\s{0,3}:\s{0,3}(?:white|transparent|#fff(?:fff)?)\b)/i.test(
    attributes,
  );
}

const ATTRIBUTE = /(?:^|\s)([a-z][\w:-]{0,60})\s{0,3}=\s{0,3}(?:"([^"]{3,1000})"|'([^']{3,1000})')/gi;

/** Attributes whose values are no words, however many there are. */
const WORDLESS =
  /^(?:class|style|href|src|srcset|sizes|d|points|viewbox|transform|rel|on\w+|xmlns\S*|id|name|width|height)$/i;

/** Ranges of a tag's attributes that hold text which no page shows: alt texts, titles, data of three words or more. */
export function wordyAttributes(attributes: string): readonly Span[] {
  const found: Span[] = [];
  for (const match of attributes.matchAll(ATTRIBUTE)) {
    const value = match[2] ?? match[3]!;
    const isAlternative = match[1]!.toLowerCase() === 'alt';
    if (!isAlternative && (WORDLESS.test(match[1]!) || !/\S\s+\S+\s+\S/.test(value))) continue;
    const end = match.index + match[0].length - 1;
    found.push({ start: end - value.length, end });
  }
  return found;
}
