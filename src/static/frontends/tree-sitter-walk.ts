import type { Tree } from 'web-tree-sitter';

/**
 * The functions of web-tree-sitter's wasm module that walk a tree. Its TreeCursor class calls the same ones, but copies the cursor's
 * state into and out of wasm memory around each call, which costs more than the call. During one walk the state can stay where it is.
 * See docs/adr/0010; the version is pinned.
 */
const FUNCTIONS = [
  '_ts_tree_root_node_wasm',
  '_ts_node_has_error_wasm',
  '_ts_tree_cursor_new_wasm',
  '_ts_tree_cursor_delete_wasm',
  '_ts_tree_cursor_goto_first_child_wasm',
  '_ts_tree_cursor_goto_next_sibling_wasm',
  '_ts_tree_cursor_goto_parent_wasm',
  '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_current_node_is_missing_wasm',
  '_ts_tree_cursor_start_index_wasm',
  '_ts_tree_cursor_end_index_wasm',
] as const;

/** Takes the tree's address; predicates answer 0 or 1. Offsets come in UTF-16 units. */
type TreeFunction = (tree: number) => number;

/** The wasm module's functions, as they are attached to the object given to `Parser.init`. */
export type TreeFunctions = Readonly<Record<(typeof FUNCTIONS)[number], TreeFunction>>;

/** @throws when the parser library is not the version this was written for */
export function treeFunctions(module: object): TreeFunctions {
  for (const name of FUNCTIONS) {
    if (typeof (module as Record<string, unknown>)[name] !== 'function') {
      throw new Error(`web-tree-sitter has no function ${name}; is it the pinned version?`);
    }
  }
  return module as TreeFunctions;
}

/** The tree's address in wasm memory. */
export function addressOf(tree: Tree): number {
  return (tree as unknown as Readonly<Record<0, number>>)[0];
}
