import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { normalizePypiName } from '../inventory/requirement.ts';
import { runTool } from '../tools/run-tool.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import { endOf, lastLine, stoppedRun } from '../tools/tool-failure.ts';
import type { ToolResult } from '../tools/tool-result.ts';

/** A package that uv would install. */
export interface Chosen {
  readonly name: string;
  readonly version: string;
  /** Names of the packages that need it; empty for what was asked for. */
  readonly via: readonly string[];
}

/** A version that its maker withdrew from the index (PEP 592): it is installed only where it is pinned. */
export interface Yanked {
  readonly name: string;
  readonly version: string;
  /** The maker's words; null when none were given. */
  readonly reason: string | null;
}

/** What one run is asked. */
interface Question {
  readonly lines: readonly string[];
  readonly pins: readonly string[];
  readonly isDeep: boolean;
}

/** What one run gave. */
export type Compilation =
  | { readonly chosen: readonly Chosen[]; readonly yanked: readonly Yanked[] }
  | {
      readonly status: Extract<ToolResult['status'], 'failed' | 'timeout'>;
      readonly message: string;
      /** True when the requirements contradict each other, or one has no wheels: fewer of them may do. */
      readonly isUnsolvable: boolean;
    };

/** The Python that is resolved for; what differs in later ones is resolved as well. */
const PYTHON_VERSION = '3.11';

/** Settings of the operator's that say which index is asked, and how. */
const KEPT_SETTINGS = [
  'UV_INDEX',
  'UV_EXTRA_INDEX_URL',
  'UV_INSECURE_HOST',
  'UV_NATIVE_TLS',
  'UV_SYSTEM_CERTS',
];

/**
 * Asks uv which versions it would install today. It reads our list from standard input in an empty folder, no configuration, and wheels only,
 * so that nothing of the target is read and nothing is built.
 * @param question requirements, one each; versions that it has to keep to (`name==version`); whether what they need is resolved too
 */
export async function compileWithUv(
  path: string,
  { lines, pins, isDeep }: Question,
  deadlineMs: number,
  { folder, signal }: ToolContext,
): Promise<Compilation> {
  const [constraints, empty] = [join(folder, 'pins.txt'), join(folder, 'empty')];
  await mkdir(empty, { recursive: true });
  await writeFile(constraints, pins.map((pin) => `${pin}\n`).join(''));
  const output = await runTool({
    path,
    arguments: [
      ...['pip', 'compile', '-', '--constraints', constraints, '--no-config', '--only-binary', ':all:'],
      ...['--no-python-downloads', '--python-version', PYTHON_VERSION, '--universal'],
      ...['--cache-dir', join(folder, 'cache'), '--no-header', '--annotation-style', 'line'],
      // Not quietly: what is yanked is told on standard error.
      ...['--color', 'never'],
      ...(isDeep ? [] : ['--no-deps']),
    ],
    folder: empty,
    deadlineMs,
    signal,
    environment: indexEnvironment(),
    input: lines.map((line) => `${line}\n`).join(''),
  });
  const stopped = stoppedRun(output, deadlineMs);
  if (stopped !== null)
    return {
      status: stopped.status === 'timeout' ? 'timeout' : 'failed',
      message: stopped.message,
      isUnsolvable: false,
    };
  const chosen = output.exit === 0 ? parseCompiled(output.stdout) : null;
  if (chosen !== null) return { chosen, yanked: parseYanked(output.stderr, chosen) };
  const cause = /^\s*cause: (.*)$/m.exec(output.stderr)?.[1];
  const message = cause === undefined ? endOf(output) : `exit ${String(output.exit)}: ${lastLine(cause)}`;
  return { status: 'failed', message, isUnsolvable: output.exit === 1 };
}

/** The index of the operator's environment, never of the target; uv's own variables go before pip's. */
function indexEnvironment(): Record<string, string> {
  const { UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL, PATH = '' } = process.env;
  const index = [UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL].find((url) => (url ?? '') !== '');
  const kept = KEPT_SETTINGS.flatMap((name) => {
    const value = process.env[name] ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return {
    // It needs an interpreter, wherever the operator has one; relative folders may lie in a target.
    PATH: PATH.split(delimiter).filter(isAbsolute).join(delimiter),
    ...Object.fromEntries(kept),
    ...(index === undefined ? {} : { UV_DEFAULT_INDEX: index }),
  };
}

/** Lines of the form `name==version ; marker  # via a, b`. Null when a line has another form: then the answer is not understood. */
function parseCompiled(text: string): Chosen[] | null {
  const chosen: Chosen[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [, name, version, via = ''] =
      /^([A-Za-z0-9._-]+)==([A-Za-z0-9.!+_-]+)(?:\s*;[^#]*)?(?:\s+# via (.*))?\s*$/.exec(line) ?? [];
    if (name === undefined || version === undefined) return null;
    const needing = via
      .split(',')
      .map((each) => each.trim())
      .filter((each) => /^[A-Za-z0-9]/.test(each));
    chosen.push({ name: normalizePypiName(name), version, via: needing.map(normalizePypiName) });
  }
  return chosen;
}

/** Characters of a maker's words that are kept. */
const MAX_REASON = 300;

/** Lines of the form `` warning: `name==version` is yanked (reason: "…") ``, about what was chosen alone: the words are anybody's. */
function parseYanked(text: string, chosen: readonly Chosen[]): Yanked[] {
  const known = new Set(chosen.map(({ name, version }) => `${name}==${version}`));
  const yanked = new Map<string, Yanked>();
  for (const line of text.split('\n')) {
    const [, written = '', version = '', rest = ''] =
      /^warning: `([A-Za-z0-9._-]+)==([A-Za-z0-9.!+_-]+)` is yanked(.*)/.exec(line) ?? [];
    const name = normalizePypiName(written);
    const key = `${name}==${version}`;
    if (!known.has(key) || yanked.has(key)) continue;
    const words = rest.replace(/^ \(reason: "/, '').replace(/"\)\s*$/, '');
    const reason = words
      .replace(/[\s\p{C}]+/gu, ' ')
      .trim()
      .slice(0, MAX_REASON);
    yanked.set(key, { name, version, reason: reason === '' ? null : reason });
  }
  return [...yanked.values()];
}
