import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Command lines of this machine's processes that hold a text, without those of `except`. */
export function processesWith(text: string, except: readonly number[] = []): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && !except.includes(Number(name)))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return line.includes(text) ? [line] : [];
      } catch {
        return [];
      }
    });
}

/** Private folders and control groups of runs that a process started. */
export function foldersOf(pid: number): string[] {
  const name = new RegExp(`^sbx-\\d+-${pid}-\\d+-[0-9a-f]{12}$`);
  const places = [tmpdir(), ...cgroupFolders()];
  return places.flatMap((place) => readdirSync(place).filter((entry) => name.test(entry)));
}

/** Where runs make control groups: the groups that this process is in, and the one for all under version 2. */
function cgroupFolders(): string[] {
  const own = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n');
  const candidates = own.flatMap((line) => {
    const [, controller = '', path = '/'] = line.split(':');
    return controller === '' ? ['/sys/fs/cgroup/sbx'] : [`/sys/fs/cgroup/${controller}${path}`];
  });
  return candidates.filter((path) => {
    try {
      readdirSync(path);
      return true;
    } catch {
      return false;
    }
  });
}

/** Names of the containers of runs that a process started, running or not. */
export function containersOf(pid: number, program = 'docker'): string[] {
  const names = execFileSync(
    program,
    ['ps', '--all', '--filter', 'label=sbx.run', '--format', '{{.Names}}'],
    {
      encoding: 'utf8',
    },
  );
  return names.split('\n').filter((name) => new RegExp(`^sbx-\\d+-${pid}-`).test(name));
}

/** Asks again and again until it is so, or the time is over. */
export async function eventually(isSo: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return isSo();
}
