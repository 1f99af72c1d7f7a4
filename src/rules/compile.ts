import { createHash } from 'node:crypto';
import { SbxError } from '../errors.ts';
import type { LoadedRules } from './load.ts';
import { type CompiledRule, type Knowledge, modelsByLanguage } from './knowledge.ts';
import { patternWords } from './match/pattern-words.ts';

/** How many of the things wrong with rule files are said. */
const MAX_PROBLEMS = 50;

/** Two rules of one id: which of them is meant would be anybody's guess. */
function clashes(loaded: readonly LoadedRules[]): readonly string[] {
  const taken = new Map<string, string>();
  return loaded.flatMap(({ rules, places }) =>
    rules.flatMap(({ id }) => {
      const other = taken.get(id);
      const place = places.get(id) ?? id;
      if (other === undefined) taken.set(id, place);
      return other === undefined
        ? []
        : [
            `${place}: id "${id}" is taken by ${other}; give it another name (to silence the other rule, suppress it in --config)`,
          ];
    }),
  );
}

/**
 * Makes one {@link Knowledge} of several rule folders.
 * @throws a configuration error that lists what is wrong with the folders
 */
export function compileRules(loaded: readonly LoadedRules[]): Knowledge {
  const problems = [...loaded.flatMap((folder) => folder.problems), ...clashes(loaded)];
  if (problems.length > 0) {
    throw new SbxError('config', 'rules-invalid', `rules cannot be used: ${counted(problems.length)}`, {
      details: problems.slice(0, MAX_PROBLEMS),
    });
  }
  const rules: readonly CompiledRule[] = loaded
    .flatMap((folder) => folder.rules.map(({ examples: _examples, ...compiled }) => compiled))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const models = loaded.flatMap((folder) => folder.models);
  const classes = loaded.flatMap((folder) => folder.classes);
  const digest = createHash('sha256').update(JSON.stringify({ rules, models, classes })).digest('hex');
  const operatorPatterns = [...new Set(loaded.flatMap((folder) => folder.operatorPatterns))].sort();
  const words = patternWords(rules.map(({ match }) => match));
  return {
    schema: 'sbx.rules/1',
    digest: `sha256:${digest}`,
    rules,
    models: modelsByLanguage((language) => models.filter((model) => model.language === language)),
    classes,
    operatorPatterns,
    words,
  };
}

function counted(problems: number): string {
  return problems === 1 ? 'there is 1 error in them' : `there are ${problems} errors in them`;
}
