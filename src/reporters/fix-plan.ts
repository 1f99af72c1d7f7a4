import { isLockFile } from '../deps/direct.ts';
import type { Change } from '../deps/fix-plan.ts';
import { changesOf } from '../deps/fix-plan.ts';
import { mendedRange } from '../deps/mended-range.ts';
import type { Ecosystem } from '../model/dependency.ts';
import type { Report } from '../model/report.ts';
import { escapedJson, escapeLine } from './escape.ts';
import { plural } from './summary.ts';

/** One line to change, or what to do instead. */
interface FixStep {
  readonly path: string;
  readonly line: number;
  /** `edit`: write `to` there. `lock`: a tool writes that file, `to` is its command. `remove`: take it out. `none`: no version is known to help. */
  readonly action: 'edit' | 'lock' | 'remove' | 'none';
  readonly ecosystem: Ecosystem;
  readonly package: string;
  /** As it is declared. */
  readonly from: string;
  /** What to write, or the command that does; null for `remove` and `none`. */
  readonly to: string | null;
  readonly version: string | null;
  /** Advisories that this ends, worst first. */
  readonly advisories: readonly string[];
  /** Advisories that stay, as no version is known to mend them. */
  readonly unfixed: readonly string[];
  readonly certainty: 'certain' | 'possible';
}

/** The commands that bring one package of a lock to a newer version, by the name of the lock. */
const LOCK_COMMANDS: readonly (readonly [RegExp, (name: string, version: string) => string])[] = [
  [/(?:^|\/)uv\.lock$/, (name, version) => `uv lock --upgrade-package '${name}==${version}'`],
  [/(?:^|\/)poetry\.lock$/, (name) => `poetry update ${name}`],
  [/(?:^|\/)pdm\.lock$/, (name) => `pdm update ${name}`],
  [/(?:^|\/)Pipfile\.lock$/, (name, version) => `pipenv upgrade '${name}>=${version}'`],
  [/(?:^|\/)(?:package-lock|npm-shrinkwrap|\.package-lock)\.json$/, (name) => `npm update ${name}`],
  [/(?:^|\/)yarn\.lock$/, (name) => `yarn up ${name}`],
  [/(?:^|\/)pnpm-lock\.yaml$/, (name) => `pnpm update ${name}`],
  [/(?:^|\/)bun\.lock$/, (name) => `bun update ${name}`],
];

/** What a name and a version may be in a command for a shell, and no option of it; others come from a hostile file. */
const PLAIN_NAME = /^(?:@\w[\w.~-]*\/)?\w[\w.~-]*$/;
const PLAIN_VERSION = /^\w[\w.+!-]*$/;

/** The plan of a report: the exact pins to write, by file and line. The target is never edited. */
function fixStepsOf({ dependencies }: Pick<Report, 'dependencies'>): FixStep[] {
  return changesOf(dependencies)
    .flatMap((change) => change.locations.map(({ path, startLine }) => stepOf(change, path, startLine)))
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

function stepOf(change: Change, path: string, line: number): FixStep {
  const { ecosystem, from, to, unfixed, kind } = change;
  const name = change.package;
  const common = {
    path,
    line,
    ecosystem,
    package: name,
    version: to,
    certainty: kind === 'possible' ? 'possible' : 'certain',
  } as const;
  const stated = { ...common, from: statedAs(ecosystem, name, from), unfixed };
  if (kind === 'malicious')
    return { ...stated, action: 'remove', to: null, advisories: change.advisories, unfixed: [] };
  if (to === null) return { ...stated, action: 'none', to: null, advisories: [], unfixed: change.advisories };
  const advisories = change.advisories.filter((id) => !unfixed.includes(id));
  if (isLockFile(path)) return { ...stated, action: 'lock', to: lockCommand(path, name, to), advisories };
  return { ...stated, action: 'edit', to: mendedAs(ecosystem, name, from, to), advisories };
}

/** As the file would write it, mended. */
function mendedAs(ecosystem: Ecosystem, name: string, from: string, to: string): string {
  if (ecosystem === 'npm') return `"${name}": "${mendedRange('npm', from, to)}"`;
  return `${name}${/^[\w!]/.test(from) ? '==' : ''}${mendedRange('PyPI', from, to)}`;
}

/** As the file would write it. */
function statedAs(ecosystem: Ecosystem, name: string, version: string): string {
  if (version === '*') return name;
  if (ecosystem === 'npm') return `"${name}": "${version}"`;
  return /^[\w!]/.test(version) ? `${name}==${version}` : `${name}${version}`;
}

function lockCommand(path: string, name: string, version: string): string | null {
  if (!PLAIN_NAME.test(name) || !PLAIN_VERSION.test(version)) return null;
  return (
    LOCK_COMMANDS.find(([pattern]) => pattern.test(path))?.[1](name, version) ??
    `lock ${name} ${version} anew`
  );
}

/** The plan for a program: `{schema, target, advisories: {date, records}, steps[]}`. */
export function fixPlanJson(report: Report): string {
  return escapedJson({
    schema: 'sbx.fix-plan/1',
    target: report.target,
    advisories: report.dependencies.coverage.database,
    steps: fixStepsOf(report),
  });
}

/** The plan for a person, by file. */
export function fixPlanText(report: Report): string {
  const steps = fixStepsOf(report);
  const { date } = report.dependencies.coverage.database;
  const lines = [
    `Fix plan for ${report.target.path}: ${plural(steps.length, 'line')} to change, by advisories as of ${date === '' ? 'no date: none was asked' : date}. Nothing was changed.`,
  ];
  let path: string | null = null;
  for (const step of steps) {
    if (step.path !== path) lines.push('', step.path);
    path = step.path;
    lines.push(`  ${`line ${step.line}:`.padEnd(10)} ${step.from}  →  ${whatToDo(step)}`);
    if (step.advisories.length > 0)
      lines.push(
        `             ${step.certainty === 'possible' ? 'rules out' : 'ends'} ${step.advisories.join(', ')}`,
      );
    if (step.unfixed.length > 0) lines.push(`             no fix is known for ${step.unfixed.join(', ')}`);
  }
  if (steps.some(({ action }) => action === 'edit'))
    lines.push(
      '',
      'Lines with hashes need the hashes of the new version; locks beside these files are to be written anew.',
    );
  return `${lines.map(escapeLine).join('\n')}\n`;
}

function whatToDo({ action, to, version }: FixStep): string {
  if (action === 'remove') return 'remove it: it is malicious';
  if (action === 'none') return 'replace it, or check that the affected part is not used';
  return action === 'lock' ? `${version ?? ''}  (${to ?? 'lock it anew'})` : (to ?? '');
}
