/** The local variables that are known at a place: a name that is none is a method. */
export class Scope {
  readonly #outer: Scope | null;
  /** Names as written, and as they are lowered. */
  readonly #names = new Map<string, string>();
  /** For a method: it gives values to a block that it does not name. */
  yields = false;
  /** For a block without parameters: how many it takes by number, or 1 for `it`. */
  numbered = 0;
  takesIt = false;
  /** For a block: it names its parameters. */
  hasParameters = false;

  /** @param outer what a block sees of its surroundings; null for a method, a class or a file */
  constructor(outer: Scope | null) {
    this.#outer = outer;
  }

  declare(name: string, as = name): void {
    this.#names.set(name, as);
  }

  /** What a name of a local variable is lowered to; null when it is none. */
  find(name: string): string | null {
    // Blocks nest no deeper than the parser does.
    return this.#names.get(name) ?? this.#outer?.find(name) ?? null;
  }

  /** The method, class or file that this is in. */
  get root(): Scope {
    return this.#outer?.root ?? this;
  }

  /** True for a block. */
  get isBlock(): boolean {
    return this.#outer !== null;
  }

  /** The name of the block that the method in which this is was given. */
  get block(): string {
    return this.root.find('&') ?? UNNAMED_BLOCK;
  }
}

/** The block of a method that does not name it. */
export const UNNAMED_BLOCK = '&';
