import type { Language } from '../model/program.ts';
import type { RuleExample } from '../model/rule.ts';
import type { FileTask } from '../static/file-task.ts';
import { compileRules } from './compile.ts';
import { examplePlaceKey, type LoadedRules } from './load.ts';

/** How an example did: `missing`, a bad one that its rule did not find; `noisy`, a good one that it found. */
export interface ExampleResult {
  readonly rule: string;
  readonly set: 'bad' | 'good';
  /** From 0. */
  readonly index: number;
  /** `FILE:LINE:COLUMN` of the example. */
  readonly place: string;
  readonly outcome: 'ok' | 'missing' | 'noisy';
  /** What else is to be said: which findings there were instead, what could not be read. */
  readonly note: string;
}

/** What an example is called when it does not say. */
export const FILE_NAME: Readonly<Record<Language, string>> = {
  python: 'example.py',
  javascript: 'example.js',
  typescript: 'example.ts',
  shell: 'example.sh',
  markdown: 'SKILL.md',
  json: 'example.json',
  yaml: 'example.yaml',
  toml: 'example.toml',
  ini: 'example.ini',
  makefile: 'Makefile',
  dockerfile: 'Dockerfile',
  notebook: 'example.ipynb',
  pickle: 'example.pkl',
  pyc: 'example.pyc',
  html: 'example.html',
  powershell: 'example.ps1',
  ruby: 'example.rb',
  go: 'example.go',
  batch: 'example.bat',
  text: 'example.txt',
};

function taskOf(example: RuleExample): FileTask {
  return {
    path: example.path ?? FILE_NAME[example.language],
    content: Buffer.from(example.code, example.encoding ?? 'utf8'),
    unit: '.',
    ...(example.encoding === undefined ? { language: example.language } : {}),
  };
}

/**
 * Analyses every example of every rule with the engine that `sbx scan` uses, each example alone.
 * @param tested the rules whose examples are analysed
 * @param beside further rule folders whose models and classes are in force
 */
export async function testRules(
  tested: LoadedRules,
  beside: readonly LoadedRules[],
  progress: (message: string) => void,
): Promise<readonly ExampleResult[]> {
  const [{ analyse }, { expandLayers }] = await Promise.all([
    import('../static/engine.ts'),
    import('../static/layers/expand.ts'),
  ]);
  const knowledge = compileRules([...beside, { ...tested, problems: [] }]);
  const results: ExampleResult[] = [];
  const { signal } = new AbortController();
  for (const rule of tested.rules) {
    progress(rule.id);
    for (const set of ['bad', 'good'] as const) {
      for (const [index, example] of rule.examples[set].entries()) {
        const { findings, files } = await analyse(
          await expandLayers([taskOf(example)], signal),
          knowledge,
          signal,
          () => undefined,
        );
        const isFound = findings.some((finding) => finding.ruleId === rule.id);
        const others = [...new Set(findings.map((finding) => finding.ruleId))];
        const opaque = files[0]?.opaque?.reason;
        const note = [
          ...(opaque === undefined ? [] : [opaque]),
          ...(others.length === 0 || isFound ? [] : [`found instead: ${others.join(', ')}`]),
        ].join('; ');
        const outcome = isFound === (set === 'bad') ? 'ok' : set === 'bad' ? 'missing' : 'noisy';
        const place = tested.examplePlaces.get(examplePlaceKey(rule.id, set, index)) ?? '';
        results.push({ rule: rule.id, set, index, place, outcome, note });
      }
    }
  }
  return results;
}
