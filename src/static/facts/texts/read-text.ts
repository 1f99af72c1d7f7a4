import type { Scope } from '../../../model/evidence.ts';
import type {
  Fragment,
  FragmentRole,
  HandedVariable,
  Language,
  ParsedText,
  Sentence,
} from '../../../model/program.ts';
import { loadedFrontend } from '../../frontends/registry.ts';
import type { Steps } from '../../frontends/steps.ts';
import { toldCommands } from '../../frontends/unread/told-commands.ts';
import { parsePlainText } from '../../prose/plain-file.ts';
import { sentencesOfProgram, sentencesOfSettings } from '../../prose/program-prose.ts';
import { fixedText, mappedText, shiftedText, sourceText, type SourceText } from '../../source-text.ts';
import type { Facts, Layer } from '../facts.ts';
import { isProgramText, scopeOfFile, scopeOfRole } from '../scopes/file-scope.ts';
import { type Shortfall, shortfallOf } from '../shortfall.ts';

/** How deep fragments may lie in fragments, and how many a file may have. */
const MAX_FRAGMENT_DEPTH = 6;
const MAX_FRAGMENTS = 5_000;

/** Another text that some program takes a file for. */
export interface Reading {
  readonly language: Language;
  readonly text: string;
  /** As in {@link RewrittenText}; null: the file's own text, which is dropped unless all of it is of the language. */
  readonly offsets: Uint32Array | null;
  /** As in {@link SourceText}. */
  readonly layer: string | null;
}

/** The text of a file, and what its target says of it. */
export interface FactsInput {
  readonly readings?: readonly Reading[];
  /** As in {@link SourceText}. */
  readonly path: string;
  readonly container?: string;
  readonly text: string;
  readonly language: Language;
  /** When it is started, if not as its name says. */
  readonly scope?: Scope;
  /** Names of its classes that are registered as environments. */
  readonly environments?: readonly string[];
  /** Functions of it that another file names as entries. */
  readonly entries?: readonly { readonly function: string; readonly scope: Scope }[];
  /** As in {@link Facts}, when it was found out before. */
  readonly isSilent?: true;
}

/** A text of one language that was parsed: a file's own, or one embedded in it. */
interface ReadLayer {
  readonly layer: Layer;
  /** The part that an embedded text plays; null for the file's own. */
  readonly role: FragmentRole | null;
  readonly parsed: ParsedText | null;
  /** What whoever has an embedded text run puts into its environment. */
  readonly variables: readonly HandedVariable[];
}

/** A file's texts, parsed. */
export interface ReadText {
  readonly layers: readonly ReadLayer[];
  readonly sentences: Facts['sentences'];
  readonly settings: Facts['settings'];
  readonly isSilent: boolean;
  readonly shortfalls: readonly Shortfall[];
}

/** A text that no frontend reads: prose, and what it tells the system to run. */
function parseUnread(text: string, path: string): ParsedText | null {
  const prose = parsePlainText(text, path);
  const { fragments, isCutOff } = toldCommands(text, path);
  if (fragments.length === 0 && !isCutOff) return prose;
  const nothing = { program: null, sentences: [], settings: [], status: 'complete', problem: null } as const;
  const whole: ParsedText = { ...(prose ?? nothing), fragments };
  return isCutOff
    ? { ...whole, status: 'recovered', problem: 'it tells the system more than is looked at', isCutOff }
    : whole;
}

/** Parses a text; null for what no frontend reads. */
export function* parseText(text: string, language: Language, path: string): Steps<ParsedText | null> {
  if (language === 'text') return parseUnread(text, path);
  return (loadedFrontend(language) ?? (yield language)).parse(text, language, path);
}

/** A shortfall of an embedded text, with the place of that text. */
function atPlace(shortfall: Shortfall, { source }: Layer, role: FragmentRole | null): Shortfall {
  if (role === null) return shortfall;
  const { layer, path } = source;
  const { startLine } = source.locate({ start: 0, end: 0 });
  const place = layer === null ? `the text at line ${startLine}` : layer.slice(path.length);
  return { ...shortfall, reason: `in ${place}: ${shortfall.reason}` };
}

