import type { Package } from '../../model/dependency.ts';
import type { Gap } from '../../model/outcome.ts';
import type { Unit } from '../../model/target.ts';
import { distributionFor, isSameName } from '../setup/distribution.ts';
import type { ObservedRun } from '../observed-run.ts';
import { STEPS } from '../limits.ts';
import { isProbe } from '../plan/run.ts';
import { missedReads } from '../recorder/inotify/decoy-reads.ts';
import type { Failure } from '../recorder/records.ts';
import type { PreparedEnvironment } from '../setup/prepared.ts';

const BASE_MODULES = new Set([
  'gymnasium',
  'numpy',
  'cloudpickle',
  'farama_notifications',
  'typing_extensions',
]);

/** Modules of the standard library that distributions leave out or ship apart (Python's documentation, "Missing extension modules"). */
const STANDARD_PARTS: ReadonlySet<string> = new Set([
  '_tkinter',
  'tkinter',
  'turtle',
  'idlelib',
  'curses',
  'dbm',
  'sqlite3',
  'lzma',
  'bz2',
]);

const NODE_PROGRAMS: ReadonlySet<string> = new Set(['javascript', 'node-import']);
/** What starts programs of every sort. */
const STARTERS: ReadonlySet<string> = new Set(['hook', 'session', 'shell']);

/** What the sandbox ran with, which decides what would have to be done about something that was missing. */
export interface Surroundings {
  readonly prepared: PreparedEnvironment | null;
  /** The target's declared packages. */
  readonly packages: readonly Package[];
  /** As the user wrote it, with what belongs behind it, for the command that cures. */
  readonly targetPath: string;
}

/** What a unit's runs should have shown and did not, with what to do about it. */
export function gapsOf(
  unit: Unit,
  observed: readonly ObservedRun[],
  surroundings: Surroundings,
): readonly Gap[] {
  const reasons = [
    ...missingPython(failuresIn(observed, 'python'), surroundings),
    ...missingNode(failuresIn(observed, 'node'), surroundings),
    ...missingPrograms(observed),
    ...observed.flatMap((each) => [
      ...unfinished(each),
      ...unkept(each),
      ...missedReads(`\`${each.run.command.join(' ')}\``, each.witness),
      ...(isProbe(each.planned) ? undriven(each, surroundings) : []),
    ]),
  ];
  return [...new Set(reasons)].map((reason) => ({ unit: unit.path, reason }));
}

/** The runs with what failed in one of the languages. Node says `Error` of everything that it cannot find; Python has names for it. */
function failuresIn(observed: readonly ObservedRun[], language: 'python' | 'node'): readonly ObservedRun[] {
  const isNode = ({ planned }: ObservedRun, { type }: Failure): boolean => {
    const program = planned.server?.program ?? planned.program;
    return STARTERS.has(program) ? type === 'Error' : NODE_PROGRAMS.has(program);
  };
  return observed.map((each) => {
    const failures = each.guest.failures.filter((failure) => isNode(each, failure) === (language === 'node'));
    return { ...each, guest: { ...each.guest, failures } };
  });
}

/** One sentence per missing module: what could not be run for want of it, and the command that cures. */
function missingPython(observed: readonly ObservedRun[], surroundings: Surroundings): readonly string[] {
  const affected = new Map<string, Set<string>>();
  for (const { guest, planned } of observed) {
    for (const { module, subject } of guest.failures) {
      if (module === null) continue;
      const [top = module] = module.split('.');
      const name = hasDistribution(top, surroundings) ? module : top;
      const subjects = affected.get(name) ?? new Set();
      affected.set(name, subjects.add(subject ?? `\`${planned.label.join(' ')}\``));
    }
  }
  return [...affected].map(([module, subjects]) => {
    const missing = `${module} is not installed in the sandbox's environment, so ${some([...subjects])} could not be run`;
    return `${missing}: ${cureFor(module, surroundings)}`;
  });
}

