import { posix } from 'node:path';
import type { DependencyScope, Package } from '../../model/dependency.ts';
import type { Target } from '../../model/target.ts';
import { constrained, isOpen } from './constraints.ts';
import type { Declaration } from './declaration.ts';
import { folderOf } from './declaration.ts';
import type { RequirementHashing } from './hashing.ts';
import { hashingOf } from './hashing.ts';
import { Locks } from './locks.ts';
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
  /** The files that declare something, as they were read. */
  readonly files: readonly ReadFile[];
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

/** Reads every declaration in the target. Locks win over the manifests that they speak for. */
export function takeInventory(target: Target): Inventory {
  const { files, unreadable, outside } = readDeclarationFiles(target);
  const unitOf = unitFinder(target);
  const locks = new Locks(files);
  const declarationsOf = constrained(files);
  const members = memberNames(files, locks);
  const collector = new Collector();
  for (const file of byPrecedence(files)) {
    if (file.isConstraints) continue;
    const unit = unitOf(file.path);
    for (const written of declarationsOf(file)) {
      // A package that names itself (`name[extra]` among its own extras) depends on nothing new.
      if (written.name === file.reading.ownName && isOpen(written)) continue;
      const declaration = asMember(written, file, members);
      const locked =
        file.format.role === 'manifest' && isLockable(declaration)
          ? locks.answersTo(file.path, declaration)
          : [];
      for (const lock of locked) collector.addPlace(lock, file.path, declaration, unit);
      if (locked.length === 0 && !collector.isKnownMention(file, declaration, unit))
        collector.add(file.path, declaration, unit);
    }
    if (file.reading.ownName !== undefined) collector.addOwnName(unit, file.reading.ownName);
  }
  return {
    files,
    packages: collector.packages(),
    unreadable: [...unreadable, ...computedParts(files, target)].sort(comparePlaces),
    outside,
    indexes: remarksOn(files, (file) =>
      file.reading.references
        .filter(({ kind }) => kind === 'index')
        .map(({ to, line }) => ({ path: file.path, line, text: to })),
    ),
    unsupported: remarksOn(files, ({ path, reading: { unsupported = [] } }) =>
      unsupported.map(({ line, reason }) => ({ path, line, text: reason })),
    ),
    hashing: hashingOf(files),
    withInstallScript: collector.withInstallScript,
  };
}

/** What the build needs is not in a lock of Python's; everything else that is open is. */
function isLockable(declaration: Declaration): boolean {
  return isOpen(declaration) && !(declaration.ecosystem === 'PyPI' && declaration.scope === 'build');
}

/** The names of the packages that lie in the workspaces of the target. */
function memberNames(files: readonly ReadFile[], locks: Locks): ReadonlySet<string> {
  return new Set(
    files
      .filter(({ path, format }) => format.id === 'package.json' && locks.isMember(folderOf(path)))
      .flatMap(({ reading }) => reading.ownName ?? []),
  );
}

/** A member of the workspace is linked, whatever the registry has under its name. */
function asMember(declaration: Declaration, { format }: ReadFile, members: ReadonlySet<string>): Declaration {
  return format.id === 'package.json' && members.has(declaration.name) && isOpen(declaration)
    ? { ...declaration, pin: 'path' }
    : declaration;
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

/** Computed dependencies are told elsewhere by built metadata or a lock in the same folder, or by the files that they are read from. */
function computedParts(files: readonly ReadFile[], target: Target): Unreadable[] {
  const told = new Set(files.filter(isTelling).map(({ path }) => folderOf(path)));
  const present = new Set(target.files.map(({ path }) => path));
  return files.flatMap(({ path, reading: { unknown } }) => {
    if (unknown === undefined || told.has(folderOf(path))) return [];
    const { files: named = [], all = true } = unknown.toldBy ?? {};
    const isThere = (file: string): boolean =>
      present.has(posix.join(folderOf(path), file)) || present.has(posix.normalize(file));
    if (named.length > 0 && (all ? named.every(isThere) : named.some(isThere))) return [];
    return [{ path, line: null, reason: `${unknown.reason}; only running it would tell` }];
  });
}

/** Metadata without requirements tells nothing: before version 2.1 it could not hold them. */
function isTelling({ format, reading: { declarations } }: ReadFile): boolean {
  return (
    format.ecosystem === 'PyPI' &&
    (format.role === 'metadata' || format.role === 'lock') &&
    declarations.length > 0
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
export function comparePackages(a: Package, b: Package): number {
  return (
    compareText(a.ecosystem, b.ecosystem) ||
    compareText(a.name, b.name) ||
    compareText(a.version ?? '', b.version ?? '') ||
    compareText(a.range ?? '', b.range ?? '') ||
    compareText(a.unit, b.unit)
  );
}
