/** Languages whose imports are read; each is installed from one index. */
export type ImportLanguage = 'python' | 'javascript';

/**
 * When an import runs. `runtime`: when the code is used, at once or inside a function that is called later. `optional`: the same, and the
 * code gets on without it (`try: … except ImportError`). `typing`: only type checkers follow it. `aside`: only in tests, documentation,
 * examples and the configuration of tools.
 */
export type ImportScope = 'runtime' | 'optional' | 'typing' | 'aside';

/** One import as a text states it. */
export interface FoundImport {
  /** `a.b` in Python, the specifier in JavaScript. Relative ones are left out. */
  readonly module: string;
  /** What Python's `from module import …` names: they may be modules of a name space themselves. */
  readonly names: readonly string[];
  /** Counts from 1. */
  readonly line: number;
  readonly scope: Exclude<ImportScope, 'aside'>;
}

/** What one text imports. */
export interface ImportReading {
  readonly imports: readonly FoundImport[];
  /** False when the text could not be followed to its end, or imports what it works out while it runs. */
  readonly isWhole: boolean;
}

/** A text of which nothing is known. */
export const UNREAD: ImportReading = { imports: [], isWhole: false };
