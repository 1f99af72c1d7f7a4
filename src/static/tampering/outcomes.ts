import type { Expression } from '../../model/program.ts';
import { allParts } from './expressions.ts';

/** What starts a program and waits for it, as it is written. */
const STARTING = /^(?:run|call|check_call|check_output|Popen|create_subprocess_(?:exec|shell))$/;

/** The environment that a program of somebody else is started with: `subprocess.run(words, env=cleaned)`. */
function environmentGiven(part: Expression): Expression | null {
  if (part.kind !== 'call' || part.callee.kind !== 'member') return null;
  const { object, property } = part.callee;
  const isStart = object.kind === 'name' && /^(?:subprocess|asyncio)$/.test(object.name);
  if (!isStart || !STARTING.test(property)) return null;
  return part.args.find(({ name }) => name === 'env')?.value ?? null;
}

/**
 * The parts of an expression that decide on its outcome. A program has the environment of whoever starts it whether or not it is given:
 * that a cleaned copy is handed on makes nothing of what the program answers.
 */
export function partsOfOutcome(expression: Expression): readonly Expression[] {
  const parts = allParts(expression);
  const given = parts.map(environmentGiven).filter((each) => each !== null);
  if (given.length === 0) return parts;
  const left = new Set(given.flatMap(allParts));
  return parts.filter((part) => !left.has(part));
}
