import type { Fragment, Language, ParsedText, Program, Sentence } from '../../model/program.ts';
import { frontendFor } from '../frontends/registry.ts';
import { parsePlainText } from '../prose/plain-file.ts';
import { sentencesOfProgram, sentencesOfSettings } from '../prose/program-prose.ts';
import { fixedText, shiftedText, sourceText, type SourceText } from '../source-text.ts';
import type { Facts, Layer } from './facts.ts';
import { scopeOfFile, scopeOfRole } from './file-scope.ts';
import { Frame } from './frame.ts';
import { modelLanguageOf } from './names.ts';
import { labelParameters, spreadScopes } from './spread-scopes.ts';
import { walkStatements, walkWaiting } from './statements.ts';
import { Gathering, type InnerCode, Walk, type WalkKnowledge } from './walk.ts';

/** How deep fragments may lie in fragments, and how many a file may have. */
const MAX_FRAGMENT_DEPTH = 6;
const MAX_FRAGMENTS = 5_000;

/** The facts of a file, and how well it was understood. */
export interface GatheredFacts {
  readonly facts: Facts;
  readonly status: ParsedText['status'];
  readonly problem: string | null;
}

function walkProgram(
  gathering: Gathering,
  program: Program,
  layer: Layer,
  inside: InnerCode | null,
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
    return sourceText(outer.path, `${outer.layer ?? outer.path}${fragment.layer}`, text);
  return origin.kind === 'fixed'
    ? fixedText(outer, text, origin.span)
    : shiftedText(outer, text, origin.line, origin.column);
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
): Promise<GatheredFacts> {
  const gathering = new Gathering(knowledge);
  const sentences: Facts['sentences'][number][] = [];
  const settings: Facts['settings'][number][] = [];
  const outer: Layer = {
    language,
    source: sourceText(path, layerName, text),
    scope: scopeOfFile(path, language),
  };
  /** Cells of a notebook, and fenced blocks of a text, see each other's variables. */
  const frames = new Map<string, Frame>();
  let status: ParsedText['status'] = 'complete';
  let problem: string | null = null;
  const queue: { readonly layer: Layer; readonly depth: number; readonly isShared: boolean }[] = [
    { layer: outer, depth: 0, isShared: false },
  ];
  for (let at = 0; at < queue.length; at++) {
    const { layer, depth, isShared } = queue[at]!;
    gathering.layers.push(layer);
    const parsed = await parse(layer.source.text, layer.language, path);
    if (parsed === null) continue;
    if (at === 0) ({ status, problem } = parsed);
    else if (parsed.status === 'unparsed')
      gathering.problems.add(parsed.problem ?? 'an embedded text was not understood');
    for (const sentence of parsed.sentences) sentences.push({ sentence, layer });
    for (const sentence of agentProse(parsed, layer)) sentences.push({ sentence, layer });
    for (const setting of parsed.settings) settings.push({ setting, layer });
    for (const fragment of parsed.fragments) {
      if (depth >= MAX_FRAGMENT_DEPTH || queue.length >= MAX_FRAGMENTS) {
        gathering.problems.add('more embedded code than is followed');
        break;
      }
      queue.push({
        layer: {
          language: fragment.language,
          source: fragmentSource(layer.source, fragment),
          scope: scopeOfRole(fragment.role),
        },
        depth: depth + 1,
        isShared: fragment.role === 'cell' || fragment.role === 'example',
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
  // Inner code may hold more of its own: the list grows while it is gone through.
  for (const inner of gathering.innerCode) {
    const layer: Layer = {
      language: inner.language,
      source: fixedText(inner.layer.source, inner.text, inner.span),
      scope: inner.scope,
    };
    gathering.layers.push(layer);
    const parsed = await parse(inner.text, inner.language, path);
    if (parsed !== null && parsed.program !== null)
      walkProgram(gathering, parsed.program, layer, inner, new Frame('module', null));
  }
  if (gathering.graph.isFull) gathering.problems.add('more values flow in it than are followed');
  spreadScopes(gathering.functions);
  labelParameters(gathering);
  return {
    facts: {
      layers: gathering.layers,
      calls: gathering.calls,
      imports: gathering.imports,
      strings: gathering.strings,
      classes: gathering.classes,
      functions: gathering.functions,
      sentences,
      settings,
      graph: gathering.graph,
      problems: [...gathering.problems].sort(),
    },
    status,
    problem,
  };
}
