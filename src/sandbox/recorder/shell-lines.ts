/** Where a shell was when it traced a command: its process, how many functions deep, and in which one; null where the trace does not say. */
export interface ShellPlace {
  readonly process: string;
  readonly depth: number;
  readonly inside: string;
}

/** What `PS4` puts before each command that bash traces: the run's nonce, then where the shell is. */
const PLACED = /^\+(\d*):(\d+):([^+]*)\+ /;

/** Shells of one run whose last command waits for what follows. */
const MOST_WAITING = 500;

/** Splits a traced line behind the nonce into the place and the command. */
export function placedCommand(line: string): {
  readonly place: ShellPlace | null;
  readonly command: string;
} {
  const [head, process = '', depth = '0', inside = ''] = PLACED.exec(line) ?? [];
  return head === undefined
    ? { place: null, command: line.replace(/^\++ /, '') }
    : { place: { process, depth: Number(depth), inside }, command: line.slice(head.length) };
}

/**
 * Tells calls of a shell's own functions from programs: the next command of the same shell then lies inside the function of that name,
 * deeper than the call.
 */
export class ShellLines {
  readonly #waiting = new Map<
    string,
    { readonly depth: number; readonly command: string; readonly tell: Tell }
  >();

  /** Takes the next command of a trace; `tell` is called once it is known what it calls. */
  add(command: string, place: ShellPlace | null, tell: Tell): void {
    if (place === null) {
      tell(false);
      return;
    }
    const { process, depth, inside } = place;
    const before = this.#waiting.get(process);
    before?.tell(depth > before.depth && inside === /^\S*/.exec(before.command)?.[0]);
    this.#waiting.delete(process);
    if (this.#waiting.size >= MOST_WAITING) this.end();
    this.#waiting.set(process, { depth, command, tell });
  }

  /** Nothing follows: what waits called no function. */
  end(): void {
    for (const { tell } of this.#waiting.values()) tell(false);
    this.#waiting.clear();
  }
}

type Tell = (isFunction: boolean) => void;
