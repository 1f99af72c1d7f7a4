import { GUARANTEES, type Guarantee, type Guarantees, type Proof } from '../../model/observation.ts';
import type { Backend } from '../backend.ts';
import { CHECKS, type Catalogue } from './catalogue.ts';

/**
 * What came of trying something. Moot: there is nothing to attack here (32-bit calls on arm64). Untried: there is, and it could not be
 * attempted, which proves nothing.
 */
export type CheckOutcome = 'held' | 'broken' | 'untried' | 'moot';

/** One thing that was tried, and whether the sandbox held. */
export interface Check {
  readonly guarantee: Guarantee;
  /** One of {@link CHECKS}. */
  readonly name: string;
  readonly outcome: CheckOutcome;
  /** What got through, or why it was not tried; empty when it held. */
  readonly note: string;
}

/** A check whose answer is known here, outside the sandbox. */
export function check(guarantee: Guarantee, name: string, held: boolean, note = ''): Check {
  return { guarantee, name, outcome: held ? 'held' : 'broken', note: held ? '' : note };
}

const ANSWER = /^(held|broken|untried|moot)(?:: (.*))?$/s;

/**
 * Reads what the probe says (`{"network: UDP": "held"}`). What has no name of {@link CHECKS} or no known outcome is no answer.
 */
export function checksIn(answers: Readonly<Record<string, unknown>>, catalogue: Catalogue = CHECKS): Check[] {
  return Object.entries(answers).flatMap(([key, value]) => {
    const [guarantee = '', ...rest] = key.split(': ');
    const name = rest.join(': ');
    const match = typeof value === 'string' ? ANSWER.exec(value) : null;
    const isKnown = isGuarantee(guarantee) && catalogue[guarantee].includes(name);
    if (!isKnown || match === null) return [];
    return [{ guarantee, name, outcome: match[1] as CheckOutcome, note: match[2] ?? '' }];
  });
}

function isGuarantee(text: string): text is Guarantee {
  return (GUARANTEES as readonly string[]).includes(text);
}

/**
 * What the checks amount to, by the catalogue that was tried. A guarantee is proven when every one of its checks was answered, none was broken or untried, and at least
 * one held; it is absent where the backend does not offer it.
 */
export function judge(
  offers: Backend['offers'],
  checks: readonly Check[],
  catalogue: Catalogue = CHECKS,
): Guarantees {
  return Object.fromEntries(
    GUARANTEES.map((name) => [name, judgeOne(name, offers, checks, catalogue)]),
  ) as Record<Guarantee, Proof>;
}

function judgeOne(
  guarantee: Guarantee,
  offers: Backend['offers'],
  checks: readonly Check[],
  catalogue: Catalogue,
): Proof {
  if (offers[guarantee] === 'absent') return 'absent';
  const answers = catalogue[guarantee].map((name) => outcomeOf(guarantee, name, checks));
  const isSound = answers.every((outcome) => outcome === 'held' || outcome === 'moot');
  return isSound && answers.includes('held') ? 'proven' : 'unproven';
}

/** Several answers under one name count as the worst of them. */
function outcomeOf(guarantee: Guarantee, name: string, checks: readonly Check[]): CheckOutcome {
  const outcomes = checks
    .filter((each) => each.guarantee === guarantee && each.name === name)
    .map(({ outcome }) => outcome);
  if (outcomes.length === 0) return 'untried';
  const worst = (['broken', 'untried', 'held'] as const).find((each) => outcomes.includes(each));
  return worst ?? 'moot';
}

/** One line for everything that broke, or that could not be tried though the backend offers it. */
export function shortfalls(
  offers: Backend['offers'],
  checks: readonly Check[],
  catalogue: Catalogue = CHECKS,
): string[] {
  const offered = GUARANTEES.filter((guarantee) => offers[guarantee] !== 'absent');
  const lines = offered.flatMap((guarantee) =>
    catalogue[guarantee].flatMap((name) => {
      const outcome = outcomeOf(guarantee, name, checks);
      if (outcome === 'held' || outcome === 'moot') return [];
      const said = checks.find(
        (each) => each.guarantee === guarantee && each.name === name && each.note !== '',
      );
      const what = outcome === 'broken' ? 'did not hold' : 'could not be tried';
      return [`${what}: ${guarantee}: ${name}${said === undefined ? '' : ` (${said.note})`}`];
    }),
  );
  return lines.sort();
}

/** One line for each attack that got through where nothing is promised: worth knowing where what stands there is still meant to hold. */
export function breaches(offers: Backend['offers'], checks: readonly Check[]): string[] {
  const broken = checks.filter(
    ({ guarantee, outcome }) => offers[guarantee] === 'absent' && outcome === 'broken',
  );
  return broken
    .map(({ guarantee, name, note }) => `got through, and is not offered: ${guarantee}: ${name} (${note})`)
    .sort();
}
