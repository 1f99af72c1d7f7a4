import type { DependencyScope, Ecosystem, Requirement } from '../../model/dependency.ts';

/** One dependency at one place of one file. */
export interface Declaration extends Requirement {
  /** Counts from 1. */
  readonly line: number;
  /** Of a Python requirement, as written: optional parts that are asked for (`name[extra]`), and when it counts (PEP 508). */
  readonly extras?: readonly string[];
  readonly marker?: string;
  /** Digests of what may be installed (`sha256:<hex>`), sorted. Absent when the file gives none. */
  readonly hashes?: readonly string[];
  /** In a lock that holds several versions of a name: the folder or package for which this one is installed; absent for all others. */
  readonly place?: string;
  /** True when the lockfile says that installing it runs a script of its own. */
  readonly hasInstallScript?: boolean;
  /** True when the lockfile says that it comes inside the archive of another package, whose digest covers it. */
  readonly isBundled?: boolean;
  /** The package whose archive the lockfile fetches for it; absent when that is the package itself, or cannot be told. */
  readonly archiveOf?: string;
  /** Why nobody should use the version any more: its maker's words, as the lockfile repeats them. */
  readonly deprecated?: string;
}

/** Something in a declaration file that could not be read. The rest of the file still counts. */
export interface Problem {
  readonly line: number | null;
  /** One clause, without the path and the line. */
  readonly reason: string;
}

/** A line that points somewhere else: another file of declarations, or another package index. */
export interface Reference {
  readonly kind: 'requirements' | 'constraints' | 'index';
  /** As written. */
  readonly to: string;
  readonly line: number;
  /** What its requirements are for, when that is not told by the name of the file. */
  readonly scope?: DependencyScope;
  /** True when it need not be there (a file that prose or code names): it is read when it is, and not missed when it is not. */
  readonly isOptional?: boolean;
}

/** Dependencies that a file has and that only running it, or the build, would tell. */
export interface UnknownPart {
  /** One clause, without the path. */
  readonly reason: string;
  /** Files, relative to its folder, that tell them when they are there: all of them, or any. */
  readonly toldBy?: { readonly files: readonly string[]; readonly all: boolean };
}

/** Something that is installed and that is in no registry with advisories here. */
export interface UnsupportedPart {
  readonly line: number;
  /** What it is: a clause that follows "Declares". */
  readonly reason: string;
}

/** What one file declares. */
export interface FileReading {
  readonly declarations: readonly Declaration[];
  readonly problems: readonly Problem[];
  readonly references: readonly Reference[];
  /** The name of the package that the file describes, so that its own name is not taken for a dependency. */
  readonly ownName?: string;
  readonly unknown?: UnknownPart;
  readonly unsupported?: readonly UnsupportedPart[];
  /**
   * Folders of the workspace that the file speaks for besides its own, relative to it. A manifest gives patterns (`packages/*`), a lock the
   * folders themselves.
   */
  readonly members?: readonly string[];
}

/**
 * Who wins inside a folder. A `lock` holds what is installed, a `manifest` what was asked for, `metadata` what a built package asks
 * for, and `mentioned` is an install command in prose or a script.
 */
type FileRole = 'lock' | 'manifest' | 'metadata' | 'mentioned';

/** How to read one kind of file. A new format is one of these, listed in `formats.ts`. */
export interface InventoryFormat {
  readonly id: string;
  readonly role: FileRole;
  readonly ecosystem: Ecosystem | 'any';
  /** Decided by the path alone, relative to the target's root. */
  readonly matches: (path: string) => boolean;
  /**
   * Reads without executing anything. Never throws for bad content: what cannot be read becomes a {@link Problem}.
   * @param text decoded content
   * @param path relative to the target's root
   */
  readonly read: (text: string, path: string) => FileReading;
}

/** A reading with nothing in it. */
export const EMPTY_READING: FileReading = { declarations: [], problems: [], references: [] };

/** A reading that failed as a whole. */
export function unreadableFile(reason: string, line: number | null = null): FileReading {
  return { declarations: [], problems: [{ line, reason }], references: [] };
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path; `.` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}
