import { existsSync, readFileSync } from 'node:fs';
import { PACKAGE_ROOT } from '../package-info.ts';
import type { ApiModelFile } from '../model/api-model.ts';
import { type Knowledge, MODEL_LANGUAGES, type ModelLanguage, type ModelsByLanguage } from './knowledge.ts';

let embedded: Promise<Knowledge> | undefined;

/** All of it is ASCII, so that it is read without decoding. */
function readCompiled(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./${name}`, import.meta.url), 'latin1'));
}

/** The models of a language are read when they are first asked for. */
function compiledModels(): ModelsByLanguage {
  const models = {};
  for (const language of MODEL_LANGUAGES) {
    let read: readonly ApiModelFile[] | undefined;
    Object.defineProperty(models, language, {
      // What is handed over to a worker is what is enumerable.
      enumerable: true,
      get: () => (read ??= readCompiled(`compiled-${language}.json`) as readonly ApiModelFile[]),
    });
  }
  return models as Record<ModelLanguage, readonly ApiModelFile[]>;
}

async function loadEmbedded(): Promise<Knowledge> {
  if (existsSync(new URL('./compiled.json', import.meta.url))) {
    const knowledge = readCompiled('compiled.json') as Omit<Knowledge, 'models'>;
    return { ...knowledge, models: compiledModels() };
  }
  const [{ compileRules }, { loadRules }] = await Promise.all([import('./compile.ts'), import('./load.ts')]);
  return compileRules([loadRules(`${PACKAGE_ROOT}rules`, 'built-in', 'rules')]);
}

/** What sbx itself knows: from `compiled.json` beside this file in a build, from `rules/` when run from sources. */
export function embeddedKnowledge(): Promise<Knowledge> {
  embedded ??= loadEmbedded();
  return embedded;
}

let withFolders: { readonly key: string; readonly knowledge: Promise<Knowledge> } | undefined;

/**
 * The embedded knowledge together with the operator's own rule folders, read once for the same folders.
 * @throws a configuration error when a folder's rules are not valid, or one has the id of another
 */
export async function knowledgeWith(ruleFolders: readonly string[]): Promise<Knowledge> {
  if (ruleFolders.length === 0) return embeddedKnowledge();
  const key = JSON.stringify(ruleFolders);
  if (withFolders?.key !== key) withFolders = { key, knowledge: loadWith(ruleFolders) };
  return withFolders.knowledge;
}

async function loadWith(ruleFolders: readonly string[]): Promise<Knowledge> {
  const [{ compileRules }, { loadRules }] = await Promise.all([import('./compile.ts'), import('./load.ts')]);
  return compileRules([
    loadRules(`${PACKAGE_ROOT}rules`, 'built-in', 'rules'),
    ...ruleFolders.map((folder) => loadRules(folder, 'operator')),
  ]);
}
