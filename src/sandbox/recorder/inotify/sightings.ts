import { countOf, objectIn } from '../json-line.ts';

/** A decoy file that was read, as seen from outside. */
interface Sighting {
  /** As the witness was told it: relative to the home folder. */
  readonly file: string;
  /** Milliseconds since the command began. */
  readonly first: number;
  readonly count: number;
}

/** What was seen from outside. */
export interface Sightings {
  readonly reads: readonly Sighting[];
  /** Why nothing, or not everything, could be seen; null: every decoy was watched from before the command began until its end. */
  readonly limitation: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** What `watcher.py` tells, line by line. */
export class Told {
  isReady = false;
  #watched: number | null = null;
  #end: Fields | null = null;
  readonly #first = new Map<number, number>();

  take(line: string): void {
    const record = objectIn(line) ?? {};
    if (record['ready'] === true) this.isReady = true;
    else if (record['end'] === true) this.#end = record;
    else if (record['watched'] !== undefined) this.#watched = countOf(record['watched']);
    else if (record['read'] !== undefined) this.#first.set(countOf(record['read']), countOf(record['at']));
  }

  /**
   * @param files in the order that the watcher was told them
   * @param collected `DEVICE:INODE` of files that sbx itself read in the sandbox, as often as it did
   */
  sightings(files: readonly string[], collected: readonly string[]): Sightings {
    const total = table(this.#end?.['reads']);
    const place = table(this.#end?.['own']);
    const own = new Map<number, number>();
    for (const id of collected) {
      const index = place[id];
      if (index !== undefined) own.set(index, (own.get(index) ?? 0) + 1);
    }
    const reads = [...this.#first].flatMap(([index, first]): readonly Sighting[] => {
      const file = files[index];
      const times = (total[String(index)] ?? 1) - (own.get(index) ?? 0);
      return file === undefined || times < 1 ? [] : [{ file, first, count: times }];
    });
    return { reads, limitation: this.#limitation(files.length) };
  }

  #limitation(wanted: number): string | null {
    if (this.#watched === null) return 'the files of the sandbox cannot be seen from outside';
    if (this.#end === null) return 'the watcher of decoys ended before the run did';
    if (countOf(this.#end['lost']) > 0)
      return 'more happened to the decoys at once than the watcher could take in';
    return this.#watched < wanted
      ? `${wanted - this.#watched} of ${wanted} decoys could not be watched`
      : null;
  }
}

function table(value: unknown): Readonly<Partial<Record<string, number>>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, countOf(each)]));
}
