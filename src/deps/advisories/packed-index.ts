import type { AdvisoryIndex, IndexedAdvisory, IndexedAffected } from './index-format.ts';
import { findLine, isTableLength, lineTable } from './line-table.ts';
import type { Spans } from './spans.ts';
import { spansOf } from './spans.ts';
import { isAudited, VERSION_SCHEMES } from './version-scheme.ts';

/** An advisory and how it concerns one package: ranges and versions as in {@link IndexedAffected}. */
export type Concern = readonly [advisory: IndexedAdvisory, ranges: string, versions: readonly string[]];

type Header = Pick<AdvisoryIndex, 'ecosystem' | 'date' | 'records' | 'malicious'>;

const FORMAT = 3;
const LINE_FEED = 0x0a;
const TAB = 0x09;

/**
 * An index in one piece: a line about the whole, one a package, in order of the bytes of its name, and the table that says where each begins
 * (`line-table.ts`). A line has parts with tabs between them, JSON but for the first: the name, the {@link Spans} of each advisory, ranges
 * and versions of each, and each advisory by itself. Only the parts that are asked for are parsed, which is what costs: the full database
 * has a hundred times as many packages as a target, and most advisories do not concern the version that is pinned.
 */
export function packText(index: AdvisoryIndex): Buffer {
  const { ecosystem, date, records, malicious } = index;
  const lines = linesOf(index);
  const bytes = lines.reduce((sum, line) => sum + line.bytes.length, 0);
  const header = Buffer.from(
    `${JSON.stringify({ format: FORMAT, ecosystem, date, records, malicious, bytes })}\n`,
  );
  let start = header.length;
  const places = lines.map((line) => {
    const place = { name: line.name, start };
    start += line.bytes.length;
    return place;
  });
  return Buffer.concat([header, ...lines.map((line) => line.bytes), lineTable(places)]);
}

function linesOf({
  ecosystem,
  advisories,
  packages,
}: AdvisoryIndex): { readonly name: Buffer; readonly bytes: Buffer }[] {
  const { sortKey } = VERSION_SCHEMES[ecosystem];
  return (
    Object.entries(packages)
      // No package is called so, and its line could not be told from others.
      .filter(([name]) => !/[\t\n]/.test(name))
      .map(([name, entries]) => ({ name: Buffer.from(name), entries }))
      .sort((a, b) => Buffer.compare(a.name, b.name))
      .map(({ name, entries }) => {
        const parts = [
          entries.map(([, ranges, versions]) => spansOf({ ranges, versions }, sortKey)),
          entries.map(([, ranges, versions]) => [ranges, versions]),
          ...entries.map(([at]) => advisories[at]!),
        ];
        const text = [name.toString(), ...parts.map((part) => JSON.stringify(part))].join('\t');
        return { name, bytes: Buffer.from(`${text}\n`) };
      })
  );
}

/** What an index says of one package, parsed as far as it is asked. */
export class PackedEntry {
  /** Of each advisory, in order of the ids; null: what it affects is not worked out beforehand. */
  readonly spans: readonly (Spans | null)[];
  readonly #text: Buffer;
  /** Where the part behind the spans begins. */
  readonly #rest: number;
  #parts: readonly string[] | null = null;

  /**
   * @param text the index
   * @param from where the line goes on behind the name and the tab
   * @throws SyntaxError or TypeError when it is broken
   */
  constructor(text: Buffer, from: number) {
    const tab = text.indexOf(TAB, from);
    this.spans = JSON.parse(text.toString('utf8', from, tab)) as readonly (Spans | null)[];
    this.#text = text;
    this.#rest = tab + 1;
  }