/** Descriptions of tools, and comments that speak to an agent: the frontends of programs and settings leave prose to be found here. */
export function agentProse(parsed: ParsedText, layer: Layer): readonly Sentence[] {
  if (parsed.program !== null) return sentencesOfProgram(parsed.program, layer.source.text);
  return layer.language === 'markdown' ? [] : sentencesOfSettings(parsed.settings);
}

function fragmentSource(outer: SourceText, fragment: Fragment): SourceText {
  const { origin, text } = fragment;
  if (fragment.layer !== null)
    return sourceText(outer.path, `${outer.layer ?? outer.path}${fragment.layer}`, text, outer.container);
  return origin.kind === 'fixed'
    ? fixedText(outer, text, origin.span)
    : shiftedText(outer, text, origin.line, origin.column);
}

function readingLayer(own: Layer, { language, text, offsets, layer }: Reading): Layer {
  const { source } = own;
  return {
    language,
    source: offsets === null ? source : mappedText(source, text, offsets, layer ?? source.path),
    scope: offsets === null ? scopeOfFile(source.path, language) : own.scope,
  };
}

/** The scope of a file's outermost code, with what its first line says; a file that others import runs when they do, see `asModule`. */
function ownScope(path: string, language: Language, text: string): Scope {
  const scope = scopeOfFile(path, language);
  const isModule = language === 'javascript' || language === 'typescript';
  return scope === 'import-time' && isModule && isProgramText(path, text) ? 'cli-entry' : scope;
}

/**
 * Parses a file's text and the fragments in it, of whatever languages.
 */
export function* readText(input: FactsInput): Steps<ReadText> {
  const { path, language, text } = input;
  const sentences: Facts['sentences'][number][] = [];
  const settings: Facts['settings'][number][] = [];
  const shortfalls: Shortfall[] = [];
  const layers: ReadLayer[] = [];
  let isSilent = true;
  const own: Layer = {
    language,
    source: sourceText(path, null, text, input.container),
    scope: input.scope ?? ownScope(path, language, text),
  };
  const queue: {
    readonly layer: Layer;
    readonly depth: number;
    readonly role: FragmentRole | null;
    readonly variables: readonly HandedVariable[];
  }[] = [{ layer: own, depth: 0, role: null, variables: [] }];
  for (const reading of input.readings ?? []) {
    const layer = readingLayer(own, reading);
    const isWhole =
      reading.offsets !== null || (yield* parseText(text, reading.language, path))?.status === 'complete';
    if (isWhole) queue.push({ layer, depth: 0, role: null, variables: [] });
  }
  // An interpreter that rewrites the text never sees it as it stands.
  const isRewritten = input.readings?.some(({ offsets }) => offsets !== null) === true;
  // The list grows while it is gone through.
  for (const { layer, depth, role, variables } of queue) {
    const parsed = yield* parseText(layer.source.text, layer.language, path);
    layers.push({ layer, role, parsed, variables });
    if (parsed === null) continue;
    const shortfall = shortfallOf(parsed, layer.language, layer.source.text, path, role);
    if (shortfall !== null && !(layer === own && isRewritten))
      shortfalls.push(atPlace(shortfall, layer, role));
    for (const sentence of parsed.sentences) sentences.push({ sentence, layer });
    const prose = layer === own && input.isSilent === true ? [] : agentProse(parsed, layer);
    if (layer === own && prose.length > 0) isSilent = false;
    for (const sentence of prose) sentences.push({ sentence, layer });
    for (const setting of parsed.settings) settings.push({ setting, layer });
    for (const fragment of parsed.fragments) {
      if (depth >= MAX_FRAGMENT_DEPTH || queue.length >= MAX_FRAGMENTS) {
        shortfalls.push({ reason: 'more embedded code than is followed', blocking: true });
        break;
      }
      queue.push({
        layer: {
          language: fragment.language,
          source: fragmentSource(layer.source, fragment),
          scope: scopeOfRole(fragment.role),
        },
        depth: depth + 1,
        role: fragment.role,
        variables: fragment.variables ?? [],
      });
    }
  }
  return { layers, sentences, settings, isSilent, shortfalls };
}
