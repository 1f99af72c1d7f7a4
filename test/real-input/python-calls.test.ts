import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/static/decode/lines.ts';
import { createPythonFrontend } from '../../src/static/frontends/python/frontend.ts';
import { calleeText } from '../static/frontends/shape.ts';
import type { Expression } from '../../src/model/program.ts';
import { IS_CI } from '../support/capabilities.ts';
import { saidByCpython } from '../support/cpython.ts';
import { wheelOf } from './wheels.ts';

/**
 * Reads a JSON list of paths; writes for each the calls as `callee@line:column`, sorted, or null where CPython refuses the file. Columns
 * count UTF-16 units. Before 3.12 CPython does not know where in an f-string something stands: `callee@f` there.
 */
const CALLS_BY_CPYTHON = `
def calls(path):
    try:
        source = open(path, 'rb').read().decode('utf-8')
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    lines = [line.encode() for line in re.split('\\r\\n|\\r|\\n', source)]
    found, pending = [], [(tree, False)]
    while pending:
        node, inside = pending.pop()
        inside = inside or isinstance(node, ast.JoinedStr)
        if isinstance(node, ast.Call):
            before = lines[node.lineno - 1][:node.col_offset].decode()
            place = 'f' if inside else f"{node.lineno}:{len(before.encode('utf-16-le')) // 2 + 1}"
            found.append(callee(node.func) + '@' + place)
        pending.extend((child, inside) for child in ast.iter_child_nodes(node))
    return sorted(found)

json.dump([calls(path) for path in json.load(sys.stdin)], sys.stdout)
`;

/** What CPython finds in the Python files of a folder, by path. */
function callsByCpython(files: readonly string[]): Promise<(string[] | null)[]> {
  return saidByCpython(CALLS_BY_CPYTHON, files);
}

const frontend = createPythonFrontend();

function callsBySbx(text: string): { calls: string[]; status: string } {
  const { program, status } = frontend.parse(text, 'python', 'module.py');
  const lines = new LineIndex(text);
  const calls: string[] = [];
  const pending: { node: unknown; isInside: boolean }[] = [{ node: program?.body, isInside: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next;
    if (node === null || typeof node !== 'object') continue;
    const expression = node as Expression;
    const isInside = next.isInside || expression.kind === 'template';
    if (expression.kind === 'call') {
      const { line, column } = lines.position(expression.span.start);
      calls.push(`${calleeText(expression.callee)}@${isInside ? 'f' : `${line}:${column}`}`);
    }
    for (const value of Object.values(node)) pending.push({ node: value, isInside });
  }
  return { calls: calls.sort(), status };
}

interface Tree {
  readonly name: string;
  /** Environment variable with a folder to use. */
  readonly variable: string;
  /** Fetches it where the variable is not set and CI runs. */
  readonly fetch: (into: string) => Promise<string>;
  readonly leastCalls: number;
}

async function unpacked(name: string, version: string, into: string): Promise<string> {
  await promisify(execFile)('python3', ['-I', '-m', 'zipfile', '-e', await wheelOf(name, version), into]);
  return into;
}

const TREES: readonly Tree[] = [
  {
    name: 'gymnasium',
    variable: 'SBX_GYM_SOURCE',
    fetch: (into) => unpacked('gymnasium', '1.4.0', into),
    leastCalls: 5_000,
  },
  {
    name: 'numpy',
    variable: 'SBX_NUMPY_SOURCE',
    fetch: (into) => unpacked('numpy', '2.4.6', into),
    leastCalls: 50_000,
  },
  {
    name: "the machine's standard library",
    variable: 'SBX_STDLIB_SOURCE',
    fetch: async () =>
      (await execa('python3', ['-I', '-c', 'import os; print(os.path.dirname(os.__file__))'])).stdout,
    leastCalls: 20_000,
  },
];

describe.each(TREES)('calls in $name, compared with CPython', ({ variable, fetch, leastCalls }) => {
  const folder = process.env[variable];

  it.runIf(IS_CI || folder !== undefined)(
    'are the same, with callees and positions, in what CPython accepts',
    { timeout: 300_000 },
    async () => {
      const scratch = mkdtempSync(join(tmpdir(), 'sbx-python-'));
      try {
        const root = folder ?? (await fetch(scratch));
        const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.py') && !file.includes('site-packages'))
          .map((file) => join(root, file));
        const theirs = await callsByCpython(files);
        let total = 0;
        let missing = 0;
        const unlike: string[] = [];
        for (const [at, expected] of theirs.entries()) {
          if (expected === null) continue;
          const { calls, status } = callsBySbx(readFileSync(files[at]!, 'utf8'));
          const ours = new Set(calls);
          const lost = expected.filter((call) => !ours.has(call)).length;
          total += expected.length;
          missing += lost;
          if (lost > 0 || calls.length !== expected.length || status !== 'complete') unlike.push(files[at]!);
        }
        expect(total).toBeGreaterThan(leastCalls);
        expect(missing / total, unlike.slice(0, 20).join(' ')).toBeLessThanOrEqual(0.005);
        expect(unlike.length / files.length, unlike.slice(0, 20).join(' ')).toBeLessThanOrEqual(0.005);
        if (process.env['SBX_SHOW_UNLIKE'] !== undefined) console.info(total, missing, files.length, unlike);
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    },
  );
});
