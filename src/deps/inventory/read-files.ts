import { posix } from 'node:path';
import type { DependencyScope } from '../../model/dependency.ts';
import type { Target, TargetFile } from '../../model/target.ts';
import type { FileReading, InventoryFormat, Reference } from './declaration.ts';
import { baseName, folderOf } from './declaration.ts';
import { INVENTORY_FORMATS, UNREADABLE_LOCKS } from './formats.ts';
import { requirementsFormat } from './requirements.ts';
import { decodeText, MAX_DECLARATION_BYTES } from './text.ts';

/** A file that was read, and as what. */
export interface ReadFile {
  readonly path: string;
  readonly format: InventoryFormat;
  readonly reading: FileReading;
  /** True when the file is only used to constrain others (`-c`) and declares nothing itself. */
  isConstraints: boolean;
  /** Files that it includes (`-r`), as paths of the target. */
  readonly includes: string[];
  /** Constraint files that it names (`-c`), as paths of the target. */
  readonly constrainedBy: string[];
}

/** What could not be read, or points out of the target. */
export interface Unreadable {
  readonly path: string;
  readonly line: number | null;
  readonly reason: string;
}

/** An include that leaves the target; it is reported and not followed. */
export interface OutsideReference extends Unreadable {
  readonly to: string;
}

/** All declaration files of a target. */
interface ReadFiles {
  readonly files: readonly ReadFile[];
  readonly unreadable: readonly Unreadable[];
  readonly outside: readonly OutsideReference[];
}

/**
 * Reads every declaration file of the target, and the files they include, each once. Nothing outside the target is touched: an include that
 * leads out, or over a URL, is reported.
 */
export function readDeclarationFiles(target: Target): ReadFiles {
  const byPath = new Map(target.files.map((file) => [file.path, file]));
  const files: ReadFile[] = [];
  const unreadable: Unreadable[] = [];
  const outside: OutsideReference[] = [];
  const requirements = new Map<string, ReadFile>();
  const required = new Set<string>();
  const constraining = new Set<string>();
  for (const file of target.files) {
    const reason = UNREADABLE_LOCKS.get(baseName(file.path));
    if (reason !== undefined) unreadable.push({ path: file.path, line: null, reason });
    const formats = INVENTORY_FORMATS.filter((format) => format.matches(file.path));
    if (formats.length > 0) read(file, formats);
  }
  for (const file of target.opaque) {
    const isDeclaration = INVENTORY_FORMATS.some(
      (format) => isUndoubted(format) && format.matches(file.path),
    );
    if (isDeclaration) unreadable.push({ path: file.path, line: null, reason: file.reason });
  }
  // Grows while it is gone through: an included file may include others. Each file is read once, so a cycle ends.
  for (const file of files) {
    for (const reference of file.reading.references) {
      if (reference.kind !== 'index') follow(file, reference);
    }
  }
  for (const path of constraining) {
    const file = requirements.get(path);
    // A list that is installed by its name is one even when another list is held to it.
    const isByName = requirementsFormat.matches(path) && !/^constraints?\b/i.test(baseName(path));
    if (file !== undefined && !required.has(path) && !isByName) file.isConstraints = true;
  }
  return { files, unreadable, outside };

  function read(file: TargetFile, formats: readonly InventoryFormat[], scope?: DependencyScope): void {
    const text = textOf(file);
    if (text === null) {
      if (formats.some(isUndoubted) && file.content !== null)
        unreadable.push({ path: file.path, line: null, reason: 'not text, or too large' });
      return;
    }
    for (const format of formats) {
      const own = format.read(text, file.path);
      const reading =
        scope === undefined
          ? own
          : { ...own, declarations: own.declarations.map((declaration) => ({ ...declaration, scope })) };
      const entry = {
        path: file.path,
        format,
        reading,
        isConstraints: false,
        includes: [],
        constrainedBy: [],
      };
      files.push(entry);
      if (format === requirementsFormat) requirements.set(file.path, entry);
      for (const problem of reading.problems) unreadable.push({ path: file.path, ...problem });
    }
  }

  function follow(from: ReadFile, reference: Reference): void {
    const { kind, to, line, isOptional = false } = reference;
    const path = placeOf(from.path, reference);
    if (path === null) {
      if (isOptional) return;
      const reason = `${to} lies outside the target and was not read`;
      outside.push({ path: from.path, line, reason, to });
      unreadable.push({ path: from.path, line, reason });
      return;
    }
    const file = byPath.get(path);
    if (file === undefined || file.content === null) {
      const why = file === undefined ? 'is not in the target' : 'could not be read';
      if (!isOptional) unreadable.push({ path: from.path, line, reason: `includes ${to}, which ${why}` });
      return;
    }
    // `uv pip install -r pyproject.toml`: a project that is read as what it is.
    const isProject = INVENTORY_FORMATS.some((format) => isUndoubted(format) && format.matches(path));
    if (isProject && !requirements.has(path)) return;
    if (!requirements.has(path)) read(file, [requirementsFormat], reference.scope);
    (kind === 'constraints' ? constraining : required).add(path);
    (kind === 'constraints' ? from.constrainedBy : from.includes).push(path);
  }

  /** The path of the target that a reference leads to; null when it leads out. */
  function placeOf(from: string, { to, isOptional = false }: Reference): string | null {
    if (/^[/~]|^[a-z][a-z0-9+.-]*:/i.test(to)) return null;
    const written = to.replaceAll('\\', '/');
    const path = posix.normalize(posix.join(folderOf(from), written));
    if (path === '..' || path.startsWith('../')) return null;
    // What prose and scripts name is meant from where they are run: mostly the root.
    const fromRoot = posix.normalize(written);
    return isOptional && !byPath.has(path) && byPath.has(fromRoot) ? fromRoot : path;
  }
}

function textOf(file: TargetFile): string | null {
  if (file.content === null || file.content.length > MAX_DECLARATION_BYTES) return null;
  return decodeText(file.content);
}

/** Formats whose file name alone says that something is declared there; prose and scripts may or may not. */
function isUndoubted(format: InventoryFormat): boolean {
  return format.role !== 'mentioned' && format.id !== 'PEP 723';
}
