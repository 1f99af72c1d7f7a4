import type { Silence } from './kinds.ts';
import { WORDINGS, type Wording } from './wordings.ts';

/** What nobody looked at counts as settled. */
const TAKEN =
  /\b(?:count|counts|is|are|be|taken|treat|treated|stands?|regard|regarded|consider|considered|understood|assume|assumed|deem|deemed|pass|passes|take|accept|accepted|hold|wave|waved|mark|marked|set|give|report|enter|record|put)\b(?: (?:it|this|that|them|these|those|(?:the|a|an|any|every|such|all|its|their) \w+(?: \w+)?))? (?:as|for|to be|to|through as|down as) ["']?(?:an? |the |their |his |full |already |having been )*(?:yes|consent|approval|approved|agreed|agreement|permission|confirmed|given|accepted|granted|settled|signed off|authori[sz]ed|cleared|checked|verified|trusted|genuine|vetted|repaired|fixed|passed|green|done|ready to pay|paid|reviewed|tested|complete|solved|correct|read)\b/i;

/** A wording, compiled when a sentence first holds one of its words: all of them together take V8 a tenth of a second. */
class Phrase {
  readonly #needs: readonly string[];
  readonly #source: string;
  #pattern: RegExp | null = null;

  constructor([needs, source]: Wording) {
    this.#needs = needs.split(' ');
    this.#source = source;
  }

  find(text: string, words: ReadonlySet<string>): RegExpExecArray | null {
    if (!this.#needs.some((word) => words.has(word))) return null;
    return (this.#pattern ??= new RegExp(this.#source, 'i')).exec(text);
  }
}

let phrases: readonly (readonly [Silence, readonly Phrase[]])[] | null = null;

/** The first place in a sentence where one of the phrases stands. */
function firstOf(all: readonly Phrase[], text: string, words: ReadonlySet<string>): string | null {
  let first: RegExpExecArray | null = null;
  for (const phrase of all) {
    const found = phrase.find(text, words);
    if (found !== null && (first === null || found.index < first.index)) first = found;
  }
  return first?.[0] ?? null;
}

/** How a sentence keeps something from the user, and what else it says. */
export interface Kept {
  readonly silences: readonly Silence[];
  /** The sentence without the words that keep quiet: they are no deed of their own. */
  readonly rest: string;
}

const NOTHING_KEPT: readonly Silence[] = [];

/** How a sentence keeps something from the user: most do not. */
export function silencesIn(text: string): Kept {
  if (namesCode(text)) return { silences: NOTHING_KEPT, rest: text };
  let rest = text;
  const words = new Set(text.toLowerCase().match(/[a-z]+/g));
  phrases ??= WORDINGS.map(([silence, wordings]) => [silence, wordings.map((each) => new Phrase(each))]);
  const silences = phrases.flatMap(([silence, all]) => {
    const found = firstOf(all, text, words);
    if (found === null) return [];
    rest = rest.replace(found, ' ; ');
    return [silence];
  });
  return { silences, rest };
}

/** True for what speaks of code. */
export function namesCode(text: string): boolean {
  return NAMES_CODE.test(text.replace(ADDRESS, ' '));
}

/** A name in code: what programs do without a word is no silence. */
const NAMES_CODE = /[a-z][A-Z]|\w_\w|\w\(|[{}=<>|]| --?\w/;
const ADDRESS = /https?:\/\/\S+|[\w.+-]+@[\w.-]+|\/[\w./-]+/g;

/** True where something counts as approved, checked or done. */
export function takesAsSettled(text: string): boolean {
  return TAKEN.test(text);
}

/** "Never … without asking", "once the user has approved": the opposite of a silence. */
const ASKS_FIRST =
  /\b(?:never|not|n['’]t|nothing|cannot|no \w+)\b(?:[^.;:]|\.\w){0,80}\b(?:without|until|unless|before|in silence)\b|\b(?:unless|until|once|after|before|if|when|whether|only)\b[^,;.:]{0,60}\b(?:agree\w*|approv\w*|confirm\w*|consent\w*|asks?|asked|permission|yes)\b|\bask (?:the user|them|first|whether|before|for)\b/i;

/** True for what asks the user, or forbids what was not asked for. */
export function asksFirst(text: string): boolean {
  return ASKS_FIRST.test(text);
}
