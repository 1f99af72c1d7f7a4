import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { configError, messageOf } from '../errors.ts';
import type { ApiModelFile, ClassFile } from '../model/api-model.ts';
import type { Matcher, Rule } from '../model/rule.ts';
import { withNames } from './expand-api.ts';
import { patternsIn } from './patterns.ts';
import { type RuleFileKind, type RuleOrigin, validateFile } from './validate.ts';
import { parseYaml, type YamlFile, type YamlProblem } from './yaml-file.ts';

/** What a rule folder holds, and all that is wrong with it. */
export interface LoadedRules {
  /** Sorted by id. */
  readonly rules: readonly Rule[];
  readonly models: readonly ApiModelFile[];
  readonly classes: ClassFile['classes'];
  /** Where each rule's id stands, `FILE:LINE:COLUMN`. */
  readonly places: ReadonlyMap<string, string>;
  /** Where each example stands, by {@link examplePlaceKey}. */
  readonly examplePlaces: ReadonlyMap<string, string>;
  /** Regular expressions that nobody but the operator has looked at; empty for sbx's own folder. */
  readonly operatorPatterns: readonly string[];
  /** `FILE:LINE:COLUMN: message`; files with problems are left out above. */
  readonly problems: readonly string[];
}

/** Paths of the YAML files below a folder, relative to it, sorted; at most four levels deep. Links are not followed. */
function yamlFilesBelow(folder: string, prefix = '', depth = 0): string[] {
  if (depth > 4) return [];
  const entries = readdirSync(join(folder, prefix), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) return yamlFilesBelow(folder, path, depth + 1);
      return entry.isFile() && /\.ya?ml$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

function kindOf(path: string): RuleFileKind {
  const parts = path.split('/');
  const models = parts.indexOf('models');
  if (models < 0) return 'rule';
  return parts[models + 1] === 'classes' ? 'class' : 'model';
}

/** A matcher is one kind; and `not` says nothing alone. */
function matcherProblems(
  file: YamlFile,
  matcher: Matcher,
  keys: readonly string[],
  inAll: boolean,
): string[] {
  const kinds = Object.keys(matcher).filter((key) => key !== 'within');
  const problems: string[] = [];
  if (kinds.length !== 1) {
    problems.push(
      `${file.placeOf(keys)}: a matcher is exactly one of its kinds, this has ${kinds.join(', ')}`,
    );
  }
  if ('not' in matcher && !inAll) {
    problems.push(`${file.placeOf(keys)}: "not" only stands as a member of "all"`);
  }
  const members = 'all' in matcher ? matcher.all : 'any' in matcher ? matcher.any : [];
  const kind = 'all' in matcher ? 'all' : 'any';
  members.forEach((member, index) => {
    problems.push(...matcherProblems(file, member, [...keys, kind, String(index)], kind === 'all'));
  });
  if ('all' in matcher && matcher.all.every((member) => 'not' in member)) {
    problems.push(`${file.placeOf(keys)}: "all" needs a member that is not "not"`);
  }
  if ('not' in matcher) problems.push(...matcherProblems(file, matcher.not, [...keys, 'not'], false));
  return problems;
}

function ruleProblems(file: YamlFile, rule: Rule): string[] {
  const problems: string[] = [];
  const name = basename(file.path).replace(/\.ya?ml$/, '');
  const folder = basename(dirname(file.path));
  if (rule.id !== name)
    problems.push(`${file.placeOf(['id'])}: id "${rule.id}" is not the file's name "${name}"`);
  if (rule.category !== folder) {
    problems.push(`${file.placeOf(['category'])}: category "${rule.category}" is not the folder "${folder}"`);
  }
  rule.examples.good.forEach((example, index) => {
    if (example.why === undefined) {
      problems.push(
        `${file.placeOf(['examples', 'good', String(index)])}: a good example says why it stays quiet`,
      );
    }
  });
  return [...problems, ...matcherProblems(file, rule.match, ['match'], false)];
}

/** The key of an example in {@link LoadedRules.examplePlaces}; `index` from 0. */
export function examplePlaceKey(rule: string, set: 'bad' | 'good', index: number): string {
  return `${rule} ${set} ${index}`;
}

function placesOfExamples(file: YamlFile, rule: Rule): readonly (readonly [string, string])[] {
  return (['bad', 'good'] as const).flatMap((set) =>
    rule.examples[set].map(
      (_example, index) =>
        [examplePlaceKey(rule.id, set, index), file.placeOf(['examples', set, String(index)])] as const,
    ),
  );
}

/** A rule file larger than this is nobody's handwriting. */
const MAX_BYTES = 1024 * 1024;

function readYaml(shownAs: string, path: string): YamlFile | YamlProblem {
  if (statSync(path).size > MAX_BYTES) {
    return { problems: [`${shownAs}:1:1: it is larger than ${MAX_BYTES / 1024} KiB`] };
  }
  return parseYaml(shownAs, readFileSync(path, 'utf8'));
}

/**
 * Reads every rule, model and class file below a folder.
 * @param folder laid out as `rules/`: `<category>/<id>.yml`, `models/<language>/<library>.yml`, `models/classes/*.yml`
 * @param origin whose folder it is
 * @param shownAs what stands before the paths in messages
 * @throws a configuration error when the folder cannot be read
 */
export function loadRules(folder: string, origin: RuleOrigin, shownAs = folder): LoadedRules {
  const rules: Rule[] = [];
  const models: ApiModelFile[] = [];
  const classes: ClassFile['classes'][number][] = [];
  const problems: string[] = [];
  const seen = new Map<string, string>();
  const examplePlaces = new Map<string, string>();
  let paths: string[];
  try {
    paths = yamlFilesBelow(folder);
  } catch (error) {
    throw configError('rules-unreadable', `cannot read rules from ${shownAs}: ${messageOf(error)}`);
  }
  for (const path of paths) {
    const file = readYaml(`${shownAs.replace(/\/$/, '')}/${path}`, join(folder, path));
    if ('problems' in file) {
      problems.push(...file.problems);
      continue;
    }
    const kind = kindOf(path);
    const found = [...validateFile(file, kind, origin)];
    if (found.length === 0 && kind === 'rule') {
      const rule = file.value as Rule;
      found.push(...ruleProblems(file, rule));
      const other = seen.get(rule.id);
      const place = file.placeOf(['id']);
      if (other !== undefined) found.push(`${place}: id "${rule.id}" is taken by ${other}`);
      else seen.set(rule.id, place);
      if (found.length === 0) {
        rules.push(rule);
        for (const [key, example] of placesOfExamples(file, rule)) examplePlaces.set(key, example);
      }
    } else if (found.length === 0 && kind === 'model') {
      models.push(withNames(file.value as ApiModelFile));
    } else if (found.length === 0) {
      classes.push(...(file.value as ClassFile).classes);
    }
    problems.push(...found);
  }
  rules.sort((a, b) => (a.id < b.id ? -1 : 1));
  const operatorPatterns = origin === 'operator' ? patternsIn([rules, models]) : [];
  return { rules, models, classes, places: seen, examplePlaces, operatorPatterns, problems };
}
