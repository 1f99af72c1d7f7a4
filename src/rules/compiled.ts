import { existsSync, readFileSync } from 'node:fs';
import { PACKAGE_ROOT } from '../package-info.ts';
import type { Knowledge } from './knowledge.ts';

let embedded: Promise<Knowledge> | undefined;

async function loadEmbedded(): Promise<Knowledge> {
  const compiled = new URL('./compiled.json', import.meta.url);
  if (existsSync(compiled)) return JSON.parse(readFileSync(compiled, 'utf8')) as Knowledge;
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