  /** @throws SyntaxError or TypeError when it is broken */
  advisory(at: number): IndexedAdvisory {
    return JSON.parse(this.#partsOf()[at + 1]!) as IndexedAdvisory;
  }

  /** @throws SyntaxError or TypeError when it is broken */
  concerns(): readonly Concern[] {
    const affected = JSON.parse(this.#partsOf()[0]!) as readonly (readonly [string, readonly string[]])[];
    return affected.map(([ranges, versions], at) => [this.advisory(at), ranges, versions]);
  }

  /** Ranges and versions, then the advisories. */
  #partsOf(): readonly string[] {
    if (this.#parts !== null) return this.#parts;
    const end = this.#text.indexOf(LINE_FEED, this.#rest);
    const parts = this.#text.toString('utf8', this.#rest, end).split('\t');
    if (parts.length !== this.spans.length + 1)
      throw new TypeError('a line of the index has parts of different lengths');
    this.#parts = parts;
    return parts;
  }
}

/** An index in its packed form, read as far as it is asked. */
export class PackedIndex implements AdvisoryIndex {
  readonly ecosystem: AdvisoryIndex['ecosystem'];
  readonly date: string;
  readonly records: number;
  readonly malicious: number;
  readonly #text: Buffer;
  /** Where the first package begins, and where the lines end and the table begins. */
  readonly #start: number;
  readonly #end: number;
  #unpacked: Pick<AdvisoryIndex, 'advisories' | 'packages'> | null = null;

  /** @throws TypeError or SyntaxError when the text is no index */
  constructor(text: Buffer) {
    const start = text.indexOf(LINE_FEED) + 1;
    const header = JSON.parse(text.toString('utf8', 0, Math.max(start - 1, 0))) as Header & {
      format: unknown;
      bytes: number;
    };
    const end = start + header.bytes;
    if (header.format !== FORMAT || !isAudited(header.ecosystem))
      throw new TypeError('it has a format that this version does not know');
    if (text[end - 1] !== LINE_FEED || !isTableLength(text.length - end))
      throw new TypeError('a part of it is missing');
    this.ecosystem = header.ecosystem;
    this.date = header.date;
    this.records = header.records;
    this.malicious = header.malicious;
    this.#text = text;
    this.#start = start;
    this.#end = end;
  }

  /** What it says of a package; null when that is nothing. */
  entry(name: string): PackedEntry | null {
    const bytes = Buffer.from(name);
    const start = findLine(this.#text, this.#end, bytes);
    if (start === -1) return null;
    return new PackedEntry(this.#text, start + bytes.length + 1);
  }

  /** What concerns a package, in order of the ids; empty when nothing does. */
  concerning(name: string): readonly Concern[] {
    return this.entry(name)?.concerns() ?? [];
  }

  has(name: string): boolean {
    return findLine(this.#text, this.#end, Buffer.from(name)) !== -1;
  }

  get advisories(): readonly IndexedAdvisory[] {
    return this.#unpack().advisories;
  }

  get packages(): AdvisoryIndex['packages'] {
    return this.#unpack().packages;
  }

  #unpack(): Pick<AdvisoryIndex, 'advisories' | 'packages'> {
    if (this.#unpacked !== null) return this.#unpacked;
    const text = this.#text;
    const parsed: (readonly [name: string, concerns: readonly Concern[]])[] = [];
    for (let at = this.#start; at < this.#end; at = text.indexOf(LINE_FEED, at) + 1) {
      const tab = text.indexOf(TAB, at);
      parsed.push([text.toString('utf8', at, tab), new PackedEntry(text, tab + 1).concerns()]);
    }
    const byId = new Map(
      parsed.flatMap(([, concerns]) =>
        concerns.map(([about]): [string, IndexedAdvisory] => [about[0], about]),
      ),
    );
    const ids = [...byId.keys()].sort();
    const positions = new Map(ids.map((id, at) => [id, at]));
    const packages = parsed.map(([name, concerns]): [string, IndexedAffected[]] => [
      name,
      concerns.map(([[id], ranges, versions]) => [positions.get(id)!, ranges, versions]),
    ]);
    this.#unpacked = {
      advisories: ids.map((id) => byId.get(id)!),
      packages: Object.fromEntries(packages),
    };
    return this.#unpacked;
  }
}

/** What concerns a package, of an index in either form. */
export function concerning(index: AdvisoryIndex, name: string): readonly Concern[] {
  if (index instanceof PackedIndex) return index.concerning(name);
  const entries = Object.hasOwn(index.packages, name) ? (index.packages[name] ?? []) : [];
  return entries.map(([at, ranges, versions]) => [index.advisories[at]!, ranges, versions]);
}
