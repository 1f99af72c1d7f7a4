import type { Language, Span } from '../../../model/program.ts';
import { LineIndex } from '../../decode/lines.ts';
import { isPickle } from '../../decode/pickle-shape.ts';
import { recognise } from '../../decode/hidden/kinds.ts';
import { encodedTokens } from '../../decode/hidden/tokens.ts';
import {
  type HiddenText,
  unwrap,
  unwrapBudget,
  type UnwrapBudget,
  unwrapBytes,
} from '../../decode/hidden/unwrap.ts';
import { hiddenText, type SourceText } from '../../source-text.ts';
import type { Facts, FunctionFact, Layer, StringFact } from '../facts.ts';
import type { FileNotes } from '../file-notes.ts';
import type { Gathering } from '../gathering.ts';

/** A text that was brought out of hiding, to be looked at as if it lay there in plain sight. */
export interface HiddenLayer {
  readonly found: HiddenText;
  /** The layer that hides it. */
  readonly outer: Layer;
  readonly layer: Layer;
  /** The function whose constant it is. */
  readonly function: FunctionFact | null;
}

/**
 * How much of hidden texts is followed in one file, in UTF-16 units, and by how much more for each of its own: what lies in it once and
 * comes out no longer than it is has room whatever the number, and what unfolds from compression has not.
 */
const LEAST_FOLLOWED = 4 * 1024 * 1024;
const FOLLOWED_BY_LENGTH = 2;

/** What following a text of any length takes, in UTF-16 units: every rule looks at it. */
const TEXT_COST = 1_000;

/** How deep hidden texts may lie in hidden texts. */
const MAX_DEPTH = 6;

/** Texts whose values are settings: their strings are looked at there. */
const VALUES: ReadonlySet<Language> = new Set(['json', 'yaml', 'toml', 'ini', 'notebook', 'pickle', 'pyc']);

