import type { FlowGraph } from '../flow-graph.ts';
import type { Value } from '../values/value.ts';

/** Names of files that the system thought up: what is written to the file is not in its name. */
const THOUGHT_UP = 'tempfile.NamedTemporaryFile.name';

/**
 * The node of a text that is run as code. The name of a temporary file that stands in it between quotes is a text there, and not
 * what is in the file: where the code opens it, or runs it, is followed into the code itself.
 */
export function codeNode(graph: FlowGraph, { node, pieces }: Value): number {
  if (pieces === null || node === 0) return node;
  const isQuoted = (piece: string | Value, at: number): boolean => {
    if (typeof piece === 'string' || piece.name !== THOUGHT_UP) return false;
    const [before, after] = [pieces[at - 1], pieces[at + 1]];
    const quote = typeof before === 'string' ? /["']$/.exec(before)?.[0] : undefined;
    return quote !== undefined && typeof after === 'string' && after.startsWith(quote);
  };
  if (!pieces.some(isQuoted)) return node;
  return graph.join(
    pieces.map((piece, at) => (typeof piece === 'string' || isQuoted(piece, at) ? 0 : piece.node)),
  );
}
