/** A place inside the target. Lines and columns count from 1; the end column is the one after the last character. */
export interface Location {
  /** Relative to the target's root, separated by `/`. */
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  /**
   * Where inside the file this lies when it is not plain text: `pkg.zip!/setup.py`, `notebook.ipynb#cell-3`,
   * `run.py@12:base64`. Null for plain text; lines then count in the file itself, otherwise inside the layer.
   */
  readonly layer: string | null;
}

/** The start of a file, for what concerns the file as a whole. */
export function startOf(path: string, layer: string | null = null): Location {
  return { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1, layer };
}
