import type { Span } from '../../model/program.ts';
import type { SyntaxTable } from './tree-sitter-table.ts';

/** Reads a table's rows: what each frontend's lowering is built on. */
export class RowReader {
  readonly table: SyntaxTable;
  /** Node type by kind. */
  readonly kindNames: readonly string[];

  constructor(table: SyntaxTable, kindNames: readonly string[]) {
    this.table = table;
    this.kindNames = kindNames;
  }

  kind(row: number): number {
    return this.table.kinds[row]!;
  }

  /** The source of a node; not for tokens, whose place is not kept. */
  text(row: number): string {
    return this.table.text.slice(this.table.starts[row], this.table.ends[row]);
  }

  /** The node type; for a token that is its text. */
  nodeType(row: number): string {
    return this.kindNames[this.kind(row)] ?? '';
  }

  /** True for punctuation and keywords. */
  isToken(row: number): boolean {
    return this.table.starts[row]! < 0;
  }

  /** Where a node stands; for a token, where the last node before it begins. */
  span(row: number): Span {
    const { starts, ends } = this.table;
    if (starts[row]! >= 0) {
      return { start: starts[row]!, end: ends[row]! };
    }
    let before = row;
    while (before > 0 && starts[before]! < 0) {
      before -= 1;
    }
    const start = Math.max(0, starts[before]!);
    return { start, end: start };
  }

  /** First child, or -1. */
  first(row: number): number {
    return row + 1 < this.table.next[row]! ? row + 1 : -1;
  }

  /** Last child, or -1. */
  last(row: number): number {
    let last = -1;
    const end = this.table.next[row]!;
    for (let child = row + 1; child < end; child = this.table.next[child]!) {
      last = child;
    }
    return last;
  }

  /** The child of `parent` after `child`, or -1. */
  after(child: number, parent: number): number {
    const next = this.table.next[child]!;
    return next < this.table.next[parent]! ? next : -1;
  }

  /** The children, in order. For places that are not hot; the hot ones walk the table. */
  children(row: number): number[] {
    const found: number[] = [];
    const end = this.table.next[row]!;
    for (let child = row + 1; child < end; child = this.table.next[child]!) {
      found.push(child);
    }
    return found;
  }

  /** The first child of that kind, or -1. */
  child(row: number, kind: number): number {
    const end = this.table.next[row]!;
    for (let child = row + 1; child < end; child = this.table.next[child]!) {
      if (this.table.kinds[child] === kind) {
        return child;
      }
    }
    return -1;
  }
}
