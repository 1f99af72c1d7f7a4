import { moduleFamilyOf, ModuleIndex } from './module-paths.ts';
import type { Frame } from '../walk/frame.ts';
import { changed, namedValue, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Modules that import modules that import …: so many inside each other are walked at once; JavaScript's own stack is the limit. */
const MAX_IMPORT_DEPTH = 150;

/** A file of the target whose variables others can import. */
export interface ModuleFile {
  readonly path: string;
  /** The variables of its outermost code; null before it is walked. */
  readonly frame: Frame | null;
}

/** What a module gives to those who import it: its variables by name, or what it puts in `module.exports`; as far as it has been walked. */
function exportsOf(name: string, frame: Frame): Value {
  const entries = frame.values();
  const exported = entries.get('module')?.entries?.get('exports');
  for (const source of [entries.get('exports'), exported])
    for (const [key, value] of source?.entries ?? []) entries.set(key, value);
  // `export * from …`: what stands in the module itself comes first.
  for (const [key, value] of entries.get('*')?.entries ?? [])
    if (key !== 'default' && !entries.has(key)) entries.set(key, value);
  return { ...namedValue(name, exported?.node), callable: exported?.callable ?? null, entries };
}

/**
 * Finds the files of the target that its files import, and has them walked first, as their interpreter would. A module that is still
 * being walked (a cycle) gives what it has so far.
 */
export class OwnModules<File extends ModuleFile> {
  readonly #files: ReadonlyMap<string, File>;
  readonly #index: ModuleIndex;
  readonly #walk: (file: File) => void;
  /** What modules gave last, by their variables: most are imported many times over. */
  readonly #exports = new Map<Frame, { readonly version: number; readonly value: Value }>();
  #depth = 0;

  /** @param walk walks a file that has not been walked; does nothing for any other */
  constructor(files: readonly File[], walk: (file: File) => void) {
    this.#files = new Map(files.map((file) => [file.path, file]));
    this.#index = new ModuleIndex(this.#files);
    this.#walk = walk;
  }

  /** What a module gives that the code being walked names; null when no file of the target is meant. */
  exportsFor(walk: Walk, name: string): Value | null {
    const { path } = walk.layer.source;
    const family = moduleFamilyOf(walk.layer.language);
    if (family === null || this.#files.size < 2) return null;
    const found = this.#index.find(path, family, name);
    const file = found === null || found === path ? undefined : this.#files.get(found);
    if (file === undefined) return null;
    if (this.#depth < MAX_IMPORT_DEPTH) {
      this.#depth++;
      this.#walk(file);
      this.#depth--;
    } else if (file.frame === null)
      walk.gathering.miss({ reason: 'modules import each other deeper than is followed', blocking: true });
    return file.frame === null ? null : this.#exportsOf(name, file.frame);
  }

  #exportsOf(name: string, frame: Frame): Value {
    const { version } = frame;
    const known = this.#exports.get(frame);
    if (known?.version === version)
      return known.value.name === name ? known.value : changed(known.value, { name });
    const value = exportsOf(name, frame);
    this.#exports.set(frame, { version, value });
    return value;
  }
}
