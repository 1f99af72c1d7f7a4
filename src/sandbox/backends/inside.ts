import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mount, SandboxCommand } from '../backend.ts';
import type { World } from '../world.ts';

/** The user that a sandboxed command is, inside; on most systems `nobody`. */
export const INSIDE_USER = 65534;

/** What the sandbox's `/etc` holds instead of the host's: no account, address or resolver of the host shows. */
export function etcFiles({ hostName, userName }: Pick<World, 'hostName' | 'userName'>): EtcFiles {
  return {
    passwd: `root:x:0:0::/root:/bin/sh\n${userName}:x:${INSIDE_USER}:${INSIDE_USER}::/home/user:/bin/sh\n`,
    group: `root:x:0:\n${userName}:x:${INSIDE_USER}:\n`,
    hosts: `127.0.0.1 localhost ${hostName}\n::1 localhost\n`,
    'resolv.conf': 'nameserver 127.0.0.1\n',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
  };
}

/** Contents by file name. */
type EtcFiles = Readonly<Record<string, string>>;

/** A writable folder in memory: gone after the run, no larger than `bytes`. */
export interface TemporaryFolder {
  readonly path: string;
  readonly bytes: number;
  /** How many files it may hold: without a limit, empty files use up kernel memory. */
  readonly inodes: number;
  readonly mode: string;
  /** Native code of a copied Python package has to be mapped from there; nothing else may be. */
  readonly isExecutable: boolean;
}

const INODES = 20_000;
const SHARED_MEMORY_BYTES = 1024 * 1024;

/** The writable folders of a run: `/tmp`, the home folder, `/dev/shm`, and one per copy that lies in none of them. */
export function temporaryFolders(command: SandboxCommand): TemporaryFolder[] {
  const bytes = command.limits.temporaryBytes;
  const scratch = { bytes, inodes: INODES, mode: '700', isExecutable: false };
  const folders: TemporaryFolder[] = [
    { ...scratch, path: '/tmp', mode: '1777' },
    { ...scratch, path: '/home/user' },
    { ...scratch, path: '/dev/shm', mode: '1777', bytes: Math.min(bytes, SHARED_MEMORY_BYTES) },
  ];
  for (const copy of command.copies) {
    const existing = folders.findIndex((folder) => folder.path === copy.target);
    if (existing >= 0) folders.splice(existing, 1);
    folders.push({ ...scratch, path: copy.target, isExecutable: true });
  }
  // Parents first: a mount hides what was mounted below it before.
  return folders.sort((one, other) => one.path.length - other.path.length);
}

/**
 * Limits per process, as soft and hard values by the name that `setrlimit(2)` knows without its prefix.
 * @param countsTotals true when a control group already bounds memory and processes for the whole run
 */
export function processLimits(
  command: SandboxCommand,
  countsTotals: boolean,
): Record<string, [number, number]> {
  const { limits } = command;
  const limit = (value: number): [number, number] => [value, value];
  return {
    NOFILE: limit(limits.openFiles),
    FSIZE: limit(limits.fileBytes),
    CORE: limit(0),
    // The soft limit says SIGXCPU, which can be told from other deaths; the hard one cannot be ignored.
    CPU: [limits.cpuSeconds, limits.cpuSeconds + 1],
    // DATA counts what is really writable and private; address space alone is reserved in gigabytes by some interpreters.
    ...(countsTotals
      ? {}
      : {
          // Counts all of the user's processes, those of other sandboxes too where they share the user.
          NPROC: limit(limits.processes),
          DATA: limit(limits.memoryBytes),
          AS: limit(Math.max(limits.memoryBytes * 4, 2 ** 32)),
        }),
  };
}

/** The options of `prlimit(1)` for {@link processLimits}. */
export function prlimitOptions(limits: Readonly<Record<string, readonly [number, number]>>): string[] {
  return Object.entries(limits).map(([name, [soft, hard]]) => `--${name.toLowerCase()}=${soft}:${hard}`);
}

/** Writes {@link etcFiles} below a folder of the run, and gives what shows them inside. */
export async function writeEtc(parent: string, world: World): Promise<readonly Mount[]> {
  const folder = join(parent, 'etc');
  await mkdir(folder);
  await chmod(folder, 0o755);
  const mounts: Mount[] = [];
  for (const [name, text] of Object.entries(etcFiles(world))) {
    const source = join(folder, name);
    await writeFile(source, text);
    await chmod(source, 0o644);
    mounts.push({ source, target: `/etc/${name}` });
  }
  return mounts;
}
