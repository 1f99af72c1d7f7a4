/** Words of a name, lower-cased: `finalScore`, `final_score` and `FINAL_SCORE` are `final`, `score`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 80)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** Sets of words by which names are told apart, as far as they are made below: a bit each. */
const sets: ReadonlySet<string>[] = [];

/** So many names are remembered with the sets that they belong to: a file asks for the same few again and again. */
const REMEMBERED = 4_096;

const remembered = new Map<string, number>();

/** A bit for each of {@link sets} that a word of a name belongs to. */
function membershipOf(name: string): number {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  let bits = 0;
  for (const word of wordsOf(name)) {
    sets.forEach((set, bit) => {
      if (set.has(word)) bits |= 1 << bit;
    });
  }
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(name, bits);
  return bits;
}

function has(words: ReadonlySet<string>): (name: string) => boolean {
  const bit = 1 << (sets.push(words) - 1);
  return (name) => (membershipOf(name) & bit) !== 0;
}

/** What an agent is given for what it did, or a benchmark says of it. */
export const isScoreName = has(
  new Set(
    'reward rewards score scores scored grade grades points mark marks fitness accuracy passed solved'.split(
      ' ',
    ),
  ),
);

/** The same where something is being scored anyway. */
export const isResultName = has(
  new Set('mean total result results ratio share correct success verdict value'.split(' ')),
);

/** Functions that score. */
export const isScoringName = has(
  new Set(
    (
      'reward rewards score scores scorer scoring grade grader grading mark marks verify verifier judge check checker evaluate ' +
      'evaluation fitness points correctness compare'
    ).split(' '),
  ),
);

/** The more the worse. */
export const isCostName = has(new Set('loss cost penalty distance error errors regret risk'.split(' ')));

const speaksOfOutput = has(
  new Set(
    (
      'completion completions response responses output outputs prediction predictions pred submission submitted generated ' +
      'generation reply said got candidate transcript produced actual'
    ).split(' '),
  ),
);

/** How or where something is put out, rather than what: `output_format`, `responseType`, `output_dir`. */
const SAYS_HOW = /(?:formats?|modes?|styles?|types?|dir|directory|folder|encoding|indent|width|schema)$/i;

/** What an agent handed in. */
export function isOutputName(name: string): boolean {
  return speaksOfOutput(name) && !SAYS_HOW.test(name);
}

/** What it is held against. */
export const isReferenceName = has(
  new Set('expected reference truth gold golden wanted target solution groundtruth'.split(' ')),
);

/** The same where something else is what was handed in. */
export const isAnswerName = has(new Set('answer answers key label tests expected_output'.split(' ')));

/** What data says of a row, and what a model is to learn from it. */
export const isLabelName = has(
  new Set(
    (
      'label labels outcome y target class chosen rejected preferred better worse winner answer response completion standard ' +
      'translation output'
    ).split(' '),
  ),
);

/** Who is being scored. */
export const isIdentityName = has(
  new Set(
    (
      'player agent model policy author team submitter vendor provider user username owner family entrant contestant competitor ' +
      'company org organisation organization participant'
    ).split(' '),
  ),
);

/** Which task it is. */
export const isTaskName = has(new Set('seed seeds split uid'.split(' ')));

/** Roles in a game, and runs that are no entry of anybody: conditions on these are the game's rules. */
const ROLE =
  /^(?:agent|player|adversary|good|bad|speaker|listener|leader|follower|predator|prey|pursuer|evader|first|second|third|black|white|red|blue|green|left|right|north|south|east|west|attacker|defender|hider|seeker|buyer|seller|human|random|baseline|oracle|expert|dummy|default|none|null|test|all|user|assistant|system|tool|dealer|opponent|self|unknown|bot|ally|enemy|x|o|w|b|p\d?|[a-z]?\d*)(?:[-_ ]?\d*)$/i;

/** True for the name of a role rather than of somebody. */
export function isRole(text: string): boolean {
  return ROLE.test(text.trim().replace(/[-_/ ]+$/, ''));
}
