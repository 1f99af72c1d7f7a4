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

/** How a sentence keeps something from the user. */
export interface Kept {
  readonly silences: readonly Silence[];
  /** The words by which it does so. */
  readonly phrases: readonly string[];
}

/** How a sentence keeps something from the user: most do not. */
export function silencesIn(text: string): Kept {
  const words = new Set(text.toLowerCase().match(/[a-z]+/g));
  phrases ??= WORDINGS.map(([silence, wordings]) => [silence, wordings.map((each) => new Phrase(each))]);
  const found = phrases.flatMap(([silence, all]) => {
    const phrase = firstOf(all, text, words);
    return phrase === null ? [] : [{ silence, phrase }];
  });
  return { silences: found.map(({ silence }) => silence), phrases: found.map(({ phrase }) => phrase) };
}

/** What is to be said of a check, made or not. */
const VOUCHED =
  /\b(?:state|say|report|write|note|answer|record|reply|add|confirm|tell (?:them|\w+ \w+)) (?:\w+ )?that\b[^.;:]{0,60}\b(?:were|was|are|is|ha(?:s|ve) been) (?:\w+ ){0,2}(?:audited|reviewed|checked|verified|inspected|scanned|vetted|cleared|harmless|safe|clean)\b/i;

/** True where something counts as approved, checked or done, or is to be said to be. */
export function takesAsSettled(text: string): boolean {
  return TAKEN.test(text) || VOUCHED.test(text);
}

/** "Never … without asking", "once the user has approved": the opposite of a silence. */
const ASKS_FIRST =
  /\b(?:never|not|n['’]t|nothing|cannot|no \w+)\b(?:[^.;:]|\.\w){0,80}\b(?:without|until|unless|before|in silence)\b|\b(?:never|nothing|nobody|no one)\b[^.;:,]{0,60}\b(?:did|ha(?:s|ve|d))(?: not|n['’]t)\b|\b(?:unless|until|once|after|before|if|when|whether|only)\b[^,;.:]{0,60}\b(?:agree\w*|approv\w*|confirm\w*|consent\w*|asks?|asked|permission|yes)\b|\bask (?:the user|them|first|whether|before|for)\b/i;

/** True for what asks the user, or forbids what was not asked for. */
export function asksFirst(text: string): boolean {
  return ASKS_FIRST.test(text);
}

/** "When the editor says …", "if the guest wants it". */
const REQUESTED =
  /\b(?:when(?:ever)?|once|if|after|as soon as)\b(?: [\w'’]+){1,4} (?:says?|said|tells?|told|wants?|wishes|types?|writes?|requests?|orders?|calls? for)\b/i;

/** True for what is done at somebody's word: they need not be asked again. */
export function isRequested(text: string): boolean {
  return REQUESTED.test(text);
}

/** "Look for …", "flag …": what is searched for is done by others. */
const INSPECTS =
  /^\W{0,4}(?:(?:look|check|watch|search|scan|test)(?:ing)? (?:out )?(?:for|whether|that|if)|flag|identify|detect|spot|beware of)\b/i;

/** True for an order to search for something. */
export function inspects(text: string): boolean {
  return INSPECTS.test(text);
}
