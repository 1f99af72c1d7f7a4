import type { PlacedDetection } from '../file-view.ts';
import type { Facts } from '../facts/facts.ts';
import { accountFinds, mayPay } from './accounts.ts';
import { labelFinds } from './labels.ts';
import { labelShifts } from './label-shifts.ts';
import { markedPasses } from './marked-passes.ts';
import { Origins } from './origins.ts';
import { referenceFinds } from './references.ts';
import { scoreFinds, scorerOf } from './scores.ts';
import { unmadeChecks } from './unmade-checks.ts';
import { watchFinds } from './watchers.ts';

/** Words without one of which no function of a file scores anything or labels data. */
const MAY_SCORE =
  /reward|score|grade|grading|\bmarks?\b|points|fitness|verif|judge|check|evaluat|correct|compare|label|outcome|chosen|rejected|better|winner|answer|completion|prompt|question|standard|expected|translation|solution|toxic|\bspam\b|hateful|offensive|harmful|sentiment|verdict/i;

type Find = Omit<PlacedDetection, 'layer'>;

/**
 * Scores, right answers and labels that hang on what they must not hang on.
 * Names: `score-by-surroundings`, `score-by-entry`, `score-by-task`, `score-for-phrase`, `score-for-failure`, `expected-overwritten`,
 * `score-while-unwatched`, `answer-shown`, `labels-altered`; and accounts that take the place of others: `account-by-condition`; and
 * checks that are said to be made and are not: `check-not-made`, or do not hold for what has a mark: `check-passed-by-mark`.
 */
export function tamperingIn(facts: Facts): readonly PlacedDetection[] {
  const texts = facts.layers.map(({ source }) => source.text);
  const scores = texts.some((text) => MAY_SCORE.test(text));
  const pays = texts.some(mayPay);
  const unmade = [...unmadeChecks(facts), ...facts.functions.flatMap(markedPasses)];
  if (facts.functions.length === 0 || !(scores || pays)) return unmade;
  const functions = facts.functions.filter(({ layer }) => layer.language !== 'shell');
  const origins = new Origins(functions);
  const found: PlacedDetection[] = [...unmade];
  for (const fact of functions) {
    const add = (finds: readonly Find[]): void => {
      for (const find of finds) found.push({ ...find, layer: fact.layer });
    };
    if (pays) add(accountFinds(fact, origins));
    if (!scores) continue;
    const scorer = scorerOf(fact);
    add(scoreFinds(scorer, origins));
    add(referenceFinds(scorer, origins));
    add(watchFinds(scorer, origins));
    add(labelFinds(fact, origins));
    add(labelShifts(fact, origins));
  }
  return found;
}
