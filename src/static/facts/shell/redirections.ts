import type { Api } from '../../../model/api-model.ts';
import type { Expression, Span } from '../../../model/program.ts';
import { normalPath } from '../../evidence/detail.ts';
import { applyApi, matchingApi } from '../calls/apply-api.ts';
import { type BoundArguments, NO_ARGUMENTS } from '../calls/arguments.ts';
import { knownText, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** What an output that goes to a file does, by the file. */
export const WRITES: readonly Api[] = [
  // The shell opens a connection.
  {
    names: ['>'],
    when: [{ at: 'stdout', matches: '^/dev/(?:tcp|udp)/' }],
    capabilities: ['net.connect'],
    detail: { argument: 'stdout', as: 'text' },
    sinks: [{ label: 'network', arguments: ['stdin'] }],
    propagates: [],
  },
  {
    names: ['>'],
    when: [{ at: 'stdout', class: 'persistence-path' }],
    capabilities: ['persist'],
    detail: { argument: 'stdout', as: 'path' },
    sinks: [{ label: 'persist', arguments: ['stdin'] }],
  },
  {
    names: ['>'],
    when: [{ at: 'stdout', class: 'agent-config-path' }],
    capabilities: ['agent.control'],
    detail: { argument: 'stdout', as: 'path' },
    sinks: [{ label: 'agent-config', arguments: ['stdin'] }],
  },
  {
    names: ['>'],
    capabilities: ['fs.write'],
    detail: { argument: 'stdout', as: 'path' },
    sinks: [{ label: 'file', arguments: ['stdin'] }],
  },
];

const READS: readonly Api[] = [
  {
    names: ['<'],
    when: [{ at: 'stdin', class: 'secret-path' }],
    capabilities: ['secret.read'],
    detail: { argument: 'stdin', as: 'path' },
    source: ['secret'],
  },
  { names: ['<'], capabilities: ['fs.read'], detail: { argument: 'stdin', as: 'path' }, source: ['file'] },
];

function isNowhere(path: string | null): boolean {
  return path !== null && /^(?:\/dev\/(?:null|stdout|stderr|tty|fd\/.*)|&?\d+|-)$/.test(path);
}

/** What a file that a command, or another call of this name, reads holds. */
export function readFile(walk: Walk, path: Value, span: Span, name = '<'): Value {
  const args: BoundArguments = { ...NO_ARGUMENTS, named: new Map([['stdin', path]]) };
  const api = matchingApi(walk, READS, args);
  return api === null ? path : applyApi(walk, name, api, args, span);
}

/** `< file` names a path, a here-document and a pipe bring content. */
export function isPathLike(expression: Expression | null, value: Value): boolean {
  if (expression === null || expression.kind === 'call') return false;
  const text = knownText(value);
  return text !== null && text.length < 300 && !/[\n ]/.test(text) && /[/.~]/.test(text);
}

/**
 * Puts what a command prints into the file that its output goes to.
 * @returns whether it goes to one
 */
export function writeOutput(
  walk: Walk,
  named: ReadonlyMap<string, Value>,
  result: Value,
  span: Span,
): boolean {
  const target = named.get('stdout') ?? named.get('stdout-append');
  if (target === undefined || isNowhere(knownText(target))) return false;
  const written: BoundArguments = {
    positional: [],
    named: new Map([
      ['stdout', target],
      ['stdin', result],
    ]),
    receiver: null,
  };
  const path = knownText(target);
  const isWhole = result.constant !== null || result.pieces !== null;
  if (path !== null && isWhole) walk.gathering.file.keepWritten(normalPath(path), result);
  const api = matchingApi(walk, WRITES, written);
  if (api !== null) applyApi(walk, named.has('stdout') ? '>' : '>>', api, written, span);
  return true;
}
