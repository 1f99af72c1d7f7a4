import type { DependencyScope, Package } from '../../model/dependency.ts';
import type { Target } from '../../model/target.ts';
import type { Declaration } from './declaration.ts';
import { folderOf } from './declaration.ts';
import type { RequirementHashing } from './hashing.ts';
import { hashingOf } from './hashing.ts';
import { packageUrl } from './purl.ts';
import type { OutsideReference, ReadFile, Unreadable } from './read-files.ts';
import { readDeclarationFiles } from './read-files.ts';
import { compareText } from './text.ts';

/** A place where something was seen that is no package: an index option, a part that cannot be told. */
interface Remark {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Everything the target declares, read without executing anything. */
export interface Inventory {
  /** Sorted, once per ecosystem, name, version and unit. */
  readonly packages: readonly Package[];
  /** Files or lines that declare something and could not be read, sorted. */
  readonly unreadable: readonly Unreadable[];
  /** Includes that lead out of the target. */
  readonly outside: readonly OutsideReference[];
  /** Package indexes and find-links that the target asks for. */
  readonly indexes: readonly Remark[];
  /** Packages of a kind that has no advisories here. */
  readonly unsupported: readonly Remark[];
  /** Of each requirements file, which lines have hashes: pip installs by hash only when every line has one. */
  readonly hashing: readonly RequirementHashing[];
  /** purls of the packages whose lockfile entry says that installing them runs a script. */
  readonly withInstallScript: ReadonlySet<string>;
}

/** Reads every declaration in the target. Locks win over manifests of the same folder. */
export function takeInventory(target: Target): Inventory {
  const { files, unreadable, outside } = readDeclarationFiles(target);
  const unitOf = unitFinder(target);
  const locked = lockedNames(files);
  const collector = new Collector();
  for (const file of byPrecedence(files)) {
    if (file.isConstraints) continue;
    const unit = unitOf(file.path);
    for (const declaration of constrain(file, files)) {
      // A package that names itself (`name[extra]` among its own extras) depends on nothing new.
      if (declaration.name === file.reading.ownName && isOpen(declaration)) continue;
      const lock = locked.get(`${folderOf(file.path)}\0${declaration.ecosystem}\0${declaration.name}`);
      const isSuperseded = file.format.role === 'manifest' && lock !== undefined && isOpen(declaration);
      if (isSuperseded) collector.addPlace(lock, file.path, declaration, unit);
      else if (!collector.isKnownMention(file, declaration, unit))
        collector.add(file.path, declaration, unit);
    }
    if (file.reading.ownName !== undefined) collector.addOwnName(unit, file.reading.ownName);
  }
  return {
    packages: collector.packages(),
    unreadable: [...unreadable, ...computedParts(files)].sort(comparePlaces),
    outside,
    indexes: remarksOn(files, (file) =>
      file.reading.references
        .filter(({ kind }) => kind === 'index')
        .map(({ to, line }) => ({ path: file.path, line, text: to })),
    ),
    unsupported: remarksOn(files, ({ path, reading: { unknown } }) =>
      unknown?.kind === 'unsupported' ? [{ path, line: 1, text: unknown.reason }] : [],
    ),
    hashing: hashingOf(files),
    withInstallScript: collector.withInstallScript,
  };
}

const ROLES = ['lock', 'manifest', 'metadata', 'mentioned'] as const;

function byPrecedence(files: readonly ReadFile[]): readonly ReadFile[] {
  return [...files].sort(
    (a, b) => ROLES.indexOf(a.format.role) - ROLES.indexOf(b.format.role) || compareText(a.path, b.path),
  );
}

function unitFinder(target: Target): (path: string) => string {
  const units = new Map(target.units.flatMap((unit) => unit.files.map((file) => [file, unit.path] as const)));
  return (path) => units.get(path) ?? '.';
}

/** What the locks of a folder hold, by folder, ecosystem and name. */
function lockedNames(files: readonly ReadFile[]): Map<string, Declaration> {
  const locked = new Map<string, Declaration>();
  for (const file of files.filter(({ format }) => format.role === 'lock')) {
    for (const declaration of file.reading.declarations) {
      const key = `${folderOf(file.path)}\0${declaration.ecosystem}\0${declaration.name}`;
      if (!locked.has(key)) locked.set(key, declaration);
    }
  }
  return locked;
}

function isOpen({ pin }: Declaration): boolean {
  return pin === 'range' || pin === 'none';
}

/** An exact pin in a constraints file decides what an open requirement installs. */
function constrain(file: ReadFile, files: readonly ReadFile[]): readonly Declaration[] {
  if (file.constrainedBy.length === 0) return file.reading.declarations;
  const pins = new Map(
    files
      .filter(({ path, format }) => file.constrainedBy.includes(path) && format === file.format)
      .flatMap(({ reading }) => reading.declarations)
      .filter(({ pin }) => pin === 'exact')
      .map((declaration) => [declaration.name, declaration]),
  );
  return file.reading.declarations.map((declaration) => {
    const pin = isOpen(declaration) ? pins.get(declaration.name) : undefined;
    return pin === undefined
      ? declaration
      : { ...declaration, pin: pin.pin, version: pin.version, range: null };
  });
}

/** Computed dependencies are told elsewhere when the built metadata or a list of requirements lies in the same folder. */
function computedParts(files: readonly ReadFile[]): Unreadable[] {
  const told = new Set(
    files
      .filter(
        ({ format }) => format.id === 'requirements' || format.role === 'metadata' || format.role === 'lock',
      )
      .map(({ path }) => folderOf(path)),
  );
  return files.flatMap(({ path, reading: { unknown } }) =>
    unknown?.kind === 'computed' && !told.has(folderOf(path))
      ? [{ path, line: null, reason: `${unknown.reason}; only running it would tell` }]
      : [],
  );
}

function remarksOn(files: readonly ReadFile[], of: (file: ReadFile) => Remark[]): Remark[] {
  return files.flatMap(of).sort((a, b) => compareText(a.path, b.path) || a.line - b.line);
}

function comparePlaces(a: Unreadable, b: Unreadable): number {
  return compareText(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0) || compareText(a.reason, b.reason);
}

/** Most binding first: what is installed to run it, before what is merely mentioned. */
const SCOPES: readonly DependencyScope[] = ['runtime', 'optional', 'build', 'dev', 'mentioned'];

interface Collected {
  readonly declaration: Declaration;
  readonly hashes: Set<string>;
  readonly unit: string;
  scope: DependencyScope;
  readonly locations: Map<string, { readonly path: string; readonly startLine: number }>;
}

/** Brings declarations of the same package together. */
class Collector {
  readonly withInstallScript = new Set<string>();
  readonly #packages = new Map<string, Collected>();
  readonly #names = new Set<string>();
  readonly #ownNames = new Set<string>();

