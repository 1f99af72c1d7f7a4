import { knowledgeWith } from './compiled.ts';

/** `sha256:…` of the rules, models and classes in force, the operator's among them, so that two reports can be compared. */
export async function compiledRulesDigest(ruleFolders: readonly string[]): Promise<string> {
  return (await knowledgeWith(ruleFolders)).digest;
}
