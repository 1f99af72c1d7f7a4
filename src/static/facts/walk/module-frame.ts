import type { Program } from '../../../model/program.ts';
import { Frame } from './frame.ts';
import type { Gathering } from '../gathering.ts';
import { modelLanguageOf } from '../names.ts';
import { changed, namedValue, UNKNOWN, type Value } from '../values/value.ts';

/** Outermost variables of a file; those of JavaScript begin with what a module exports through. */
export function moduleFrame(gathering: Gathering, program: Program): Frame {
  const frame = new Frame('module', null);
  if (modelLanguageOf(program.language) !== 'javascript') return frame;
  const record: Value = changed(UNKNOWN, { entries: new Map<string, Value>() });
  frame.assign('exports', record, gathering.graph, true);
  frame.assign(
    'module',
    { ...namedValue('module'), entries: new Map([['exports', record]]) },
    gathering.graph,
    true,
  );
  return frame;
}
