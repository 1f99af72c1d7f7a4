import { posix } from 'node:path';
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
  /** Constraint files that apply to it, as paths of the target. */
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
export interface ReadFiles {
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
  return { files, unreadable, outside };

  function read(file: TargetFile, formats: readonly InventoryFormat[]): void {
    const text = textOf(file);
    if (text === null) {
      if (formats.some(isUndoubted) && file.content !== null)
        unreadable.push({ path: file.path, line: null, reason: 'not text, or too large' });
      return;
    }
    for (const format of formats) {
      const reading = format.read(text, file.path);
      const entry: ReadFile = { path: file.path, format, reading, isConstraints: false, constrainedBy: [] };
      files.push(entry);
      if (format === requirementsFormat) requirements.set(file.path, entry);
      for (const problem of reading.problems) unreadable.push({ path: file.path, ...problem });
    }
  }

  function follow(from: ReadFile, { kind, to, line }: Reference): void {
    const path = posix.normalize(posix.join(folderOf(from.path), to.replaceAll('\\', '/')));
    const isOutside = path.startsWith('..') || /^[/~]|^[a-z][a-z0-9+.-]*:/i.test(to);
    if (isOutside) {
      const reason = `${to} lies outside the target and was not read`;
      outside.push({ path: from.path, line, reason, to });
      unreadable.push({ path: from.path, line, reason });
      return;
    }
    const file = byPath.get(path);
    if (file === undefined) {
      unreadable.push({ path: from.path, line, reason: `includes ${to}, which is not in the target` });
      return;
    }
    if (!requirements.has(path)) {
      read(file, [requirementsFormat]);
      const included = requirements.get(path);
      if (included !== undefined && kind === 'constraints') included.isConstraints = true;
    }
    if (kind === 'constraints') from.constrainedBy.push(path);
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
