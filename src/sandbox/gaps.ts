import type { Gap } from '../model/outcome.ts';
import type { Unit } from '../model/target.ts';
import type { ObservedRun } from './observed-run.ts';
import { STEPS } from './observed-run.ts';
import type { PreparedEnvironment } from './setup/prepared.ts';

const BASE_MODULES = new Set([
  'gymnasium',
  'numpy',
  'cloudpickle',
  'farama_notifications',
  'typing_extensions',
]);

const NODE_PROGRAMS: ReadonlySet<string> = new Set(['javascript', 'node-import', 'hook']);

/** What a unit's runs should have shown and did not, with what to do about it. */
export function gapsOf(
  unit: Unit,
  observed: readonly ObservedRun[],
  prepared: PreparedEnvironment | null,
  targetPath: string,
): readonly Gap[] {
  const reasons = observed.flatMap((each) => [
    ...missingModules(each, prepared, targetPath),
    ...unfinished(each),
    ...(each.planned.program === 'gym' ? undriven(each) : []),
  ]);
  return [...new Set(reasons)].map((reason) => ({ unit: unit.path, reason }));
}

function missingModules(
  { guest, planned }: ObservedRun,
  prepared: PreparedEnvironment | null,
  targetPath: string,
): readonly string[] {
  const isNode = NODE_PROGRAMS.has(planned.program);
  const modules = new Set(
    guest.failures.flatMap(({ module }) =>
      module === null ? [] : [isNode ? module : (module.split('.')[0] ?? module)],
    ),
  );
  return [...modules].map((module) => {
    const missing = `${module} is not installed in the sandbox's environment`;
    if (isNode)
      return `${missing}: Node packages are not prepared, so \`${planned.label.join(' ')}\` could not run`;
    if (BASE_MODULES.has(module)) return `${missing}: run \`sbx setup\``;
    const left = prepared?.leftOut.find(({ name }) => canonical(name) === canonical(module));
    if (left !== undefined) return `${missing}: ${left.name} was left out (${left.reason})`;
    return (prepared?.missing ?? null) === null
      ? `${missing} and not declared by the target: give an interpreter that has it with \`--python PATH\``
      : `${missing}: run \`sbx setup ${targetPath}\``;
  });
}

function unfinished({ guest, planned, result, run }: ObservedRun): readonly string[] {
  const what = `\`${run.command.join(' ')}\``;
  const left = guest.left.map((each) => `not seen: ${each}`);
  if (result.limitsHit.length > 0)
    return [...left, `${what} reached the limit on ${result.limitsHit.join(', ')} and was not finished`];
  const hasRecorder = planned.program !== 'shell' && planned.program !== 'hook';
  if (
    hasRecorder &&
    !guest.isComplete &&
    planned.program !== 'javascript' &&
    planned.program !== 'node-import'
  )
    return [
      ...left,
      `${what} ended before its recorder was done (exit ${run.exit ?? result.signal ?? 'unknown'})`,
    ];
  return left;
}

/** A probe that drove nothing, or not to the end, has not shown what the environment does. */
function undriven({ guest }: ObservedRun): readonly string[] {
  const sorts = new Map<string, string[]>();
  for (const { subject, phase, type, module } of guest.failures) {
    if (module !== null) continue;
    const sort = `failed in phase ${phase} (${type})`;
    sorts.set(sort, [...(sorts.get(sort) ?? []), subject ?? 'the probe']);
  }
  const broken = [...sorts].map(([sort, subjects]) => {
    const others = subjects.length === 1 ? '' : ` and ${subjects.length - 1} more`;
    return `${subjects[0] ?? ''}${others} ${sort}, so what follows was not seen`;
  });
  const isDriven = guest.environments.some(({ steps }) => steps > 0);
  return isDriven || guest.failures.length > 0 || guest.left.length > 0
    ? broken
    : [...broken, `no environment was found that could be made and stepped ${STEPS} times`];
}

function canonical(name: string): string {
  return (/^[A-Za-z0-9._-]+/.exec(name)?.[0] ?? name).toLowerCase().replace(/[-_.]+/g, '-');
}
