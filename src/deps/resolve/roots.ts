import type { Package } from '../../model/dependency.ts';
import { pypiSpecifier, VERSION_SCHEMES } from '../advisories/version-scheme.ts';
import type { Declaration } from '../inventory/declaration.ts';
import type { ReadFile } from '../inventory/read-files.ts';

/** A requirement that leaves its version open, written for a resolver. */
export interface Root {
  readonly declared: Package;
  /** One line: a name of the registry, extras, versions and a marker; nothing else can stand in it. */
  readonly line: string;
}

/** What one unit leaves open. */
export interface OpenUnit {
  readonly unit: string;
  readonly roots: readonly Root[];
  /** Open requirements that cannot be written down safely. */
  readonly unwritable: readonly Package[];
  /** Exact pins of the unit, `name==version`: what is resolved has to agree with them. */
  readonly pins: readonly string[];
}

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const EXTRA = /^[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*$/;
const SPECIFIER = /^(?:===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9.*+!_-]+$/;
/** Comparisons of words and quoted texts; no `#`, no option after a space. */
const MARKER = /^(?:[\w.()<>=!~ ]|"[\w.+ -]*"|'[\w.+ -]*')+$/;

/** Requirements of Python that no lock answers, by unit, in the order of the packages. */
export function openUnits(packages: readonly Package[], files: readonly ReadFile[]): OpenUnit[] {
  const declarations = declarationsByPlace(files);
  const python = packages.filter(({ ecosystem }) => ecosystem === 'PyPI');
  const open = python.filter(({ pin }) => pin === 'range' || pin === 'none');
  return [...new Set(open.map(({ unit }) => unit))].map((unit) => {
    const roots: Root[] = [];
    const unwritable: Package[] = [];
    for (const declared of open.filter((each) => each.unit === unit)) {
      const lines = linesFor(declared, declarations);
      if (lines.length === 0) unwritable.push(declared);
      else roots.push(...lines.map((line) => ({ declared, line })));
    }
    return { unit, roots, unwritable, pins: pinsOf(python.filter((each) => each.unit === unit)) };
  });
}

function declarationsByPlace(files: readonly ReadFile[]): ReadonlyMap<string, readonly Declaration[]> {
  const places = new Map<string, Declaration[]>();
  for (const { path, reading } of files) {
    for (const declaration of reading.declarations) {
      if (declaration.ecosystem !== 'PyPI') continue;
      const key = placeKey(path, declaration.line, declaration.name);
      const known = places.get(key);
      if (known === undefined) places.set(key, [declaration]);
      else known.push(declaration);
    }
  }
  return places;
}

function placeKey(path: string, line: number, name: string): string {
  return `${path}\0${String(line)}\0${name}`;
}

/** Places of one requirement that are written down; the rest would say the same again. */
const MAX_PLACES = 20;

/** One line for each way in which it is declared: with these extras here, under that marker there. */
function linesFor(
  { name, range, locations }: Package,
  declarations: ReadonlyMap<string, readonly Declaration[]>,
): string[] {
  const versions = range === null ? '' : pypiSpecifier(range);
  if (!NAME.test(name) || versions === null) return [];
  const isPlain = versions === '' || versions.split(',').every((part) => SPECIFIER.test(part.trim()));
  if (!isPlain) return [];
  const lines = locations.slice(0, MAX_PLACES).flatMap(({ path, startLine }) => {
    const written = (declarations.get(placeKey(path, startLine, name)) ?? []).filter(
      (declaration) => declaration.range === range,
    );
    return (written.length === 0 ? [{}] : written).map(
      ({ extras = [], marker = '' }: Partial<Declaration>) => {
        const plain = extras.filter((extra) => EXTRA.test(extra));
        const options = plain.length === 0 ? '' : `[${plain.join(',')}]`;
        return `${name}${options}${versions}${markerFor(marker)}`;
      },
    );
  });
  return [...new Set(lines)];
}

/** A marker that is not plain is left out, and so is one that asks for an extra: what may be installed somewhere counts. */
function markerFor(marker: string): string {
  const isPlain = marker.length <= 200 && MARKER.test(marker) && !/\bextra\b/.test(marker);
  return isPlain ? ` ; ${marker}` : '';
}

/** An exact pin as it can be written for a resolver, `name==version`; null when it is none, or cannot be written safely. */
export function pypiPin({
  ecosystem,
  pin,
  name,
  version,
}: Pick<Package, 'ecosystem' | 'pin' | 'name' | 'version'>): string | null {
  if (ecosystem !== 'PyPI' || pin !== 'exact' || version === null || !NAME.test(name)) return null;
  const isSafe = /^[A-Za-z0-9.!+_-]+$/.test(version) && VERSION_SCHEMES.PyPI.isVersion(version);
  return isSafe ? `${name}==${version}` : null;
}

/** The same text for pins of equal versions (`1.0`, `1.0.0`). */
export function pinKey(name: string, version: string): string {
  return `${name}==${VERSION_SCHEMES.PyPI.canonical(version)}`;
}

function pinsOf(packages: readonly Package[]): string[] {
  const versions = new Map<string, Set<string>>();
  for (const each of packages) {
    const { name, version } = each;
    if (version !== null && pypiPin(each) !== null)
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  // Of a name with several versions none can be said to be the one that is installed.
  return [...versions]
    .filter(([, all]) => all.size === 1)
    .map(([name, all]) => `${name}==${[...all].join('')}`);
}
