import type { Declaration } from './declaration.ts';
import type { ReadFile } from './read-files.ts';

/**
 * What each file declares once constraints have decided: pip holds everything it installs at once to every `-c` file, so the lists that
 * include each other share theirs. An exact pin of a constraint decides an open requirement and adds nothing.
 */
export function constrained(files: readonly ReadFile[]): (file: ReadFile) => readonly Declaration[] {
  const lists = new Map(
    files.filter(({ format }) => format.id === 'requirements').map((file) => [file.path, file]),
  );
  const pinsOf = new Map<ReadFile, ReadonlyMap<string, Declaration>>();
  for (const group of groupsOf(files, lists)) {
    const pins = new Map(
      [...new Set(group.flatMap(({ constrainedBy }) => constrainedBy))]
        .flatMap((path) => lists.get(path)?.reading.declarations ?? [])
        .filter(({ pin }) => pin === 'exact')
        .map((declaration) => [declaration.name, declaration]),
    );
    if (pins.size > 0) for (const file of group) pinsOf.set(file, pins);
  }
  return (file) => {
    const pins = pinsOf.get(file) ?? compiledPins(file, lists);
    if (pins === undefined) return file.reading.declarations;
    return file.reading.declarations.map((declaration) => {
      const decided = isOpen(declaration) ? pins.get(declaration.name) : undefined;
      return decided === undefined
        ? declaration
        : { ...declaration, pin: decided.pin, version: decided.version, range: null };
    });
  };
}

/** The pins that pip-compile or uv wrote beside its input: `name.txt` for `name.in`. */
function compiledPins(
  { path }: ReadFile,
  lists: ReadonlyMap<string, ReadFile>,
): ReadonlyMap<string, Declaration> | undefined {
  const output = path.endsWith('.in') ? lists.get(path.replace(/\.in$/, '.txt')) : undefined;
  const pins = output?.reading.declarations.filter(({ pin }) => pin === 'exact');
  return pins === undefined ? undefined : new Map(pins.map((declaration) => [declaration.name, declaration]));
}

/** True for a requirement that leaves the version to whoever installs it. */
export function isOpen({ pin }: Declaration): boolean {
  return pin === 'range' || pin === 'none';
}

/** The files that are installed together because one includes the other. */
function groupsOf(files: readonly ReadFile[], lists: ReadonlyMap<string, ReadFile>): ReadFile[][] {
  const neighbours = new Map<ReadFile, ReadFile[]>();
  const join = (a: ReadFile, b: ReadFile): void => {
    const known = neighbours.get(a);
    if (known === undefined) neighbours.set(a, [b]);
    else known.push(b);
  };
  for (const file of files)
    for (const path of new Set(file.includes)) {
      const included = lists.get(path);
      if (included === undefined) continue;
      join(file, included);
      join(included, file);
    }
  const seen = new Set<ReadFile>();
  return files
    .filter(({ includes, constrainedBy }) => includes.length > 0 || constrainedBy.length > 0)
    .flatMap((file) => {
      if (seen.has(file)) return [];
      seen.add(file);
      const group = [file];
      for (const member of group)
        for (const next of neighbours.get(member) ?? [])
          if (!seen.has(next)) {
            seen.add(next);
            group.push(next);
          }
      return [group];
    });
}