/** Whether the package that brings a module is there, so that it is one part of it that is missing. */
function hasDistribution(module: string, { prepared, packages }: Surroundings): boolean {
  const isBase = BASE_MODULES.has(module);
  const declared = packages.filter(({ ecosystem, scope }) => ecosystem === 'PyPI' && scope === 'runtime');
  return (prepared?.missing ?? null) === null && (isBase || distributionFor(module, declared) !== null);
}

function cureFor(module: string, { prepared, packages, targetPath }: Surroundings): string {
  const [top = module] = module.split('.');
  if (STANDARD_PARTS.has(top))
    return `it is a part of Python's standard library that this interpreter was built without; give one that has it with \`--python PATH\``;
  if (module !== top)
    return `${top} is there without it, so the target needs another version of ${top} than it declares`;
  if (BASE_MODULES.has(module)) return prepared?.missing ?? 'run `sbx setup`';
  const left = prepared?.leftOut.find(({ name }) => isSameName(name, module));
  if (left !== undefined) return `${left.name} was left out (${left.reason})`;
  if (prepared !== null && prepared.missing !== null) return `run \`sbx setup ${targetPath}\``;
  const optional = distributionFor(
    module,
    packages.filter(({ ecosystem, scope }) => ecosystem === 'PyPI' && scope === 'optional'),
  );
  return optional === null
    ? 'the target does not declare it; give an interpreter that has it with `--python PATH`'
    : `it is an optional dependency; run \`sbx setup ${targetPath} --with ${optional.name}\``;
}

/** The same for Node packages, and for files of its own that a package has not got. */
function missingNode(observed: readonly ObservedRun[], surroundings: Surroundings): readonly string[] {
  const affected = new Map<string, Set<string>>();
  for (const { guest, planned } of observed) {
    const missing = new Set(guest.failures.flatMap(({ module }) => (module === null ? [] : [module])));
    for (const file of guest.failures.flatMap(missingFile)) missing.add(file);
    for (const module of missing) {
      const labels = affected.get(module) ?? new Set();
      affected.set(module, labels.add(`\`${planned.label.join(' ')}\``));
    }
  }
  return [...affected].map(([module, labels]) => {
    const consequence = `so ${some([...labels])} could not be run`;
    return /^[./]/.test(module)
      ? `${module} is not in the package (it may be made when the package is built), ${consequence}: vet the package as it is after its build`
      : `the Node package ${module} is not installed in the sandbox's environment, ${consequence}: ${nodeCure(module, surroundings)}`;
  });
}

function nodeCure(module: string, { prepared, packages, targetPath }: Surroundings): string {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? module;
  const declared = packages.some((each) => each.ecosystem === 'npm' && each.name === name);
  const left = prepared?.node?.leftOut.find((each) => each.name === name);
  if (left !== undefined) return `it was left out (${left.reason})`;
  return declared && (prepared?.node ?? null) === null
    ? `run \`sbx setup ${targetPath}\``
    : 'the target does not declare it for running; give an image that has it with `--image REF`';
}

/** A file of its own that a Node package asked for and has not got; `Error` is what Node throws then. */
function missingFile({ type, message }: Failure): readonly string[] {
  const file = type === 'Error' ? /^Cannot find module '(\.[^']{1,200})'/.exec(message)?.[1] : undefined;
  return file === undefined ? [] : [file];
}

/** Exit status of a shell for a program that is not there (POSIX, "Exit Status for Commands"). */
const NOT_FOUND = 127;

/** One sentence per program that hooks wanted and that is not there. */
function missingPrograms(observed: readonly ObservedRun[]): readonly string[] {
  const affected = new Map<string, string[]>();
  for (const { planned, run, result } of observed) {
    if (planned.program !== 'hook' || run.exit !== NOT_FOUND) continue;
    const program = /([^\s:]{1,100}): (?:command )?not found/.exec(
      Buffer.from(result.stderr).toString(),
    )?.[1];
    const what = program === undefined ? 'a program it starts' : program;
    affected.set(what, [...(affected.get(what) ?? []), `\`${planned.label.join(' ')}\``]);
  }
  return [...affected].map(
    ([what, labels]) =>
      `${what} is not in the sandbox, so ${some(labels)} ${labels.length === 1 ? 'was' : 'were'} not seen to ${labels.length === 1 ? 'its' : 'their'} end: give an image that has it with \`--image REF\``,
  );
}

