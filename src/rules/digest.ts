import { embeddedKnowledge } from './compiled.ts';

/** `sha256:…` of the embedded rules, models and classes, so that two reports can be compared. */
export async function compiledRulesDigest(): Promise<string> {
  return (await embeddedKnowledge()).digest;
}
