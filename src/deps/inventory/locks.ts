import { posix } from 'node:path';
import { isAudited, VERSION_SCHEMES } from '../advisories/version-scheme.ts';
import type { Declaration } from './declaration.ts';
import { folderOf } from './declaration.ts';
import type { ReadFile } from './read-files.ts';
import { push } from '../grouped.ts';

/** A lock, asked by name. */
interface Lock {
  readonly ecosystem: string;
  readonly members: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly Declaration[]>;
}

/** Longest way up from a manifest to its lock, in folders. */
const MAX_FOLDERS_UP = 64;

/**
 * The locks of a target and the manifests they speak for: those beside them, and those of the members of their workspace, which the lock
 * names itself or the manifest beside it does (`workspaces`).
 */
export class Locks {
  readonly #locks = new Map<string, Lock[]>();
  /** Patterns of members, by the folder of the manifest that gives them. */
  readonly #patterns = new Map<string, string[]>();

  constructor(files: readonly ReadFile[]) {
    for (const { path, format, reading } of files) {
      const folder = folderOf(path);
      if (format.role === 'lock') {
        const lock = lockOf(format.ecosystem, reading.declarations, reading.members ?? []);
        push(this.#locks, folder, lock);
      } else for (const pattern of reading.members ?? []) push(this.#patterns, folder, clean(pattern));
    }
  }

  /** What the lock installs for a manifest's declaration; empty when no lock speaks for it. */
  answersTo(manifest: string, declaration: Declaration): readonly Declaration[] {
    const folder = folderOf(manifest);
    const found = this.#lockFor(folder, declaration);
    if (found === null) return [];
    const [lock, at] = found;
    const candidates = lock.byName.get(declaration.name) ?? [];
    if (candidates.length < 2) return candidates;
    const member = at === folder ? '' : below(folder, at);
    const own = candidates.filter(({ place }) => place !== undefined && place === member);
    if (own.length > 0) return own;
    const allowed = candidates.filter((candidate) => isAllowed(declaration, candidate));
    const shared = (allowed.length > 0 ? allowed : candidates).filter(({ place }) => place === undefined);
    return shared.length > 0 ? shared : allowed.length > 0 ? allowed : candidates;
  }

  /** True when the folder is a member of a workspace above it. */
  isMember(folder: string): boolean {
    return [...foldersUp(folder)].some((at) => at !== folder && this.#includes(at, below(folder, at)));
  }

  #lockFor(folder: string, { ecosystem }: Declaration): readonly [Lock, string] | null {
    for (const at of foldersUp(folder)) {
      const locks = (this.#locks.get(at) ?? []).filter((lock) => lock.ecosystem === ecosystem);
      const member = below(folder, at);
      const lock = at === folder ? merged(locks) : merged(locks.filter(({ members }) => members.has(member)));
      if (lock !== null) return [lock, at];
      if (locks.length > 0 && at !== folder && this.#matches(at, member)) return [merged(locks) ?? EMPTY, at];
    }
    return null;
  }

  #includes(at: string, member: string): boolean {
    const isNamed = (this.#locks.get(at) ?? []).some(({ members }) => members.has(member));
    return isNamed || this.#matches(at, member);
  }

  #matches(at: string, member: string): boolean {
    return (this.#patterns.get(at) ?? []).some((pattern) => matchesFolder(pattern, member));
  }
}

const EMPTY: Lock = { ecosystem: '', members: new Set(), byName: new Map() };

function lockOf(ecosystem: string, declarations: readonly Declaration[], members: readonly string[]): Lock {
  const byName = new Map<string, Declaration[]>();
  for (const declaration of declarations) push(byName, declaration.name, declaration);
  return { ecosystem, members: new Set(members.map(clean)), byName };
}

/** Several locks of one folder (after a change of package manager) answer together. */
function merged(locks: readonly Lock[]): Lock | null {
  const [first, ...others] = locks;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const byName = new Map<string, Declaration[]>();
  for (const lock of locks)
    for (const [name, declarations] of lock.byName)
      for (const declaration of declarations) push(byName, name, declaration);
  return { ...first, byName };
}

function isAllowed({ ecosystem, range }: Declaration, { version }: Declaration): boolean {
  if (version === null || !isAudited(ecosystem)) return false;
  const scheme = VERSION_SCHEMES[ecosystem];
  if (range === null) return true;
  return scheme.isVersion(version) && (scheme.range(range)?.allows(version) ?? false);
}

function* foldersUp(folder: string): Generator<string> {
  let at = folder;
  for (let count = 0; count < MAX_FOLDERS_UP; count += 1) {
    yield at;
    if (at === '.') return;
    at = folderOf(at);
  }
}

/** The folder as seen from another above it. */
function below(folder: string, above: string): string {
  return above === '.' ? folder : folder.slice(above.length + 1);
}

function clean(folder: string): string {
  return posix.normalize(folder.replaceAll('\\', '/')).replace(/\/$/, '');
}

/** `packages/*` and `packages/**`, segment by segment; a `*` inside a segment stands for any characters. */
function matchesFolder(pattern: string, folder: string): boolean {
  const wanted = pattern.split('/');
  const parts = folder.split('/');
  const deep = wanted.indexOf('**');
  if (deep === -1 ? wanted.length !== parts.length : parts.length < deep) return false;
  return wanted
    .slice(0, deep === -1 ? undefined : deep)
    .every((part, at) => matchesPart(part, parts[at] ?? ''));
}

function matchesPart(pattern: string, part: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return start === part;
  const end = rest.at(-1) ?? '';
  return part.length >= start.length + end.length && part.startsWith(start) && part.endsWith(end);
}
