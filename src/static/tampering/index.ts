import type { PlacedDetection } from '../file-view.ts';
import type { Facts } from '../facts/facts.ts';
import { accountFinds, MAY_PAY } from './accounts.ts';
import { labelFinds } from './labels.ts';
import { Origins } from './origins.ts';
import { referenceFinds } from './references.ts';
import { scoreFinds, scorerOf } from './scores.ts';
import { unmadeChecks } from './unmade-checks.ts';

/** Words without one of which no function of a file scores anything or labels data. */
const MAY_SCORE =
  /reward|score|grade|grading|\bmarks?\b|points|fitness|verif|judge|check|evaluat|correct|compare|label|outcome|chosen|rejected|better|winner|answer|completion|prompt|question|standard|expected|translation|solution/i;

type Find = Omit<PlacedDetection, 'layer'>;

/**
 * Scores, right answers and labels that hang on what they must not hang on.
 * Names: `score-by-surroundings`, `score-by-entry`, `score-by-task`, `score-for-phrase`, `score-for-failure`, `expected-overwritten`,
 * `answer-shown`, `labels-altered`; and accounts that take the place of others: `account-by-condition`; and
 * checks that are said to be made and are not: `check-not-made`.
 */
export function tamperingIn(facts: Facts): readonly PlacedDetection[] {
  const holds = (words: RegExp): boolean => facts.layers.some(({ source }) => words.test(source.text));
  const [mayScore, mayPay] = [holds(MAY_SCORE), holds(MAY_PAY)];
  const unmade = unmadeChecks(facts);
  if (facts.functions.length === 0 || !(mayScore || mayPay)) return unmade;
  const functions = facts.functions.filter(({ layer }) => layer.language !== 'shell');
  const origins = new Origins(functions);
  const found: PlacedDetection[] = [...unmade];
  for (const fact of functions) {
    const add = (finds: readonly Find[]): void => {
      for (const find of finds) found.push({ ...find, layer: fact.layer });
    };
    if (mayPay) add(accountFinds(fact, origins));
    if (!mayScore) continue;
    const scorer = scorerOf(fact);
    add(scoreFinds(scorer, origins));
    add(referenceFinds(scorer, origins));
    add(labelFinds(fact, origins));
  }
  return found;
}
