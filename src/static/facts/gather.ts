import type { Scope } from '../../model/evidence.ts';
import type { Fragment, FragmentRole, Language, ParsedText, Program, Sentence } from '../../model/program.ts';
import { frontendFor } from '../frontends/registry.ts';
import { sentencesOf } from '../prose/index.ts';
import { parsePlainText } from '../prose/plain-file.ts';
import { sentencesOfProgram, sentencesOfSettings } from '../prose/program-prose.ts';
import { fixedText, shiftedText, sourceText, type SourceText } from '../source-text.ts';
import type { Facts, Layer } from './facts.ts';
import { scopeOfFile, scopeOfRole } from './file-scope.ts';
import { Frame } from './frame.ts';
import { type HiddenLayer, HiddenTexts } from './hidden-texts.ts';
import { modelLanguageOf } from './names.ts';
import { type OwnModule, walkOwnModules } from './own-modules.ts';
import { labelParameters, spreadScopes } from './spread-scopes.ts';
import { type Shortfall, shortfallOf } from './shortfall.ts';
import { walkStatements, walkWaiting } from './statements.ts';
import { Gathering, type InnerCode, Walk, type WalkKnowledge } from './walk.ts';

/** How deep fragments may lie in fragments, and how many a file may have. */
const MAX_FRAGMENT_DEPTH = 6;
const MAX_FRAGMENTS = 5_000;

/** A text to be looked at, and the part it plays in the one it lies in: null for the file's own. */
interface Embedded {
  readonly layer: Layer;
  readonly depth: number;
  readonly role: FragmentRole | null;
}

/** A shortfall of an embedded text, with the place of that text. */
function atPlace(shortfall: Shortfall, { source }: Layer, role: FragmentRole | null): Shortfall {
  if (role === null) return shortfall;
  const { layer, path } = source;
  const { startLine } = source.locate({ start: 0, end: 0 });
  const place = layer === null ? `the text at line ${startLine}` : layer.slice(path.length);
  return { ...shortfall, reason: `in ${place}: ${shortfall.reason}` };
}

function walkProgram(
  gathering: Gathering,
  program: Program,
  layer: Layer,
  inside: ConstructorParameters<typeof Walk>[3],
  frame: Frame,
): void {
  const language = modelLanguageOf(program.language);
  if (language === null) return;
  for (const [name, value] of inside?.holes ?? []) frame.assign(name, value, gathering.graph, true);
  const walk = new Walk(gathering, layer, language, inside, frame);
  walkStatements(walk, program.body);
  walkWaiting(walk);
}

async function parse(text: string, language: Language, path: string): Promise<ParsedText | null> {
  if (language === 'text') return parsePlainText(text, path);
  return (await frontendFor(language)).parse(text, language, path);
}

