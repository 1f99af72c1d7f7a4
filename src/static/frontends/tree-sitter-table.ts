import type { Language, Tree } from 'web-tree-sitter';
import type { Span } from '../../model/program.ts';
import { addressOf, type TreeFunctions } from './tree-sitter-walk.ts';

/**
 * A syntax tree as rows in document order: row 0 is the root, the first child of a row is the next row, and `next` leads past the
 * row's whole subtree, so that children are walked as `for (let c = row + 1; c < next[row]; c = next[c])`. Reading a tree out of
 * wasm once and then working on arrays is several times faster than asking for each node as it is needed.
 */
export interface SyntaxTable {
  readonly text: string;
  /** Number of rows. */
  readonly length: number;
  readonly kinds: Uint16Array;
  /** UTF-16 offsets into {@link text}; -1 for punctuation and keywords. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Row after the last row of the subtree. */
  readonly next: Int32Array;
  /** Comments are not among the rows. */
  readonly comments: readonly Span[];
  /** Kind of the rows that hold what the parser could not fit in. */
  readonly errorKind: number;
  /** Offset of the first syntax error; -1 when there is none. */
  readonly firstError: number;
}

/** Which nodes of a grammar a frontend needs. Everything is named as in the grammar's node types. */
export interface GrammarShape {
  /** Nodes whose text says it all: their children are not visited. */
  readonly leaves: readonly string[];
  /** Nodes that are left out, with all they hold. */
  readonly dropped: readonly string[];
  /** Punctuation and keywords become rows only directly under these nodes (and under errors). */
  readonly keepTokensUnder: readonly string[];
  /** The node type of a comment. */
  readonly comment: string;
}

/** A {@link GrammarShape} by node type id. */
export interface Roles {
  readonly kindByName: ReadonlyMap<string, number>;
  /** Several ids may carry the same name; the first one stands for all. */
  readonly kindById: Uint16Array;
  /** One of the role constants below, by node type id. */
  readonly roleById: Uint8Array;
  /** 1 where tokens are kept, by kind. */
  readonly keepsTokens: Uint8Array;
  readonly errorKind: number;
}

const INNER = 0;
const LEAF = 1;
const TOKEN = 2;
const COMMENT = 3;
const DROPPED = 4;

/** The id that tree-sitter gives to the nodes it puts around what it could not parse. */
const ERROR_ID = 0xffff;

/** Looks up a shape's names in a grammar. Throws when a name does not exist: a mistake in the frontend. */
export function rolesOf(language: Language, shape: GrammarShape): Roles {
  const count = language.types.length;
  const kindByName = new Map<string, number>();
  const tokenByName = new Map<string, number>();
  const kindById = new Uint16Array(count);
  const roleById = new Uint8Array(count);
  for (let id = 0; id < count; id++) {
    const isNamed = language.nodeTypeIsNamed(id);
    const known = isNamed ? kindByName : tokenByName;
    const name = language.types[id] ?? '';
    kindById[id] = known.get(name) ?? id;
    if (!known.has(name)) {
      known.set(name, id);
    }
    roleById[id] = isNamed ? INNER : TOKEN;
  }
  const setRole = (name: string, role: number) => {
    const kind = kindByName.get(name);
    if (kind === undefined) {
      throw new Error(`the grammar has no node type ${name}`);
    }
    for (let id = 0; id < count; id++) {
      if (kindById[id] === kind && roleById[id] !== TOKEN) {
        roleById[id] = role;
      }
    }
  };
  for (const name of shape.leaves) {
    setRole(name, LEAF);
  }
  for (const name of shape.dropped) {
    setRole(name, DROPPED);
  }
  setRole(shape.comment, COMMENT);
  const keepsTokens = new Uint8Array(count + 1);
  for (const name of shape.keepTokensUnder) {
    keepsTokens[kindByName.get(name) ?? count] = 1;
  }
  keepsTokens[count] = 1;
  kindByName.set('ERROR', count);
  return { kindByName, kindById, roleById, keepsTokens, errorKind: count };
}

/** Row storage that grows, kept from one text to the next. */
class Rows {
  capacity = 0;
  kinds = new Uint16Array(0);
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  next = new Int32Array(0);

