import type { ClassFile } from '../model/api-model.ts';
import { expandName } from './expand-api.ts';
import { globTest } from './glob.ts';

type ClassKind = ClassFile['classes'][number]['of'];

interface CompiledClass {
  readonly name: string;
  readonly patterns: (text: string) => boolean;
  readonly except: (text: string) => boolean;
}

/** Spellings under which a path may match: as it is, and from the home folder when its beginning is not known. */
function spellings(kind: ClassKind, text: string): readonly string[] {
  if (kind === 'command') return [text, text.slice(text.lastIndexOf('/') + 1)];
  if (kind !== 'path') return [text];
  if (text.startsWith('*/')) return [text, `~${text.slice(1)}`];
  if (text.startsWith('.') && !text.startsWith('./') && !text.startsWith('..')) return [text, `~/${text}`];
  return text.startsWith('./') ? [text, text.slice(2)] : [text];
}

/** Says to which classes (`secret-path`, `drop-host`, …) a path, variable, host or command belongs. */
export class ClassIndex {
  readonly #byKind = new Map<ClassKind, CompiledClass[]>();
  readonly #kindOf = new Map<string, ClassKind>();
  readonly #found = new Map<string, ReadonlySet<string>>();

  constructor(classes: ClassFile['classes']) {
    const merged = new Map<string, { of: ClassKind; patterns: string[]; except: string[] }>();
    for (const { name, of, patterns, except } of classes) {
      const entry = merged.get(name) ?? { of, patterns: [], except: [] };
      entry.patterns.push(...patterns);
      entry.except.push(...(except ?? []).flatMap(expandName));
      merged.set(name, entry);
    }
    for (const [name, { of, patterns, except }] of merged) {
      const ignoresCase = of === 'host';
      const compiled: CompiledClass = {
        name,
        patterns: globTest(patterns, ignoresCase),
        except: globTest(except, ignoresCase),
      };
      this.#kindOf.set(name, of);
      const list = this.#byKind.get(of);
      if (list === undefined) this.#byKind.set(of, [compiled]);
      else list.push(compiled);
    }
  }

  /** What a class is a class of; null for a name that no file defines. */
  kindOf(className: string): ClassKind | null {
    return this.#kindOf.get(className) ?? null;
  }

  /** The names of the classes that a text belongs to. */
  classesOf(kind: ClassKind, text: string): ReadonlySet<string> {
    const key = `${kind} ${text}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = new Set<string>();
    if (text !== '*' && text.length <= 1_024) {
      const candidates = spellings(kind, text);
      for (const { name, patterns, except } of this.#byKind.get(kind) ?? []) {
        if (
          candidates.some((candidate) => patterns(candidate) && (leadsBack(candidate) || !except(candidate)))
        ) {
          found.add(name);
        }
      }
    }
    if (this.#found.size < 100_000) this.#found.set(key, found);
    return found;
  }

  /** True when a text belongs to a class, as whatever kind of thing the class is of. */
  belongs(className: string, text: string): boolean {
    const kind = this.kindOf(className);
    return kind !== null && this.classesOf(kind, text).has(className);
  }
}

/** "state/../settings.json": what lies in a folder that is left again is not excepted by that folder. */
function leadsBack(text: string): boolean {
  return text.includes('/../');
}
