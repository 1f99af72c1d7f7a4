import type { Language } from '../../model/program.ts';
import { frontendFor } from '../frontends/registry.ts';
import { sourceText } from '../source-text.ts';
import type { Layer } from './facts.ts';
import { scopeOfFile } from './file-scope.ts';
import { Frame } from './frame.ts';
import { modelLanguageOf } from './names.ts';
import { walkStatements, walkWaiting } from './statements.ts';
import { namedValue, UNKNOWN, type Value } from './value.ts';
import { type Gathering, Walk } from './walk.ts';

/** Another file of the target that a file imports. */
export interface OwnModule {
  /** As the importing file names it: `.keys`, `pkg.keys`, `./keys`. */
  readonly name: string;
  readonly path: string;
  /** As in {@link SourceText}. */
  readonly container?: string;
  readonly text: string;
  readonly language: Language;
}

/** What a module of the target gives to those who import it: its variables by name, or what it puts in `module.exports`. */
function exportsOf(name: string, frame: Frame): Value {
  const entries = new Map(frame.variables());
  const exported = entries.get('module')?.entries?.get('exports');
  for (const source of [entries.get('exports'), exported])
    for (const [key, value] of source?.entries ?? []) entries.set(key, value);
  return { ...namedValue(name, exported?.node), callable: exported?.callable ?? null, entries };
}

/**
 * Walks the modules that a file imports, so that values flow through their functions. Nothing else of them is kept: each has its own
 * analysis. One level: what they import themselves stays unknown.
 */
export async function walkOwnModules(gathering: Gathering, modules: readonly OwnModule[]): Promise<void> {
  for (const { name, path, container, text, language } of modules) {
    const modelLanguage = modelLanguageOf(language);
    if (modelLanguage === null || language === 'text') continue;
    const { program } = (await frontendFor(language)).parse(text, language, path);
    if (program === null) continue;
    const layer: Layer = {
      language,
      source: sourceText(path, null, text, container),
      scope: scopeOfFile(path, language),
    };
    const frame = new Frame('module', null);
    if (modelLanguage === 'javascript') {
      const record: Value = { ...UNKNOWN, entries: new Map<string, Value>() };
      const module: Value = { ...namedValue('module'), entries: new Map([['exports', record]]) };
      frame.assign('exports', record, gathering.graph, true);
      frame.assign('module', module, gathering.graph, true);
    }
    const walk = new Walk(gathering, layer, modelLanguage, null, frame);
    walkStatements(walk, program.body);
    walkWaiting(walk);
    gathering.ownModules.set(name, exportsOf(name, frame));
  }
  gathering.forget();
}