  grow(): void {
    this.capacity = Math.max(1 << 14, this.capacity * 2);
    const grown = <A extends Uint16Array | Int32Array>(larger: A, old: A): A => {
      larger.set(old);
      return larger;
    };
    this.kinds = grown(new Uint16Array(this.capacity), this.kinds);
    this.starts = grown(new Int32Array(this.capacity), this.starts);
    this.ends = grown(new Int32Array(this.capacity), this.ends);
    this.next = grown(new Int32Array(this.capacity), this.next);
  }
}

const rows = new Rows();

/**
 * Reads a tree out of wasm. Iterative, linear in the number of nodes. Nodes that the parser invented to make sense of broken text
 * (missing tokens) are left out.
 */
export function tabulate(tree: Tree, text: string, roles: Roles, functions: TreeFunctions): SyntaxTable {
  const address = addressOf(tree);
  functions._ts_tree_root_node_wasm(address);
  const hasError = functions._ts_node_has_error_wasm(address) === 1;
  functions._ts_tree_root_node_wasm(address);
  functions._ts_tree_cursor_new_wasm(address);
  try {
    const read = readRows(address, functions, roles, hasError);
    return {
      text,
      length: read.length,
      kinds: rows.kinds,
      starts: rows.starts,
      ends: rows.ends,
      next: rows.next,
      comments: read.comments,
      errorKind: roles.errorKind,
      firstError: read.firstError,
    };
  } finally {
    functions._ts_tree_cursor_delete_wasm(address);
  }
}

/**
 * Each function crosses into wasm, so every node costs as few calls as can be. Between the calls nothing else may use the parser: the
 * cursor stands in the memory that all its functions share.
 */
function readRows(
  tree: number,
  functions: TreeFunctions,
  roles: Roles,
  hasError: boolean,
): { length: number; comments: Span[]; firstError: number } {
  const { kindById, roleById, keepsTokens, errorKind } = roles;
  const nodeTypeId = functions._ts_tree_cursor_current_node_type_id_wasm;
  const isMissing = functions._ts_tree_cursor_current_node_is_missing_wasm;
  const startIndex = functions._ts_tree_cursor_start_index_wasm;
  const endIndex = functions._ts_tree_cursor_end_index_wasm;
  const gotoFirstChild = functions._ts_tree_cursor_goto_first_child_wasm;
  const gotoNextSibling = functions._ts_tree_cursor_goto_next_sibling_wasm;
  const gotoParent = functions._ts_tree_cursor_goto_parent_wasm;
  const comments: Span[] = [];
  const open: number[] = [];
  let keepTokens = false;
  let length = 0;
  let firstError = -1;
  for (;;) {
    const id = nodeTypeId(tree);
    const isError = id === ERROR_ID;
    const role = isError ? INNER : roleById[id]!;
    const isInvented = hasError && role !== COMMENT && isMissing(tree) === 1;
    if ((isError || isInvented) && firstError < 0) {
      firstError = startIndex(tree);
    }
    const isRow = role === INNER || role === LEAF || (role === TOKEN && keepTokens);
    if (isRow && !isInvented) {
      if (length === rows.capacity) {
        rows.grow();
      }
      const row = length;
      length += 1;
      rows.kinds[row] = isError ? errorKind : kindById[id]!;
      rows.next[row] = length;
      // Where a token stands matters to nobody; asking costs two calls.
      rows.starts[row] = role === TOKEN ? -1 : startIndex(tree);
      rows.ends[row] = role === TOKEN ? -1 : endIndex(tree);
      if (role === INNER && gotoFirstChild(tree) === 1) {
        open.push(row);
        keepTokens = keepsTokens[rows.kinds[row]!] === 1;
        continue;
      }
    } else if (role === COMMENT) {
      comments.push({ start: startIndex(tree), end: endIndex(tree) });
    }
    while (gotoNextSibling(tree) !== 1) {
      const parent = open.pop();
      if (parent === undefined) {
        return { length, comments, firstError };
      }
      rows.next[parent] = length;
      gotoParent(tree);
      keepTokens = open.length > 0 && keepsTokens[rows.kinds[open[open.length - 1]!]!] === 1;
    }
  }
}
