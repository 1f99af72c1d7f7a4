import type { Language } from '../../src/model/program.ts';
import { prepareRules } from '../../src/rules/rule-set.ts';
import type { Facts } from '../../src/static/facts/facts.ts';
import { gatherFacts } from '../../src/static/facts/gather.ts';
import { finish } from '../../src/static/frontends/steps.ts';
import type { WalkKnowledge } from '../../src/static/facts/gathering.ts';
import { testKnowledge } from './knowledge.ts';

let knowledge: WalkKnowledge | undefined;

/** The facts of one text, with the test rules' knowledge unless told otherwise. */
export async function factsOf(
  text: string,
  language: Language = 'python',
  path = 'a',
  known: WalkKnowledge = (knowledge ??= prepareRules(testKnowledge())),
): Promise<Facts> {
  const [facts] = await finish(gatherFacts([{ text, language, path }], known));
  if (facts === undefined) throw new Error('no facts');
  return facts;
}
