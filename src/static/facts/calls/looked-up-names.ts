import { SOURCE_LABELS } from '../../../model/api-model.ts';
import type { Span } from '../../../model/program.ts';
import { callFact } from './apply-api.ts';
import { NO_ARGUMENTS } from './arguments.ts';
import type { CallFact } from '../facts.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Modules that hold functions which can do harm: whoever searches one of them for a name may find any of these. */
const HARMFUL = {
  python:
    /^(?:os|posix|nt|subprocess|builtins|__builtins__|socket|_socket|shutil|ctypes|importlib|pty|urllib(?:\.request)?|http\.client|requests|httpx|marshal|pickle)$/,
  javascript:
    /^(?:child_process|fs|fs\.promises|net|tls|http|https|http2|dgram|dns|vm|module|worker_threads|process|globalThis|global)$/,
} as const;

/** What of a module's names goes on with a name that is looked up in it. */
const OTHER_LABELS = SOURCE_LABELS.filter((label) => label !== 'module-names' && label !== 'picked-name');
/** Below this a number is a length, a place or a character. */
const LEAST_DIGEST = 0x1_0000;

/** True for a module whose names are worth searching for, by its resolved name. */
export function isHarmfulModule({ language }: Walk, name: string | null): boolean {
  if (name === null || (language !== 'python' && language !== 'javascript')) return false;
  return HARMFUL[language].test(name);
}

/** A node that the names of a module flow out of: `vars(os)`, `for name in os.__dict__`. */
export function namesNode(walk: Walk, name: string, span: Span): number {
  if (walk.quiet > 0) return 0;
  const { graph } = walk;
  const node = graph.newNode();
  const call = callFact(walk, `names of ${name}`, null, NO_ARGUMENTS, span);
  for (const label of ['module-names', 'picked-name'] as const) graph.sources.push({ node, label, call });
  return node;
}

/** The node of a module's member whose name is not known: of what the name carries only that it was searched for goes on. */
export function memberNode(walk: Walk, object: Value, key: Value | undefined): number {
  if (key === undefined || key.node === 0 || walk.quiet > 0 || !isHarmfulModule(walk, object.name))
    return object.node;
  const { graph } = walk;
  const searched = graph.newNode();
  graph.connect(key.node, searched);
  graph.take(searched, OTHER_LABELS);
  return graph.join([object.node, searched]);
}

/** A value is called that came from somewhere. */
export function noteCalledValue(walk: Walk, value: Value, call: CallFact): void {
  if (walk.quiet === 0) walk.graph.addSink(value.node, { label: 'callee', call });
}

function isDigest({ constant }: Value): boolean {
  const value = constant?.value;
  if (typeof value === 'number') return Math.abs(value) >= LEAST_DIGEST;
  return typeof value === 'string' && /^(?:0x)?(?=.*\d)[\da-f]{8,128}$/i.test(value);
}

/** A value is compared with what reads like a digest. */
export function noteComparison(walk: Walk, left: Value, right: Value, span: Span): void {
  if (walk.quiet > 0) return;
  for (const [value, other] of [
    [left, right],
    [right, left],
  ] as const)
    if (value.node !== 0 && isDigest(other))
      walk.graph.addSink(value.node, {
        label: 'digest',
        call: callFact(walk, '==', null, { ...NO_ARGUMENTS, positional: [value, other] }, span),
      });
}
