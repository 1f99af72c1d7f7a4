import type { Imported, Package } from '../../model/dependency.ts';
import { isDirect } from '../direct.ts';
import { distributionKeys, importKeys, isWellKnown } from './distributions.ts';
import type { ImportLanguage } from './import-place.ts';
import { packageOf } from './own-modules.ts';
import type { ImportPlace, TargetImports } from './read-imports.ts';

/** The language whose code imports packages of an ecosystem; null when there is none here. */
export function languageOf({ ecosystem }: Pick<Package, 'ecosystem'>): ImportLanguage | null {
  return ecosystem === 'PyPI' ? 'python' : ecosystem === 'npm' ? 'javascript' : null;
}

/** Keys of a package; an import that has one of them too may be answered by it. */
function keysOf({ ecosystem, name }: Pick<Package, 'ecosystem' | 'name'>): readonly string[] {
  return ecosystem === 'PyPI' ? distributionKeys(name) : [name];
}

/** The keys of an import, to be compared with those of packages. */
function keysOfImport(place: ImportPlace): readonly string[] {
  if (place.language === 'python') return importKeys(place);
  const name = packageOf(place.module);
  return name === null ? [] : [name, typesOf(name)];
}

/** `@types/node` holds the types of `node`, `@types/scope__name` those of `@scope/name`. */
function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}

/** Answers for packages what the code does with them. */
export class Usage {
  readonly #imports: TargetImports;
  /** Imports by language and key, so that a lock of thousands of packages is answered by look-ups. */
  readonly #byKey = new Map<string, ImportPlace[]>();
  /** Keys of all that is declared, by language. */
  readonly #declared = new Map<ImportLanguage, Set<string>>();
  readonly #known = new Map<Package, Imported>();
  readonly #unexplained = new Map<string, boolean>();

  /** @param packages everything that is declared: an import that none of them explains may belong to any whose import name is not known */
  constructor(imports: TargetImports, packages: readonly Package[]) {
    this.#imports = imports;
    for (const place of imports.places) {
      for (const key of keysOfImport(place)) {
        const places = this.#byKey.get(`${place.language}\0${key}`);
        if (places === undefined) this.#byKey.set(`${place.language}\0${key}`, [place]);
        else places.push(place);
      }
    }
    // Without imports nobody asks what they may be.
    for (const dependency of imports.places.length === 0 ? [] : packages) {
      const language = languageOf(dependency);
      if (language === null) continue;
      const keys = this.#declared.get(language) ?? new Set();
      this.#declared.set(language, keys);
      for (const key of keysOf(dependency)) keys.add(key);
    }
  }

  /** What the code does with a package. */
  imported(dependency: Package): Imported {
    let known = this.#known.get(dependency);
    if (known === undefined) this.#known.set(dependency, (known = this.#work(dependency)));
    return known;
  }

  /** Imports of a package from its unit and the units above and below it. */
  placesOf(dependency: Package): readonly ImportPlace[] {
    if (this.#byKey.size === 0) return [];
    const language = languageOf(dependency) ?? '';
    const places = keysOf(dependency).flatMap((key) => this.#byKey.get(`${language}\0${key}`) ?? []);
    return [...new Set(places)].filter(({ unit }) => areNear(unit, dependency.unit));
  }

  /** Whether some declared package, wherever it is declared, may answer an import. */
  isExplained(place: ImportPlace): boolean {
    const declared = this.#declared.get(place.language);
    return declared !== undefined && keysOfImport(place).some((key) => declared.has(key));
  }

  #work(dependency: Package): Imported {
    const language = languageOf(dependency);
    if (language === null) return 'unknown';
    const places = this.placesOf(dependency);
    if (places.some(({ scope }) => scope === 'runtime' || scope === 'optional')) return 'reachable';
    const isIn = (keys: ReadonlySet<string>): boolean =>
      [...keys].some((key) => {
        const [unit = '', of] = key.split('\0');
        return of === language && areNear(unit, dependency.unit);
      });
    if (isIn(this.#imports.unsure)) return 'unknown';
    if (places.some(({ scope }) => scope === 'aside')) return 'test-only';
    if (!isIn(this.#imports.withCode) || !isDirect(dependency)) return 'unknown';
    const isNameKnown = language === 'javascript' || isWellKnown(dependency.name);
    return isNameKnown || !this.#hasUnexplained(language, dependency.unit) ? 'not-imported' : 'unknown';
  }

  /** Whether something is imported near a unit that no declared package explains. */
  #hasUnexplained(language: ImportLanguage, unit: string): boolean {
    const key = `${language}\0${unit}`;
    let found = this.#unexplained.get(key);
    if (found === undefined) {
      found = this.#imports.places.some(
        (place) =>
          place.language === language &&
          areNear(place.unit, unit) &&
          !place.mayBeOwn &&
          !this.isExplained(place),
      );
      this.#unexplained.set(key, found);
    }
    return found;
  }
}

/** From where what was found is most telling. */
const LEAST_SAFE_FIRST: readonly Imported[] = ['reachable', 'unknown', 'test-only', 'not-imported'];

/** What is true of a package in several units: it is reachable when it is so in one. */
export function leastSafe(answers: readonly Imported[]): Imported {
  return LEAST_SAFE_FIRST.find((answer) => answers.includes(answer)) ?? 'unknown';
}

/** One sentence on the use of a package, for a finding; empty when it is not known. */
export function describeUse(usage: Usage, dependency: Package): string {
  const places = usage.placesOf(dependency);
  switch (usage.imported(dependency)) {
    case 'reachable': {
      const place = places.find(({ scope }) => scope === 'runtime') ?? places[0];
      return place === undefined ? '' : `It is imported at ${place.path}:${String(place.line)}.`;
    }
    case 'test-only':
      return `Only tests and the like import it (${places[0]?.path ?? ''}).`;
    case 'not-imported':
      return 'The code here does not import it itself.';
    case 'unknown':
      return '';
  }
}

/** The same unit, or one inside the other. */
function areNear(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** Whether a unit is another or lies below it. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || outer === '.' || inner.startsWith(`${outer}/`);
}