/** Descriptions of tools, and comments that speak to an agent: the frontends of programs and settings leave prose to be found here. */
function agentProse(parsed: ParsedText, layer: Layer): readonly Sentence[] {
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

async function walkInner(gathering: Gathering, inner: InnerCode, hidden: HiddenTexts): Promise<void> {
  const { source } = inner.layer;
  const layer: Layer = {
    language: inner.language,
    source: inner.isDecoded
      ? hidden.decodedSource(inner.layer, inner.text, inner.span)
      : fixedText(source, inner.text, inner.span),
    scope: inner.scope,
  };
  gathering.layers.push(layer);
  const parsed = await parse(inner.text, inner.language, source.path);
  // A text that is no code gives its interpreter nothing to run either; only one that could not be read at all is missing.
  if (parsed?.status === 'unparsed')
    gathering.miss({ reason: `code in a text: ${parsed.problem ?? 'not understood'}`, blocking: true });
  if (parsed !== null && parsed.program !== null)
    walkProgram(gathering, parsed.program, layer, inner, new Frame('module', null));
}

/** Code is walked as if it stood where its encoding stands. @returns the sentences of prose */
async function walkHidden(
  gathering: Gathering,
  { found, layer, function: owner }: HiddenLayer,
): Promise<Facts['sentences']> {
  gathering.layers.push(layer);
  if (found.kind === 'prose')
    return sentencesOf(found.text, { role: 'hidden' }).map((sentence) => ({ sentence, layer }));
  if (found.language === 'text') return [];
  const parsed = await parse(found.text, found.language, layer.source.path);
  if (parsed?.status === 'unparsed')
    gathering.miss({ reason: `code in a text: ${parsed.problem ?? 'not understood'}`, blocking: true });
  if (parsed === null || parsed.program === null) return [];
  const inside = { holes: new Map(), guard: null, function: owner, outputNode: 0, isHidden: true, depth: 1 };
  walkProgram(gathering, parsed.program, layer, inside, new Frame('module', null));
  return agentProse(parsed, layer).map((sentence) => ({ sentence, layer }));
}

/** What the target's other files say of a file. */
export interface Surroundings {
  readonly own: readonly OwnModule[];
  /** As in {@link SourceText}. */
  readonly container?: string;
  /** When it is started, if not as its name says. */
  readonly scope?: Scope;
  /** Names of its classes that are registered as environments. */
  readonly environments?: readonly string[];
}

/**
 * Works out everything that the rules look at in one text: its own program, the fragments in it, and code in its constant texts.
 * @throws only what a frontend throws that cannot be made ready (its parser is missing)
 */
export async function gatherFacts(
  text: string,
  language: Language,
  path: string,
  layerName: string | null,
  knowledge: WalkKnowledge,
  surroundings: Surroundings = { own: [] },
): Promise<Facts> {
  const gathering = new Gathering(knowledge);
  if (surroundings.environments !== undefined) gathering.environments = new Set(surroundings.environments);
  await walkOwnModules(gathering, surroundings.own);
  const sentences: Facts['sentences'][number][] = [];
  const settings: Facts['settings'][number][] = [];
  const outer: Layer = {
    language,
    source: sourceText(path, layerName, text, surroundings.container),
    scope: surroundings.scope ?? scopeOfFile(path, language),
  };
  /** Cells of a notebook, and fenced blocks of a text, see each other's variables. */
  const frames = new Map<string, Frame>();
  const queue: Embedded[] = [{ layer: outer, depth: 0, role: null }];
  // The list grows while it is gone through.
  for (const { layer, depth, role } of queue) {
    const isShared = role === 'cell' || role === 'example';
    gathering.layers.push(layer);
    const parsed = await parse(layer.source.text, layer.language, path);
    if (parsed === null) continue;
    const shortfall = shortfallOf(parsed, layer.language, layer.source.text, path, role);
    if (shortfall !== null) gathering.miss(atPlace(shortfall, layer, role));
    for (const sentence of parsed.sentences) sentences.push({ sentence, layer });
    for (const sentence of agentProse(parsed, layer)) sentences.push({ sentence, layer });
    for (const setting of parsed.settings) settings.push({ setting, layer });
    for (const fragment of parsed.fragments) {
      if (depth >= MAX_FRAGMENT_DEPTH || queue.length >= MAX_FRAGMENTS) {
        gathering.miss({ reason: 'more embedded code than is followed', blocking: true });
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
      });
    }
    if (parsed.program !== null) {
      let frame = isShared ? frames.get(layer.language) : undefined;
      if (frame === undefined) {
        frame = new Frame('module', null);
        if (isShared) frames.set(layer.language, frame);
      }
      walkProgram(gathering, parsed.program, layer, null, frame);
    }
  }
  const hidden = new HiddenTexts(gathering, settings);
  const innerTexts = new Set<string>();
  let inner = 0;
  // Inner code and hidden texts may hold more of their own.
  for (let found = hidden.next(); ; found = hidden.next()) {
    for (let code = gathering.innerCode[inner]; code !== undefined; code = gathering.innerCode[++inner]) {
      innerTexts.add(code.text);
      await walkInner(gathering, code, hidden);
    }
    for (const each of found) {
      if (!innerTexts.has(each.found.text)) sentences.push(...(await walkHidden(gathering, each)));
    }
    if (found.length === 0 && inner === gathering.innerCode.length) break;
  }
  spreadScopes(gathering.functions);
  labelParameters(gathering);
  return {
    layers: gathering.layers,
    calls: gathering.calls,
    imports: gathering.imports,
    strings: gathering.strings,
    classes: gathering.classes,
    functions: gathering.functions.filter(({ layer }) => layer.source.path === path),
    sentences,
    settings,
    graph: gathering.graph,
    shortfalls: gathering.shortfalls,
  };
}
