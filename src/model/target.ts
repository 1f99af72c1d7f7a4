/** How the target was handed over. */
export type TargetKind = 'directory' | 'file' | 'archive';

/** What a unit is, most telling kind first. */
export const UNIT_KINDS = [
  'gym-env',
  'llm-env',
  'skill',
  'mcp-server',
  'agent-plugin',
  'python-package',
  'node-package',
  'files',
] as const;

/** One entry of {@link UNIT_KINDS}. */
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A regular file of the target. Links are never followed and never become a TargetFile. */
export interface TargetFile {
  /** Relative to the target's root, separated by `/`, never starting with `/` or containing `..`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex sha256 of the content; null when the file could not be read. */
  readonly digest: string | null;
  readonly executable: boolean;
  /** The bytes, read once; null when the file is listed as opaque (too large, unreadable). */
  readonly content: Uint8Array | null;
}

/** Something of the target that was not analysed, and why. It never reads as clean. */
export interface Opaque {
  readonly path: string;
  readonly reason: string;
  /**
   * True when it may hold something that runs or steers an agent and was not looked at, so that no verdict can be complete
   * without it. False for what is known to be inert data (a picture, a font), and for links, which are reported and not followed.
   */
  readonly blocking: boolean;
}

/** A part of the target that is judged on its own: one skill, one environment, one server. */
export interface Unit {
  /** The unit's folder relative to the target's root; `.` for the root. Unique among the target's units. */
  readonly path: string;
  readonly kind: UnitKind;
  readonly name: string;
  /** Paths (as in {@link TargetFile.path}) of the files that belong to this unit and to no unit below it, sorted. */
  readonly files: readonly string[];
}

/** A stranger's work, opened: every byte read once, nothing executed, no link followed. */
export interface Target {
  /** As the user wrote it. */
  readonly path: string;
  readonly kind: TargetKind;
  /** Absolute path of the directory, file or archive on disk. */
  readonly absolutePath: string;
  /** `sha256:…` over the sorted list of paths and content digests. */
  readonly digest: string;
  /** Sorted by path. */
  readonly files: readonly TargetFile[];
  readonly opaque: readonly Opaque[];
  /** Sorted by path; never empty. Worked out from the files and the last part of `absolutePath` when first asked for. */
  readonly units: readonly Unit[];
}
