import { existsSync, readFileSync } from 'node:fs';
import type { BackendId } from '../../model/observation.ts';
import type { Limits } from '../backend.ts';
import { boundsShareOfCpus } from './cgroup.ts';

/** Of util-linux, which every backend but the containers' needs anyway. */
const TASKSET = '/usr/bin/taskset';

/** Numbers in a list such as `0-3,8` (`cpuset(7)`). */
function numbersIn(list: string): readonly number[] {
  return list
    .trim()
    .split(',')
    .flatMap((range) => {
      const [first = Number.NaN, last = first] = range.split('-').map(Number);
      return Number.isInteger(first) && Number.isInteger(last)
        ? Array.from({ length: last - first + 1 }, (_, index) => first + index)
        : [];
    });
}

/** The CPUs that this process may run on. */
function ownCpus(): readonly number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  return numbersIn(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '');
}

/**
 * A command line that begins on as many CPUs as its limit says, rounded up, and becomes `command`. The filter of system calls keeps what
 * runs inside from taking others; a share of one CPU is for the control group.
 */
export function onCpus({ cpus }: Pick<Limits, 'cpus'>, command: readonly string[]): readonly string[] {
  if (cpus === undefined || process.platform !== 'linux' || !existsSync(TASKSET)) return command;
  const own = ownCpus();
  const count = Math.ceil(cpus);
  if (count >= own.length) return command;
  // Not always the same ones: several runs at a time are to share the machine.
  const first = Math.floor(Math.random() * own.length);
  const chosen = Array.from({ length: count }, (_, index) => own[(first + index) % own.length]!);
  return [TASKSET, '--cpu-list', chosen.join(','), ...command];
}

/** What of the limit on CPUs a backend does not hold a run to on this machine, in words; null: nothing, or there is no such limit. */
export function unenforcedCpus({ cpus }: Pick<Limits, 'cpus'>, backend: BackendId): string | null {
  if (cpus === undefined || backend === 'docker' || backend === 'podman') return null;
  if (backend === 'wasm')
    return "the manifest's `resources.cpus` is not enforced: Node's own threads use what they want";
  const isShare = !Number.isInteger(cpus);
  const hasTaskset = existsSync(TASKSET);
  if (boundsShareOfCpus()) return null;
  if (!hasTaskset)
    return "the manifest's `resources.cpus` is not enforced: there is no control group and no taskset here";
  return isShare
    ? `the manifest's \`resources.cpus\` of ${cpus} is held to ${Math.ceil(cpus)}: a share of a CPU needs a control group`
    : null;
}
