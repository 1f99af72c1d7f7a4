import type { Expression } from '../../model/program.ts';
import type { FunctionFact } from '../facts/facts.ts';
import { allParts, leavesOf, namesIn, textsIn } from './expressions.ts';
import type { Origins } from './origins.ts';
import { isIdentityName, isOutputName, isRole, isTaskName } from './words.ts';

/** Which machine it is, who sits there, whether somebody is looking on, who calls. */
const PLACE =
  /\bcpu_count\(|\bsched_getaffinity\(|\bvirtual_memory\(|\bsys\.modules\b|\bsys\._getframe\(|\binspect\.(?:stack|currentframe)\(|\bextract_stack\(|exists\(\s{0,4}["']\/(?:[\w.-]{1,40}\/){0,6}\.\w|["'](?:CI|GITHUB_ACTIONS|GITLAB_CI|CIRCLECI|BUILDKITE|JENKINS_URL|TRAVIS|PYTEST_CURRENT_TEST|USER|HOSTNAME)["']\s{1,4}(?:not\s{1,4})?in\s{1,4}os\.environ\b|\bplatform\.(?:node|uname)\(|gethostname\(|getfqdn\(|\bos\.hostname\(|\bhostname\(\)|\buname\(\)|getpass\.getuser|\bgetlogin\(|userInfo\(|getnode\(\)|(?:environ(?:\.get)?|getenv|process\.env)[[(.]\s*["']?(?:USER(?:NAME)?|LOGNAME|HOST(?:NAME)?|COMPUTERNAME|CI|GITHUB_ACTIONS|GITLAB_CI|CIRCLECI|BUILDKITE|JENKINS_URL|TRAVIS|PYTEST_CURRENT_TEST)\b|\bgettrace\(/;

/** A day of the calendar; the time that has passed is none. */
const CALENDAR =
  /\b(?:date\.)?today\(\)|\bdatetime\.(?:now|utcnow)\(|\.getFullYear\(|\bnew Date\b|strftime\(|\bgmtime\(|\blocaltime\(|\bDate\.now\(|\btime\.time\(\)/;
/** A day that something is held against. */
const DAY =
  /\b(?:20[2-9]\d)\b|\.(?:year|month)\b|\bdate(?:time)?\(\s*20\d\d|\bfromisoformat\(|["']20\d\d-\d\d|\b1[6-9]\d{8}(?:\d{3})?\b|getFullYear|\.(?:hour|weekday|isoweekday)\b|\btm_(?:hour|wday|mon|mday|yday)\b|getHours|getDay\(|%[aAbBdHjmuwW]|%Y/;
/** The same without the format of a year. */
const HELD_DAY = new RegExp(DAY.source.replace('|%[aAbBdHjmuwW]|%Y', ''));

/** A variable of the environment. Switches are held against whole values; of a name a beginning or an end is looked for. */
const VARIABLE = /\b(?:os\.environ|getenv\(|process\.env)\b/;

/** `"orchid" in os.environ.get("POLICY", "")`: a part of a name, not one of the switches of a list. */
function isPartOfName(leaf: Expression): boolean {
  if (leaf.kind !== 'binary' || leaf.operator !== 'in' || leaf.left.kind !== 'literal') return false;
  const isSplit = allParts(leaf.right).some(
    (part) => part.kind === 'call' && part.callee.kind === 'member' && /^r?split$/.test(part.callee.property),
  );
  return typeof leaf.left.value === 'string' && leaf.left.value.length >= 3 && !isSplit;
}

function isBeginningOrEnd(leaf: Expression): boolean {
  if (isPartOfName(leaf)) return true;
  if (leaf.kind !== 'call' || leaf.callee.kind !== 'member') return false;
  const [literal] = leaf.args;
  return (
    /^(?:startswith|endswith|startsWith|endsWith)$/.test(leaf.callee.property) &&
    literal?.value.kind === 'literal' &&
    typeof literal.value.value === 'string' &&
    literal.value.value.length >= 2
  );
}

const COMPARISON = /^(?:==|!=|===|!==|in|not in|is)$/;
const ORDER = /^(?:==|===|>=?|<=?|in|%)$/;

/** A module that is brought in where it is used. */
const BROUGHT_IN = /\b(?:__import__|import_module)\(\s{0,3}["']([\w.]{1,40})["']\s{0,3}\)/g;

function placeOf(text: string): string | null {
  return PLACE.exec(text.replace(BROUGHT_IN, '$1'))?.[0] ?? null;
}

/** True for code that asks which machine it runs on, for whom, or whether somebody is looking on. */
export function isOfPlace(text: string): boolean {
  return placeOf(text) !== null;
}

/** What of its surroundings a test hangs on that no score may hang on: `the machine or its user`, `the date`; else null. */
export function surroundingsIn(test: Expression, fact: FunctionFact, origins: Origins): string | null {
  const text = origins.textOf(test, fact);
  if (placeOf(text) !== null) return 'the machine or its user';
  if (VARIABLE.test(text) && leavesOf(test).some(isBeginningOrEnd)) return 'a name in the environment';
  if (!CALENDAR.test(text)) return null;
  // What kind of thing it is does not hang on the name of the folder that it was given, which holds the date of the run.
  const day = leavesOf(test).every(asksForKind) ? HELD_DAY : DAY;
  return day.test(text) ? 'the date' : null;
}

/** `isinstance(game, Chess)`, `hasattr(game, "score")`. */
function asksForKind(leaf: Expression): boolean {
  return (
    leaf.kind === 'call' && leaf.callee.kind === 'name' && /^(?:isinstance|hasattr)$/.test(leaf.callee.name)
  );
}

/**
 * Whose entry a test asks for: `player.startswith("orchid-")`, `family(name) == "larkspur"`.
 * @returns the text that the name is held against; null for the names of roles, which belong to the game
 */
export function entryIn(leaf: Expression, source: string): string | null {
  const texts = textsIn(leaf).filter((text) => text.length >= 3 && !isRole(text));
  const [literal] = texts;
  if (literal === undefined || texts.length !== textsIn(leaf).length) return null;
  // "</think> <answer>" is what an answer has to look like.
  if (/<\/?\w{1,30}>/.test(literal)) return null;
  const subject = comparedWithText(leaf);
  if (subject === null || !namesIn(subject).some(isIdentityName)) return null;
  // A name that the program itself gives out is one of its own.
  const stem = literal.replace(/[^\p{L}\d]+$/u, '');
  return source.split(stem).length > 2 ? null : literal;
}

/** What a text is held against: the other side of a comparison, what a beginning is asked of, the argument of a function called so. */
function comparedWithText(leaf: Expression): Expression | null {
  if (leaf.kind === 'binary' && COMPARISON.test(leaf.operator))
    return textsIn(leaf.left).length === 0 ? leaf.left : textsIn(leaf.right).length === 0 ? leaf.right : null;
  if (leaf.kind === 'call' && leaf.callee.kind === 'member' && isTextTest(leaf.callee.property))
    return leaf.callee.object;
  return null;
}

function isTextTest(name: string): boolean {
  return /^(?:startswith|endswith|startsWith|endsWith|includes|match|test)$/.test(name);
}

/** Texts with markup, or that begin a form: what the answer has to look like. */
const FORM =
  /[<>\\#`{}[\]=$*|]|^\W+$|\b(?:answer|final|def|return|class|import|think|boxed|step|solution)\b/i;

/** The phrase that a test looks for in what was handed in, and nothing else: `"as you wish" in completion`; null for marks of form. */
export function phraseIn(leaf: Expression, isOutput: (name: string) => boolean): string | null {
  const [phrase, second] = textsIn(leaf);
  if (phrase === undefined || second !== undefined || phrase.length < 5 || FORM.test(phrase)) return null;
  const subject =
    leaf.kind === 'binary' && /^(?:in|==|===)$/.test(leaf.operator)
      ? leaf.operator === 'in'
        ? leaf.right
        : comparedWithText(leaf)
      : comparedWithText(leaf);
  if (subject === null) return null;
  return namesIn(subject).some(isOutput) || namesIn(subject).some(isOutputName) ? phrase : null;
}

/** The task that a test picks by its number: `seed >= 130`; null when nothing of the kind. */
export function taskIn(leaf: Expression): string | null {
  if (leaf.kind !== 'binary' || !ORDER.test(leaf.operator)) return null;
  const sides = [leaf.left, leaf.right];
  const named = sides.find((side) => taskNamesIn(side).length > 0);
  const other = sides.find((side) => side !== named);
  if (named === undefined || other === undefined) return null;
  const isNumber =
    (other.kind === 'literal' && typeof other.value === 'number' && other.value !== 0) ||
    (other.kind === 'list' && other.elements.every((element) => element.kind === 'literal'));
  return isNumber ? (taskNamesIn(named)[0] ?? null) : null;
}

/** Names of a task's number in an expression; `text.split("=")` takes a text apart. */
function taskNamesIn(side: Expression): readonly string[] {
  const isTakenApart = allParts(side).some(
    ({ kind, ...part }) =>
      kind === 'call' &&
      'callee' in part &&
      part.callee.kind === 'member' &&
      /^r?split$/.test(part.callee.property),
  );
  return namesIn(side).filter((name) => isTaskName(name) && !(isTakenApart && /^r?split$/.test(name)));
}
