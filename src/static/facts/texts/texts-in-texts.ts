import type { ParsedText } from '../../../model/program.ts';
import type { Steps } from '../../frontends/steps.ts';
import { sentencesOf } from '../../prose/index.ts';
import { fixedText } from '../../source-text.ts';
import { parametersOf } from '../calls/made-functions.ts';
import type { Layer } from '../facts.ts';
import type { Gathering, InnerCode } from '../gathering.ts';
import { Frame } from '../walk/frame.ts';
import { walkProgram } from '../walk/programs.ts';
import { type LayerOwners, mayRaise, type WalkedFile } from '../walked-file.ts';
import { type HiddenLayer, HiddenTexts } from './hidden-texts.ts';
import { agentProse, parseText } from './read-text.ts';

/** How many scripts of one hidden page are followed. */
const MAX_HIDDEN_FRAGMENTS = 200;
/** Walks what stands in texts of texts: code that calls are given, and what constants hide. */
export class TextsInTexts {
  readonly #gathering: Gathering;
  readonly #owners: LayerOwners;
  readonly #hidden: HiddenTexts;
  /** Inner texts up to here have been gone through. */
  #innerSeen = 0;

  constructor(gathering: Gathering, owners: LayerOwners) {
    this.#gathering = gathering;
    this.#owners = owners;
    this.#hidden = new HiddenTexts(gathering);
  }

  /** Settings may hide texts too. */
  addSettings(settings: Parameters<HiddenTexts['addSettings']>[0]): void {
    this.#hidden.addSettings(settings);
  }

  /** Code in constant texts, and what texts hide; either may hold more. */
  *walkAll(): Steps<void> {
    const { innerCode } = this.#gathering;
    for (let found = this.#hidden.next(); ; found = this.#hidden.next()) {
      for (; this.#innerSeen < innerCode.length; this.#innerSeen++)
        yield* this.#walkInner(innerCode[this.#innerSeen]!);
      for (const each of found) yield* this.#walkHidden(each);
      if (found.length === 0 && this.#innerSeen === innerCode.length) return;
    }
  }

  /** Parses a text that was found in another one. */
  *#parse(file: WalkedFile, layer: Layer): Steps<ParsedText | null> {
    const gathering = this.#gathering;
    gathering.file = file.notes;
    this.#owners.add(file, layer);
    gathering.mayRaise ||= mayRaise(layer);
    const parsed = yield* parseText(layer.source.text, layer.language, file.path);
    // A text that is no code gives its interpreter nothing to run either; only one that could not be read at all is missing. Bytes
    // that begin like a pickle and break off before the first import or call are a digest or a key.
    if (parsed?.status === 'unparsed' && (layer.language !== 'pickle' || parsed.isCutOff === true))
      gathering.miss({ reason: `code in a text: ${parsed.problem ?? 'not understood'}`, blocking: true });
    return parsed;
  }

  *#walkInner(inner: InnerCode): Steps<void> {
    const file = this.#owners.of(inner.layer);
    if (file === undefined) return;
    file.innerTexts.add(inner.text);
    const layer: Layer = {
      language: inner.language,
      source: inner.isDecoded
        ? this.#hidden.decodedSource(inner.layer, inner.text, inner.span)
        : fixedText(inner.layer.source, inner.text, inner.span),
      scope: inner.scope,
    };
    const parsed = yield* this.#parse(file, layer);
    if (parsed === null || parsed.program === null) return;
    const frame = new Frame('module', inner.frame);
    if (inner.isBody && inner.function !== null)
      parametersOf(inner.function).forEach((value, name) => {
        frame.assign(name, value, this.#gathering.graph, true);
      });
    walkProgram(this.#gathering, parsed.program, layer, inner, frame);
  }

  /** Code is walked as if it stood where its encoding stands. */
  *#walkHidden({ found, outer, layer, function: owner }: HiddenLayer): Steps<void> {
    const file = this.#owners.of(outer);
    if (file === undefined || file.innerTexts.has(found.text)) return;
    if (found.kind === 'prose' || found.language === 'text') {
      this.#owners.add(file, layer);
      if (found.kind !== 'prose') return;
      for (const sentence of sentencesOf(found.text, { role: 'hidden' }))
        file.sentences.push({ sentence, layer });
      return;
    }
    const inside = {
      holes: new Map(),
      guard: null,
      function: owner,
      outputNode: 0,
      isHidden: true,
      depth: 1,
      program: file.program,
    };
    // The list grows while it is gone through: a hidden page has scripts.
    const layers = [layer];
    for (const each of layers) {
      const parsed = yield* this.#parse(file, each);
      if (parsed === null) continue;
      if (parsed.program !== null)
        walkProgram(this.#gathering, parsed.program, each, inside, new Frame('module', null));
      for (const sentence of [...parsed.sentences, ...agentProse(parsed, each)])
        file.sentences.push({ sentence, layer: each });
      for (const { language, text } of parsed.fragments) {
        if (layers.length >= MAX_HIDDEN_FRAGMENTS)
          this.#gathering.miss({ reason: 'more code in hidden texts than is followed', blocking: true });
        else layers.push({ ...layer, language, source: { ...layer.source, text } });
      }
    }
  }
}
