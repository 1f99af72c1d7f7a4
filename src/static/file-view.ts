import type { Capability } from '../model/capability.ts';
import type { Language, Span } from '../model/program.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { foldedText } from '../rules/match/required-words.ts';
import type { CallFact, Facts, Layer, StringFact } from './facts/facts.ts';
import { lastPart } from './facts/names.ts';
import { type Flow, flowsOf } from './flow/flows.ts';
import { hiderOf } from './redaction.ts';
import { ruleLanguagesOf } from './rule-languages.ts';

/** A detector's find, in the layer whose text it looked at. */
export interface PlacedDetection {
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  readonly layer: Layer;
  /** As in {@link Detection}. */
  readonly secret?: string;
}

/** One file as matchers see it: its facts, with the indexes that keep rules from going over all of them. */
export class FileView {
  readonly path: string;
  readonly facts: Facts;
  readonly classes: RuleSet['classes'];
  readonly detections: ReadonlyMap<string, readonly PlacedDetection[]>;
  /** Takes the secrets of the file out of a text that leaves the analysis. */
  readonly hide: (text: string) => string;
  readonly #byCapability = new Map<Capability, CallFact[]>();
  #byName: ReadonlyMap<string, CallFact[]> | null = null;
  #byLastPart: ReadonlyMap<string, CallFact[]> | null = null;
  readonly #languages = new Set<Language>();
  #flows: readonly Flow[] | null = null;
  #foldedText: string | null = null;
  #foldedProse: string | null = null;
  #foldedStrings: string | null = null;
  #foldedSentences: readonly string[] | null = null;
  #importRoots: ReadonlySet<string> | null = null;
  #decodedStrings: readonly StringFact[] | null = null;
  /** {@link CallNames.askedIn} of its calls. */
  readonly #asked: Uint8Array;

  constructor(
    path: string,
    facts: Facts,
    rules: Pick<RuleSet, 'classes' | 'callNames'>,
    detections: readonly PlacedDetection[],
  ) {
    this.path = path;
    this.facts = facts;
    this.classes = rules.classes;
    this.#asked = rules.callNames.askedIn(facts.calls);
    const byName = new Map<string, PlacedDetection[]>();
    for (const detection of detections) add(byName, detection.name, detection);
    this.detections = byName;
    this.hide = hiderOf(detections.flatMap(({ secret }) => secret ?? []));
    for (const layer of facts.layers)
      for (const language of ruleLanguagesOf(layer.language)) this.#languages.add(language);
    let language: Language | null = null;
    for (const call of facts.calls) {
      if (call.language !== language) this.#languages.add((language = call.language));
      if (call.api !== null)
        for (const capability of call.api.capabilities ?? []) add(this.#byCapability, capability, call);
    }
  }

  /** False when no text of the file is in a language that the rule is for; members of a rule may be in any of them. */
  hasLanguageOf(languages: readonly Language[]): boolean {
    return languages.length === 0 || languages.some((language) => this.#languages.has(language));
  }

  /** The file's whole text. */
  get text(): string {
    return this.facts.layers[0]?.source.text ?? '';
  }

  /** The file's text in the form in which required words are looked for. */
  get foldedText(): string {
    this.#foldedText ??= foldedText(this.text);
    return this.#foldedText;
  }

  /** All sentences, in the same form. */
  get foldedProse(): string {
    this.#foldedProse ??= this.foldedSentences.join('\n');
    return this.#foldedProse;
  }

  /** Each sentence, in the same form. */
  get foldedSentences(): readonly string[] {
    this.#foldedSentences ??= this.facts.sentences.map(({ sentence }) => foldedText(sentence.text));
    return this.#foldedSentences;
  }

  /** All texts that the code holds, in the same form. */
  get foldedStrings(): string {
    this.#foldedStrings ??= foldedText(this.facts.strings.map(({ text }) => text).join('\n'));
    return this.#foldedStrings;
  }

  /** What the modules that it imports begin with: `os` of `os.path`. */
  get importRoots(): ReadonlySet<string> {
    this.#importRoots ??= new Set(this.facts.imports.map(({ module }) => module.split('.', 1)[0] ?? ''));
    return this.#importRoots;
  }

  /** Texts that hide another one, or that a decoder gave. */
  get decodedStrings(): readonly StringFact[] {
    this.#decodedStrings ??= this.facts.strings.filter(
      ({ hidden, origin }) => hidden !== undefined || origin === 'decoded',
    );
    return this.#decodedStrings;
  }

  /** False when no call has a name that a matcher of calls asks for, by {@link CallNames.enter}. */
  asksFor(matcher: number): boolean {
    return this.#asked[matcher] === 1;
  }

  /** Flows that end in this file, wherever they come from. */
  get flows(): readonly Flow[] {
    if (this.#flows === null) {
      const own = new Set(this.facts.layers);
      this.#flows = flowsOf(this.facts.graph).filter(({ sink }) => own.has(sink.layer));
    }
    return this.#flows;
  }

  callsWith(capability: Capability): readonly CallFact[] {
    return this.#byCapability.get(capability) ?? [];
  }

  callsNamed(name: string): readonly CallFact[] {
    this.#byName ??= callsBy(this.facts.calls, (call) => call.name);
    return this.#byName.get(name) ?? [];
  }

  /** Calls whose name ends in a part; `*` gives every named call. */
  callsEndingIn(part: string): readonly CallFact[] {
    if (part === '*') return this.facts.calls;
    this.#byLastPart ??= callsBy(this.facts.calls, (call) => lastPart(call.name));
    return this.#byLastPart.get(part) ?? [];
  }
}

/** Calls that have a name, by it or by a part of it. */
function callsBy(calls: readonly CallFact[], keyOf: (call: CallFact) => string): Map<string, CallFact[]> {
  const found = new Map<string, CallFact[]>();
  for (const call of calls) if (call.name !== '') add(found, keyOf(call), call);
  return found;
}

function add<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
