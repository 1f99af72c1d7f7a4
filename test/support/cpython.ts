import { execa } from 'execa';

/** Python's own parser, and how a callee is written: its dotted name, `?` for what is no name. */
const PRELUDE = `
import ast, json, re, sys, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(20000)

def callee(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if isinstance(node, ast.Name) else '?')
    return '.'.join(reversed(parts))
`;

/**
 * What CPython's `ast` says of sources. Parsing is not executing: the sources are data to Python.
 * @param script writes JSON for the JSON it reads; has `ast` and `callee(node)`
 */
export async function saidByCpython<Answer>(script: string, input: unknown): Promise<Answer> {
  const { stdout } = await execa('python3', ['-I', '-c', PRELUDE + script], {
    input: JSON.stringify(input),
    maxBuffer: 1 << 29,
  });
  return JSON.parse(stdout) as Answer;
}
