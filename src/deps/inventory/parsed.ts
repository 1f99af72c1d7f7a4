import type { FileReading, Problem } from './declaration.ts';

/** A TOML or JSON table whose values are not known yet. */
export type Table = Readonly<Record<string, unknown>>;

/** A document that was read, or why it could not be. */
export type Parsed =
  { readonly table: Table; readonly problem: null } | { readonly table: null; readonly problem: Problem };

/** The value as a table; an empty one when it is something else. */
export function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

/** The value as a list; an empty one when it is something else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; null when it is something else. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A reading of a document that could not be parsed. */
export function failedReading(problem: Problem): FileReading {
  return { declarations: [], problems: [problem], references: [] };
}