  add(path: string, declaration: Declaration, unit: string): void {
    const { ecosystem, name, version, range } = declaration;
    const key = [ecosystem, name, version ?? '', range ?? '', unit].join('\0');
    const known = this.#packages.get(key);
    const collected = known ?? {
      declaration,
      hashes: new Set<string>(),
      unit,
      scope: declaration.scope,
      locations: new Map(),
    };
    for (const hash of declaration.hashes ?? []) collected.hashes.add(hash);
    if (known === undefined) this.#packages.set(key, collected);
    this.#names.add(`${unit}\0${ecosystem}\0${name}`);
    if (SCOPES.indexOf(declaration.scope) < SCOPES.indexOf(collected.scope))
      collected.scope = declaration.scope;
    collected.locations.set(`${path}\0${String(declaration.line)}`, { path, startLine: declaration.line });
    if (declaration.hasInstallScript === true)
      this.withInstallScript.add(packageUrl(ecosystem, name, version));
  }

  /** The manifest's line for a package of the lock. */
  addPlace(lock: Declaration, path: string, { line, scope }: Declaration, unit: string): void {
    this.add(path, { ...lock, line, scope }, unit);
  }

  addOwnName(unit: string, name: string): void {
    this.#ownNames.add(`${unit}\0${name}`);
  }

  /** A mention without a version of what is declared anyway, or of the package itself, tells nothing new. */
  isKnownMention(file: ReadFile, { ecosystem, name, version }: Declaration, unit: string): boolean {
    if (file.format.role !== 'mentioned') return false;
    if (this.#ownNames.has(`${unit}\0${name}`)) return true;
    return version === null && this.#names.has(`${unit}\0${ecosystem}\0${name}`);
  }

  packages(): Package[] {
    return [...this.#packages.values()].map(packageOf).sort(comparePackages);
  }
}

function packageOf({ declaration, hashes, unit, scope, locations }: Collected): Package {
  const { ecosystem, name, version, range, pin } = declaration;
  return {
    ecosystem,
    name,
    version,
    range,
    pin,
    scope,
    purl: packageUrl(ecosystem, name, version),
    hashes: [...hashes].sort(),
    unit,
    locations: [...locations.values()].sort(
      (a, b) => compareText(a.path, b.path) || a.startLine - b.startLine,
    ),
  };
}

/** The order of packages in a report. */
function comparePackages(a: Package, b: Package): number {
  return (
    compareText(a.ecosystem, b.ecosystem) ||
    compareText(a.name, b.name) ||
    compareText(a.version ?? '', b.version ?? '') ||
    compareText(a.range ?? '', b.range ?? '') ||
    compareText(a.unit, b.unit)
  );
}
