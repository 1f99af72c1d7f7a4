/** Symbolic links of an archive: what is unpacked after one, to a path through it, lands wherever it leads (CWE-59). */
export class Links {
  readonly #names = new Set<string>();

  add(name: string): void {
    this.#names.add(name.replace(/\/+$/, ''));
  }

  isBehindOne(name: string): boolean {
    if (this.#names.size === 0) return false;
    for (let end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1))
      if (this.#names.has(name.slice(0, end))) return true;
    return false;
  }
}
