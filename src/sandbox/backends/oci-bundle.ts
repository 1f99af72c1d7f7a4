import { existsSync, lstatSync } from 'node:fs';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Mount, SandboxCommand } from '../backend.ts';
import { ETC_SHOWN, systemFolders, systemLinks } from './host-parts.ts';
import { INSIDE_USER, processLimits, temporaryFolders, writeEtc } from './inside.ts';
import { realPath } from './relocated.ts';
import type { RunScope } from './run-scope.ts';
import { findRuntimes } from './runtimes.ts';
import { insideEnvironment, originalMounts, startCommand } from './start-script.ts';

/** The user, mounts and limits of one run for a runtime that follows the OCI runtime specification. */
interface OciMount {
  readonly destination: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

/**
 * Writes a bundle: a skeleton of folders and links as root, into which the host's programs and the run's files are mounted read-only,
 * and `config.json`. Source: OCI runtime specification 1.0.
 * @returns the bundle's folder
 */
export async function writeBundle(command: SandboxCommand, scope: RunScope): Promise<string> {
  const bundle = join(scope.folder, 'bundle');
  const root = join(bundle, 'rootfs');
  await mkdir(root, { recursive: true });
  await chmod(root, 0o755);
  const runtimes = await findRuntimes();
  const shown: Mount[] = [
    ...systemFolders().map((name) => ({ source: `/${name}`, target: `/${name}` })),
    ...ETC_SHOWN.filter((path) => existsSync(path)).map((path) => ({ source: path, target: path })),
    ...(await writeEtc(scope.folder, command.world)),
    ...runtimes.mounts,
    ...command.mounts,
    ...originalMounts(command.copies),
  ].map(({ source, target }) => ({ source: realPath(source), target }));
  for (const [name, target] of systemLinks()) await symlink(target, join(root, name));
  const temporary = temporaryFolders(command);
  for (const path of ['/proc', '/dev', ...temporary.map((folder) => folder.path)])
    await mkdir(join(root, path), { recursive: true });
  for (const { source, target } of shown)
    await makePoint(join(root, target), lstatSync(source).isDirectory());
  const mounts: readonly (OciMount | null)[] = [
    { destination: '/proc', type: 'proc', source: 'proc', options: [] },
    { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=65536'] },
    ...[
      ...shown.map(({ source, target }) => ({
        destination: target,
        type: 'bind',
        source,
        options: ['rbind', 'ro', 'nosuid', 'nodev'],
      })),
      ...temporary.map(({ path, bytes, isExecutable }) => ({
        destination: path,
        type: 'tmpfs',
        source: 'tmpfs',
        options: ['nosuid', 'nodev', isExecutable ? 'exec' : 'noexec', 'mode=1777', `size=${bytes}`],
      })),
    ].sort((one, other) => one.destination.length - other.destination.length),
  ];
  const rlimits = Object.entries(processLimits(command, true));
  const config = {
    ociVersion: '1.0.2',
    root: { path: 'rootfs', readonly: true },
    hostname: command.world.hostName,
    process: {
      terminal: false,
      user: { uid: INSIDE_USER, gid: INSIDE_USER },
      args: startCommand(command.command, command.copies, 'waits'),
      env: Object.entries(insideEnvironment(command, runtimes.path)).map(
        ([name, value]) => `${name}=${value}`,
      ),
      cwd: command.workingDirectory,
      capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
      noNewPrivileges: true,
      rlimits: rlimits.map(([name, [soft, hard]]) => ({ type: `RLIMIT_${name}`, soft, hard })),
    },
    mounts,
    linux: { namespaces: ['pid', 'mount', 'ipc', 'uts', 'network'].map((type) => ({ type })) },
  };
  await writeFile(join(bundle, 'config.json'), JSON.stringify(config));
  return bundle;
}

/** A place to mount something on, unless a mount above it brings it along. */
async function makePoint(path: string, isFolder: boolean): Promise<void> {
  await mkdir(isFolder ? path : dirname(path), { recursive: true });
  if (!isFolder) await writeFile(path, '', { flag: 'a' });
}
