import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { configError, messageOf } from '../errors.ts';
import type { ApiModelFile, ClassFile } from '../model/api-model.ts';
import type { Matcher, Rule } from '../model/rule.ts';
import { withNames } from './expand-api.ts';
import { parseYaml, type YamlFile } from './yaml-file.ts';
import { type RuleFileKind, validateFile } from './validate.ts';

/** What a rule folder holds, and all that is wrong with it. */
export interface LoadedRules {
  /** Sorted by id. */
  readonly rules: readonly Rule[];
  readonly models: readonly ApiModelFile[];
  readonly classes: ClassFile['classes'];
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

/**
 * Reads every rule, model and class file below a folder.
 * @param folder laid out as `rules/`: `<category>/<id>.yml`, `models/<language>/<library>.yml`, `models/classes/*.yml`
 * @param shownAs what stands before the paths in messages
 * @throws a configuration error when the folder cannot be read
 */
export function loadRules(folder: string, shownAs = folder): LoadedRules {
  const rules: Rule[] = [];
  const models: ApiModelFile[] = [];
  const classes: ClassFile['classes'][number][] = [];
  const problems: string[] = [];
  const seen = new Map<string, string>();
  let paths: string[];
  try {
    paths = yamlFilesBelow(folder);
  } catch (error) {
    throw configError('rules-unreadable', `cannot read rules from ${shownAs}: ${messageOf(error)}`);
  }
  for (const path of paths) {
    const file = parseYaml(`${shownAs.replace(/\/$/, '')}/${path}`, readFileSync(join(folder, path), 'utf8'));
    if ('problems' in file) {
      problems.push(...file.problems);
      continue;
    }
    const kind = kindOf(path);
    const found = [...validateFile(file, kind)];
    if (found.length === 0 && kind === 'rule') {
      const rule = file.value as Rule;
      found.push(...ruleProblems(file, rule));
      const other = seen.get(rule.id);
      if (other !== undefined) found.push(`${file.placeOf(['id'])}: id "${rule.id}" is taken by ${other}`);
      seen.set(rule.id, file.path);
      if (found.length === 0) rules.push(rule);
    } else if (found.length === 0 && kind === 'model') {
      models.push(withNames(file.value as ApiModelFile));
    } else if (found.length === 0) {
      classes.push(...(file.value as ClassFile).classes);
    }
    problems.push(...found);
  }
  rules.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { rules, models, classes, problems };
}
