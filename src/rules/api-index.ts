import type { Api, ApiModelFile } from '../model/api-model.ts';
import { expandApi } from './expand-api.ts';

/** A name pattern split at its dots; `*` stands for one part. */
export function matchesName(pattern: readonly string[], name: readonly string[]): boolean {
  return (
    pattern.length === name.length && pattern.every((part, index) => part === '*' || part === name[index])
  );
}

/** Looks up what a resolved name does, in one language. */
export class ApiIndex {
  /** As they are written in the model files, for {@link expandApi}. */
  readonly #exact = new Map<string, Api[]>();
  /** Patterns with a `*`, by their last part (`*` for those that end in it). */
  readonly #patterns = new Map<string, { readonly parts: readonly string[]; readonly api: Api }[]>();
  readonly #found = new Map<string, readonly Api[]>();
  readonly #options = new Map<string, ReadonlySet<string>>();
  readonly #packages = new Set<string>();
  /** What stands before the last dot of the names: modules, and what methods belong to. */
  readonly #owners = new Set<string>();
  readonly #expanded = new Map<Api, readonly Api[]>();
  /** Whether models know entries of what a name stands for, as far as it was asked. */
  readonly tables = new Map<string, boolean>();
  /** Gives what is to be read: a target seldom has all languages, so each is read when it is first asked about. */
  #unread: (() => readonly ApiModelFile[]) | null;

  /** @param models of one language; called when something is first looked up */
  constructor(models: () => readonly ApiModelFile[]) {
    this.#unread = models;
  }

  #read(): void {
    const models = this.#unread?.() ?? [];
    this.#unread = null;
    for (const model of models) {
      for (const [command, options] of Object.entries(model.options ?? {})) {
        this.#options.set(command, new Set([...(this.#options.get(command) ?? []), ...options]));
      }
      for (const name of model.modules ?? []) this.#packages.add(name);
      for (const api of model.apis) for (const name of api.names) this.#add(name, api);
    }
  }

  /** The same entries for all names of an API. */
  #entriesOf(api: Api): readonly Api[] {
    let entries = this.#expanded.get(api);
    if (entries === undefined) this.#expanded.set(api, (entries = expandApi(api)));
    return entries;
  }

  #add(name: string, api: Api): void {
    if (!name.includes('*')) {
      this.#owners.add(name.slice(0, Math.max(0, name.lastIndexOf('.'))));
      const apis = this.#exact.get(name);
      if (apis === undefined) this.#exact.set(name, [api]);
      else apis.push(api);
      return;
    }
    const parts = name.split('.');
    const last = parts.at(-1) ?? '*';
    const patterns = this.#patterns.get(last);
    if (patterns === undefined) this.#patterns.set(last, [{ parts, api }]);
    else patterns.push({ parts, api });
  }

  /** The entries for a name in the order they were written, exact names first; empty when nothing is known of it. */
  lookup(name: string): readonly Api[] {
    if (this.#unread !== null) this.#read();
    const known = this.#found.get(name);
    if (known !== undefined) return known;
    const found = (this.#exact.get(name) ?? []).flatMap((api) => this.#entriesOf(api));
    if (this.#patterns.size > 0) {
      const parts = name.split('.');
      for (const last of [parts.at(-1) ?? '', '*']) {
        for (const pattern of this.#patterns.get(last) ?? []) {
          if (matchesName(pattern.parts, parts)) found.push(...this.#entriesOf(pattern.api));
        }
      }
    }
    if (this.#found.size < 200_000) this.#found.set(name, found);
    return found;
  }

  /** The options of a command that take a value (`-d`, `--data`), so that positions count operands only. */
  optionsOf(command: string): ReadonlySet<string> {
    if (this.#unread !== null) this.#read();
    return this.#options.get(command) ?? NO_OPTIONS;
  }

  /** True for what models know members of by this name. */
  knowsMembersOf(name: string): boolean {
    if (this.#unread !== null) this.#read();
    return this.#owners.has(name);
  }

  /** True for a package that a model file names, whatever it says of it. */
  knowsPackage(name: string): boolean {
    if (this.#unread !== null) this.#read();
    return this.#packages.has(name);
  }
}

const NO_OPTIONS: ReadonlySet<string> = new Set();