function unfinished({ guest, planned, result, run }: ObservedRun): readonly string[] {
  const what = `\`${run.command.join(' ')}\``;
  const left = guest.left.map((each) => `not seen: ${each}`);
  // What is imported first may be all that there was time for.
  const isImporting = isProbe(planned) && guest.phases.length === 0;
  if (isImporting && result.limitsHit.includes('wall-time'))
    return [
      ...left,
      `${what} used up its time to import ${planned.modules.slice(0, 3).join(', ')}, so none of its environments was made or stepped: allow more in resources.wallSeconds of a manifest given with --manifest`,
    ];
  if (result.limitsHit.length > 0)
    return [...left, `${what} reached the limit on ${result.limitsHit.join(', ')} and was not finished`];
  const hasRecorder = !['shell', 'hook'].includes(planned.program);
  const isNode = planned.program === 'javascript' || planned.program === 'node-import';
  // A Node program may end itself in ways that its recorder does not notice; one that ends well had nothing more to do.
  const isDone = guest.isComplete || (isNode && (run.exit === 0 || guest.failures.length > 0));
  if (hasRecorder && !isDone)
    return [
      ...left,
      `${what} ended before its recorder was done (exit ${run.exit ?? result.signal ?? 'unknown'})`,
    ];
  return left;
}

/** A recorder keeps only so much: whoever does very many things may hide one behind them. */
function unkept({ run }: ObservedRun): readonly string[] {
  return run.lost === 0
    ? []
    : [`\`${run.command.join(' ')}\` did more than was recorded, so not all that it did is known`];
}

/** A probe that drove nothing, or not to the end, has not shown what the environment does. */
function undriven({ guest, planned }: ObservedRun, surroundings: Surroundings): readonly string[] {
  const sorts = new Map<string, Failure[]>();
  for (const failure of guest.failures) {
    if (failure.module !== null) continue;
    const sort = `${failure.phase}\0${failure.type}`;
    sorts.set(sort, [...(sorts.get(sort) ?? []), failure]);
  }
  const broken = [...sorts.values()].map((failures) => {
    const { phase, type, message } = failures[0]!;
    const text = message.replace(/\s+/g, ' ').trim().slice(0, 160);
    const subjects = [...new Set(failures.map(({ subject }) => subject ?? 'the probe'))];
    return `${some(subjects)} failed in phase ${phase}, so what follows was not seen: ${type}${text === '' ? '' : `: ${text}`}${isImport(failures[0]!) ? optionalCure(surroundings) : ''}`;
  });
  // That it ended before it began to drive anything is said already; one that says it was done has to have driven something.
  if (!guest.isComplete && guest.phases.length === 0 && broken.length === 0) return [];
  const isDriven = guest.environments.some(({ steps }) => steps > 0);
  return isDriven || guest.failures.length > 0 || guest.left.length > 0
    ? broken
    : [
        ...broken,
        planned.program === 'llm'
          ? 'no environment was found that could be loaded and given the answers of a model'
          : `no environment was found that could be made and stepped ${STEPS} times`,
      ];
}

/** An import that failed under a message of the target's own says which package it wants in words only. */
function isImport({ type, message }: Failure): boolean {
  return /^(?:DependencyNotInstalled|ImportError)$/.test(type) && /install/i.test(message);
}

function optionalCure({ packages, targetPath }: Surroundings): string {
  const optional = packages.filter(({ ecosystem, scope }) => ecosystem === 'PyPI' && scope === 'optional');
  const names = [...new Set(optional.map(({ name }) => name))].sort();
  if (names.length === 0) return '';
  const list = names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')}, …`;
  return ` (its optional dependencies are ${list}; \`sbx setup ${targetPath} --with NAME\` adds one)`;
}

function some(names: readonly string[]): string {
  const [first = '', second] = names;
  if (names.length <= 2) return second === undefined ? first : `${first} and ${second}`;
  return `${first} and ${names.length - 1} more`;
}
