import type { Program } from '../../../model/program.ts';
import type { Layer } from '../facts.ts';
import type { Gathering } from '../gathering.ts';
import { modelLanguageOf } from '../names.ts';
import type { ProgramInterface } from '../programs/program-interface.ts';
import type { Frame } from './frame.ts';
import { walkOnCall, walkWaiting } from './function-bodies.ts';
import { sharedVariables } from './shared-variables.ts';
import { walkStatements } from './statements.ts';
import { takeWaitingTurns } from './turns.ts';
import { Walk } from './walk.ts';

/**
 * Walks what of a program stands outside functions.
 * @param inside what it was found in
 * @param own what others give it and take of it
 * @returns null for what is no program
 */
export function beginProgram(
  gathering: Gathering,
  program: Program,
  layer: Layer,
  inside: ConstructorParameters<typeof Walk>[3],
  frame: Frame,
  own?: ProgramInterface,
): Walk | null {
  const language = modelLanguageOf(program.language);
  if (language === null) return null;
  for (const [name, value] of inside?.holes ?? []) frame.assign(name, value, gathering.graph, true);
  const walk = new Walk(gathering, layer, language, inside, frame, own);
  walk.shared = sharedVariables(program, layer.source.text);
  gathering.walks.set(layer, walk);
  walkOnCall(walk);
  walkStatements(walk, program.body);
  return walk;
}

/** Walks the bodies of a program's functions, and then what single calls of them give. */
export function endProgram(walk: Walk): void {
  walkWaiting(walk);
  takeWaitingTurns(walk);
}

/** Walks a whole program; arguments as for {@link beginProgram}. */
export function walkProgram(...given: Parameters<typeof beginProgram>): void {
  const walk = beginProgram(...given);
  if (walk !== null) endProgram(walk);
}
