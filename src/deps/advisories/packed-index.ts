import type { AdvisoryIndex, IndexedAdvisory, IndexedAffected } from './index-format.ts';
import { isAudited } from './version-scheme.ts';

/** An advisory and how it concerns one package: ranges and versions as in {@link IndexedAffected}. */
export type Concern = readonly [advisory: IndexedAdvisory, ranges: string, versions: readonly string[]];

type Header = Pick<AdvisoryIndex, 'ecosystem' | 'date' | 'records' | 'malicious'>;

const FORMAT = 2;
const LINE_FEED = 0x0a;
const TAB = 0x09;

/**
 * An index as text: a line about the whole, then one a package, in order of the bytes of its name: the name, a tab, and its
 * {@link Concern}s as JSON. Finding a package takes a dozen comparisons and no parsing of the others, which is what costs: the full database
 * has a hundred times as many packages as a target.
 */
export function packText(index: AdvisoryIndex): Buffer {
  const { ecosystem, date, records, malicious, advisories, packages } = index;
  const lines = Object.entries(packages)
    .map(([name, entries]) => ({ name: Buffer.from(name), entries }))
    .sort((a, b) => Buffer.compare(a.name, b.name))
    .map(({ name, entries }) => {
      const concerns = entries.map(([at, ranges, versions]): Concern => [advisories[at]!, ranges, versions]);
      return `${name.toString()}\t${JSON.stringify(concerns)}`;
    });
  const header = { format: FORMAT, ecosystem, date, records, malicious };
  return Buffer.from(`${[JSON.stringify(header), ...lines].join('\n')}\n`);
}

/** An index in its packed form, read as far as it is asked. */
export class PackedIndex implements AdvisoryIndex {
  readonly ecosystem: AdvisoryIndex['ecosystem'];
  readonly date: string;
  readonly records: number;
  readonly malicious: number;
  readonly #text: Buffer;
  /** Where the first package begins. */
  readonly #start: number;
  #unpacked: Pick<AdvisoryIndex, 'advisories' | 'packages'> | null = null;

  /** @throws TypeError or SyntaxError when the text is no index */
  constructor(text: Buffer) {
    const end = text.indexOf(LINE_FEED);
    const header = JSON.parse(text.toString('utf8', 0, Math.max(end, 0))) as Header & { format: unknown };
    if (header.format !== FORMAT || !isAudited(header.ecosystem) || text.at(-1) !== LINE_FEED)
      throw new TypeError('it has a format that this version does not know');
    this.ecosystem = header.ecosystem;
    this.date = header.date;
    this.records = header.records;
    this.malicious = header.malicious;
    this.#text = text;
    this.#start = end + 1;
  }

  /** What concerns a package, in order of the ids; empty when nothing does. */
  concerning(name: string): readonly Concern[] {
    const line = this.#find(Buffer.from(name));
    return line === null
      ? []
      : (JSON.parse(this.#text.toString('utf8', line.tab + 1, line.end)) as Concern[]);
  }

  has(name: string): boolean {
    return this.#find(Buffer.from(name)) !== null;
  }

  get advisories(): readonly IndexedAdvisory[] {
    return this.#unpack().advisories;
  }

  get packages(): AdvisoryIndex['packages'] {
    return this.#unpack().packages;
  }

  #find(name: Buffer): { readonly tab: number; readonly end: number } | null {
    const text = this.#text;
    let low = this.#start;
    let high = text.length;
    while (low < high) {
      // The line that the middle lies in.
      const start = Math.max(text.lastIndexOf(LINE_FEED, ((low + high) >> 1) - 1) + 1, low);
      const tab = text.indexOf(TAB, start);
      const end = text.indexOf(LINE_FEED, start);
      if (tab === -1 || end === -1 || tab > end) throw new TypeError('a line of the index has no name');
      const order = text.compare(name, 0, name.length, start, tab);
      if (order === 0) return { tab, end };
      if (order < 0) low = end + 1;
      else high = start;
    }
    return null;
  }

  #unpack(): Pick<AdvisoryIndex, 'advisories' | 'packages'> {
    if (this.#unpacked !== null) return this.#unpacked;
    const lines = this.#text.toString('utf8', this.#start, this.#text.length - 1).split('\n');
    const parsed = lines
      .filter((line) => line !== '')
      .map((line) => {
        const tab = line.indexOf('\t');
        return [line.slice(0, tab), JSON.parse(line.slice(tab + 1)) as Concern[]] as const;
      });
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
