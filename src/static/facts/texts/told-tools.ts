import type { Span } from '../../../model/program.ts';
import { knownElements } from '../values/sequences.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { queueInnerCode } from './inner-code.ts';

/** So many commands of one list are looked at. */
const MAX_TOLD = 256;

/** A member, or an entry of a table, in a file that a tool reads to run what is listed there. */
interface Told {
  readonly files: RegExp;
  readonly name: string;
  readonly language: 'python' | 'shell';
}

const TOLD: readonly Told[] = [
  { files: /(?:^|\/)(?:ipython|jupyter)\w{0,40}_config\.py$/, name: 'exec_lines', language: 'python' },
  { files: /(?:^|\/)dodo\.py$/, name: 'actions', language: 'shell' },
];

/** Runs what a file in a program's language lists for a tool: `c.InteractiveShellApp.exec_lines`, `actions` of a task of doit. */
export function runTold(walk: Walk, name: string, list: Value, span: Span): void {
  if (walk.quiet > 0 || walk.language !== 'python') return;
  const told = TOLD.find((each) => each.name === name && each.files.test(walk.layer.source.path));
  if (told === undefined) return;
  const elements = knownElements(list) ?? [];
  for (const each of elements.slice(0, MAX_TOLD)) queueInnerCode(walk, told.language, each, span, 0);
  if (elements.length > MAX_TOLD)
    walk.gathering.miss({ reason: 'a tool is told more than is followed', blocking: true });
}
