import type { Steps } from '../frontends/steps.ts';
import { settleInputs } from '../flow/settle-inputs.ts';
import { settleWrites } from '../flow/settle-writes.ts';
import type { Facts } from './facts.ts';
import { FileWalker } from './file-walker.ts';
import { Gathering, type WalkKnowledge } from './gathering.ts';
import { labelAnswers } from './scopes/answers.ts';
import { labelParameters } from './scopes/parameter-sources.ts';
import { type FactsInput, readText, type ReadText } from './texts/read-text.ts';
import { spreadScopes } from './scopes/spread-scopes.ts';
import { settleKeyReads } from './walk/environment-entries.ts';

/**
 * Works out everything that the rules look at in files that are looked at together: their own programs, the fragments in them, and
 * code in their constant texts. Values flow from one into the other through imports and through files that they name; the flow graph
 * is one for all.
 * @returns the facts of each file, in the order given
 */
export function* gatherFacts(
  inputs: readonly FactsInput[],
  knowledge: WalkKnowledge,
): Steps<readonly Facts[]> {
  const reads: { input: FactsInput; read: ReadText }[] = [];
  for (const input of inputs) reads.push({ input, read: yield* readText(input) });
  const gathering = new Gathering(knowledge);
  const walker = new FileWalker(gathering, reads);
  yield* walker.walkAll();
  yield* walker.runArrived();
  walker.connectPrograms();
  settleInputs(gathering.graph);
  settleWrites(gathering);
  walker.markRegistered();
  walker.markEntries();
  spreadScopes(gathering.functions);
  settleKeyReads(gathering.functions);
  labelParameters(gathering);
  labelAnswers(gathering);
  return walker.facts();
}
