/** Names that are declared in a function or a block of it, each with what it is called in the common syntax. */
export class Scope {
  readonly parent: Scope | null;
  readonly #names = new Map<string, string>();
  /** Names that some block of the function has. */
  readonly #used: Set<string>;

  private constructor(parent: Scope | null, used: Set<string>) {
    this.parent = parent;
    this.#used = used;
  }

  /** The scope of a function's parameters and its outermost statements. */
  static ofFunction(parent: Scope | null): Scope {
    return new Scope(parent, new Set());
  }

  /** A block within a function. */
  block(): Scope {
    return new Scope(this, this.#used);
  }

  /** What a name that is declared here is called: another block of the function may have one of the same name. */
  declare(name: string, at: number): string {
    const known = this.#names.get(name);
    if (known !== undefined || name === '_') return known ?? name;
    const given = this.#used.has(name) ? `${name}@${String(at)}` : name;
    this.#used.add(name);
    this.#names.set(name, given);
    return given;
  }

  /** True for a name of this very scope. */
  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** What a name is called that some scope around declares; null: none does. */
  find(name: string): string | null {
    return this.#names.get(name) ?? this.parent?.find(name) ?? null;
  }
}