/** `a ^ b`, `a ^= (b`. */
const KEYED = /[\w)\]]\s?\^=?\s?[\w(]/;

/** Programs that may compute with keys. Going from sign to sign costs a twentieth of one expression for all. */
function isKeyed(text: string): boolean {
  for (let at = text.indexOf('^'); at >= 0; at = text.indexOf('^', at + 1))
    if (KEYED.test(text.slice(Math.max(0, at - 2), at + 4))) return true;
  return /xor/i.test(text) && /\bxor\b/i.test(text);
}

const SHORT_TEXT = /["']([^"'\n\\]{2,3})["']/g;

/** A constant that is written in escapes takes at least three characters for each of its own, one of them a backslash. */
function isEscaped(text: string, span: Span, layer: Layer): boolean {
  if (text.length < 12 || span.end - span.start < 3 * text.length) return false;
  const written = layer.source.text.slice(span.start, Math.min(span.end, span.start + 4_000));
  return written.split('\\').length > Math.min(text.length, 300) / 2;
}

function isBinary(text: string): boolean {
  return /[\0-\x08\x0e-\x1f\x7f-\xff]/.test(text.slice(0, 64)) && !/[^\0-\xff]/.test(text);
}

/** A pickle as it stands: `b"cposix\\nsystem\\n…"`. It names what it calls, and ends with a stop. */
function isPlainPickle(text: string): boolean {
  return (
    text.length >= 12 &&
    text.endsWith('.') &&
    /^(?:\x80[\x02-\x05]|\(?(?:c|i)[a-z_][\w.]{0,80}\n\w{1,80}\n)/.test(text) &&
    !/[^\0-\xff]/.test(text) &&
    isPickle(Buffer.from(text, 'latin1'), false)
  );
}

/** What was brought out of one file. */
class HiddenOfFile {
  budget: UnwrapBudget | null = null;
  /** How much may still be followed, in UTF-16 units. */
  left: number | null = null;
  readonly looked = new Set<string>();
  readonly byText = new Map<string, HiddenLayer>();
}

/** Brings hidden texts out of files that are looked at together, of each file each once. */
export class HiddenTexts {
  readonly #gathering: Gathering;
  readonly #settings: Facts['settings'][number][] = [];
  readonly #files = new Map<FileNotes, HiddenOfFile>();
  readonly #depths = new Map<SourceText, number>();
  #strings = 0;
  #layers = 0;
  #settingsSeen = 0;

  constructor(gathering: Gathering) {
    this.#gathering = gathering;
  }

  /** Settings of a file, to be looked into with the next call of {@link next}. */
  addSettings(settings: Facts['settings']): void {
    for (const setting of settings) this.#settings.push(setting);
  }

  /** The file that a layer is of; what is left out from now on is left out of it. */
  #fileOf(layer: Layer): HiddenOfFile {
    const notes = this.#gathering.owners.get(layer) ?? this.#gathering.file;
    this.#gathering.file = notes;
    let file = this.#files.get(notes);
    if (file === undefined) this.#files.set(notes, (file = new HiddenOfFile()));
    return file;
  }

  /** The layer of a text that a decoder gives and no constant alone does: `run.py@12:decoded`. */
  decodedSource(outer: Layer, text: string, span: Span): SourceText {
    const known = this.#fileOf(outer).byText.get(text)?.layer.source.layer ?? null;
    const name = known ?? this.#nameOf(outer, span, ['decoded']);
    return hiddenText(outer.source, text, span, name);
  }

  /** What the constants, settings and texts gathered since the last call hide. */
  next(): readonly HiddenLayer[] {
    const found: HiddenLayer[] = [];
    const { strings, layers } = this.#gathering;
    const before = strings.length;
    for (; this.#strings < before; this.#strings++) this.#lookAtString(this.#strings, found);
    for (; this.#settingsSeen < this.#settings.length; this.#settingsSeen++) {
      const { setting, layer } = this.#settings[this.#settingsSeen]!;
      if (typeof setting.value === 'string')
        this.#keep(this.#unwrapped(setting.value, layer), layer, setting.span, null, found);
    }
    for (; this.#layers < layers.length; this.#layers++) this.#lookAtLayer(layers[this.#layers]!, found);
    // What was added here decoded is not looked into again.
    this.#strings = strings.length;
    return found;
  }

  #lookAtString(index: number, found: HiddenLayer[]): void {
    const fact = this.#gathering.strings[index]!;
    const { text, layer, span } = fact;
    const isSpelled = fact.origin === 'plain' && isEscaped(text, span, layer) && !isBinary(text);
    const kind = isSpelled ? recognise(text) : null;
    const hidden =
      kind !== null
        ? { ...kind, text, steps: ['escapes'] }
        : isPlainPickle(text)
          ? ({ kind: 'object', language: 'pickle', text, steps: ['pickle'] } as const)
          : this.#unwrapped(text, layer);
    if (hidden === null) return;
    this.#gathering.strings[index] = { ...fact, hidden };
    this.#keep(hidden, layer, span, fact, found);
  }

  #lookAtLayer(layer: Layer, found: HiddenLayer[]): void {
    const { language, source } = layer;
    if (VALUES.has(language)) return;
    for (const { text, span } of encodedTokens(source.text))
      this.#keep(this.#unwrapped(text, layer), layer, span, null, found);
  }

  #unwrapped(text: string, layer: Layer): HiddenText | null {
    if (text.length < 16) return null;
    const file = this.#fileOf(layer);
    if (file.looked.has(text)) return null;
    const budget = (file.budget ??= this.#makeBudget(this.#gathering.file));
    const found = isBinary(text) ? unwrapBytes(text, budget) : unwrap(text, budget);
    if (text.length < 4_096 || found !== null) file.looked.add(text);
    if (budget.bytes < 0)
      this.#gathering.miss({ reason: 'more encoded texts than are looked into', blocking: true });
    return found;
  }

  /** Of all texts of a file that have been found so far. */
  #lengthOf(notes: FileNotes): number {
    let length = 0;
    for (const [{ source }, owner] of this.#gathering.owners)
      if (owner === notes) length += source.text.length;
    return length;
  }

  /** Keys are constants of the file; they are only tried where the file computes with `^`. */
  #makeBudget(notes: FileNotes): UnwrapBudget {
    const { owners } = this.#gathering;
    const isOfFile = (layer: Layer): boolean => owners.get(layer) === notes;
    const own = [...owners.keys()].filter(isOfFile);
    const length = this.#lengthOf(notes);
    const keyed = own.filter((layer) => !VALUES.has(layer.language) && isKeyed(layer.source.text));
    if (keyed.length === 0) return unwrapBudget([], false, length);
    const long = this.#gathering.strings.flatMap(({ text, layer }) =>
      text.length <= 64 && isOfFile(layer) ? [text] : [],
    );
    // Shorter constants are not kept as facts.
    const short = keyed.flatMap(({ source }) => [...source.text.slice(0, 200_000).matchAll(SHORT_TEXT)]);
    const keys = [...new Set([...short.slice(0, 40).map((hit) => hit[1]!), ...long.slice(0, 40)])];
    return unwrapBudget(
      keys.map((key) => Buffer.from(key, 'latin1')),
      true,
      length,
    );
  }

  #nameOf(outer: Layer, span: Span, steps: readonly string[]): string {
    const { source } = outer;
    const isHidden = this.#depths.has(source);
    const line = isHidden
      ? new LineIndex(source.text).position(span.start).line
      : source.locate(span).startLine;
    return `${source.layer ?? source.path}@${line}:${steps.join(':')}`;
  }

  #keep(
    hidden: HiddenText | null,
    outer: Layer,
    span: Span,
    fact: StringFact | null,
    found: HiddenLayer[],
  ): void {
    // A token of the text around a constant that hides the same says nothing new.
    if (hidden === null) return;
    const file = this.#fileOf(outer);
    const { byText } = file;
    if (fact === null && byText.has(hidden.text)) return;
    if (fact === null)
      this.#gathering.strings.push({
        text: hidden.text,
        origin: 'decoded',
        layer: outer,
        span,
        function: null,
        hidden,
      });
    if (hidden.kind === 'program' || byText.has(hidden.text)) return;
    const depth = (this.#depths.get(outer.source) ?? 0) + 1;
    file.left ??= LEAST_FOLLOWED + FOLLOWED_BY_LENGTH * this.#lengthOf(this.#gathering.file);
    file.left -= TEXT_COST + hidden.text.length;
    if (depth > MAX_DEPTH || file.left < 0) {
      this.#gathering.miss({ reason: 'more hidden texts than are followed', blocking: true });
      return;
    }
    const source = hiddenText(outer.source, hidden.text, span, this.#nameOf(outer, span, hidden.steps));
    this.#depths.set(source, depth);
    const scope = outer.language === 'markdown' ? 'example' : outer.scope;
    const layer: Layer = { language: hidden.language, source, scope };
    const kept: HiddenLayer = { found: hidden, outer, layer, function: fact?.function ?? null };
    byText.set(hidden.text, kept);
    found.push(kept);
  }
}
