import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What must be gone when a run is over, however it ended. */
export interface Leftovers {
  /** The run's private folder. */
  readonly folder: string;
  /** Control groups, innermost first; their processes are killed before they are removed. */
  readonly cgroups: readonly string[];
  /** A container, and the program (with its first arguments) that removes it; null for the backends without containers. */
  readonly container: { readonly engine: readonly string[]; readonly name: string } | null;
}

/**
 * Waits on its standard input, and cleans up when that ends: because the run is over, or because sbx was killed and the kernel
 * closed the pipe. So there is one way to clean up, taken every time, and it does not depend on sbx being alive.
 * Lines it takes: `group N` (the process group to kill) and `ended` (that group is gone).
 */
const SCRIPT = `
trap '' HUP INT TERM
folder=$1 container=$2 cgroups=$3
shift 3
group=
while read -r word value; do
  case $word in
    group) group=$value ;;
    ended) group= ;;
  esac
done
[ -z "$group" ] || kill -KILL -- "-$group" 2>/dev/null
while [ "$cgroups" -gt 0 ]; do
  tries=0
  while [ -d "$1" ] && [ "$tries" -lt 100 ]; do
    while read -r pid; do kill -KILL "$pid"; done <"$1/cgroup.procs" 2>/dev/null
    rmdir "$1" 2>/dev/null && break
    tries=$((tries + 1))
    sleep 0.02
  done
  shift
  cgroups=$((cgroups - 1))
done
if [ -n "$container" ]; then
  "$@" rm -f -v "$container" >/dev/null 2>&1
  # A client that was killed may have asked for a container that is only now being made.
  tries=0
  while [ -n "$group" ] && [ "$tries" -lt 12 ]; do
    sleep 0.25
    "$@" container inspect "$container" >/dev/null 2>&1 && "$@" rm -f -v "$container" >/dev/null 2>&1
    tries=$((tries + 1))
  done
fi
# One that is being killed may still write a file.
tries=0
until rm -rf -- "$folder" 2>/dev/null || [ "$tries" -ge 100 ]; do
  tries=$((tries + 1))
  sleep 0.02
done
`;

/** A process outside sbx that survives it just long enough to clean up. */
export class Guardian {
  readonly #child: ChildProcess;

  constructor(leftovers: Leftovers) {
    const { folder, container, cgroups } = leftovers;
    this.#child = spawn(
      '/bin/sh',
      [
        '-c',
        SCRIPT,
        'sbx-guardian',
        folder,
        container?.name ?? '',
        String(cgroups.length),
        ...cgroups,
        ...(container?.engine ?? []),
      ],
      // A session of its own: Ctrl-C and a killed process group must not reach it.
      { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] },
    );
    // What a guardian that cannot start would take away is left to the next sweep; a write to it must not end sbx.
    this.#child.on('error', () => undefined);
    this.#child.stdin?.on('error', () => undefined);
  }

  /** Names the process group that has to die with the run. */
  watch(group: number): void {
    this.#child.stdin?.write(`group ${group}\n`);
  }

  /** Says that the process group is gone, so that its number may be somebody else's by now. */
  forget(): void {
    this.#child.stdin?.write('ended\n');
  }

  /** Cleans up and waits until that is done. */
  async clean(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await exited;
  }
}
