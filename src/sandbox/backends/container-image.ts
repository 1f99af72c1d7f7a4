import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { pack, type Pack } from 'tar-stream';
import { SbxError } from '../../errors.ts';
import type { Mount } from '../backend.ts';
import { askEngine, clientEnvironment, dockerHost, LABEL, type ContainerEngine } from './container-engine.ts';
import { ETC_SHOWN, systemFolders, systemLinks } from './host-parts.ts';
import { etcFiles } from './inside.ts';
import { OFFLINE_WORLD } from '../world.ts';
import { findTool } from './runtimes.ts';

const REPOSITORY = 'sbx-host';
const IMPORT_MS = 60_000;
const FOLDERS = [
  'dev',
  'etc',
  'home',
  'home/user',
  'opt',
  'proc',
  'run',
  'sys',
  'target',
  'tmp',
  'var',
] as const;
/** A temporary file system takes over the mode of the folder that it is mounted on. */
const WRITABLE = new Set(['tmp', 'home/user']);

/** What to run in: an image, and the parts of the host that are shown in it. */
export interface ContainerImage {
  readonly reference: string;
  readonly mounts: readonly Mount[];
}

/**
 * An image without any registry: a skeleton of folders, links and a few files of `/etc`, imported once. The host's own programs and
 * libraries are mounted into it read-only, so it needs no copy of them and is never out of date.
 * @throws SbxError of kind `sandbox` where the host is not Linux, or the engine refuses the import
 */
export async function hostImage(engine: ContainerEngine): Promise<ContainerImage> {
  if (process.platform !== 'linux') {
    throw new SbxError('sandbox', 'image-needed', 'Only a Linux host can lend its programs to a container', {
      help: 'Pass an image that holds python3 and a shell: --image python:3.12-slim.',
    });
  }
  const links = systemLinks();
  const folders = systemFolders();
  const content = JSON.stringify({
    links,
    folders,
    FOLDERS,
    ETC_FILES: etcFiles(OFFLINE_WORLD),
    writable: [...WRITABLE],
  });
  const reference = `${REPOSITORY}:${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
  if ((await askEngine(engine, ['image', 'inspect', '--format', '{{.Id}}', reference])) === null) {
    await importSkeleton(engine, reference, links, [...folders, ...FOLDERS]);
  }
  const shown = [...folders.map((name) => `/${name}`), ...ETC_SHOWN.filter((path) => existsSync(path))];
  return { reference, mounts: shown.map((path) => ({ source: path, target: path })) };
}

async function importSkeleton(
  engine: ContainerEngine,
  reference: string,
  links: readonly (readonly [name: string, target: string])[],
  folders: readonly string[],
): Promise<void> {
  const archive: Pack = pack();
  // The same bytes every time: the reference is a digest of what is in it.
  const mtime = new Date(0);
  for (const name of folders)
    archive.entry({ name, type: 'directory', mode: WRITABLE.has(name) ? 0o1777 : 0o755, mtime });
  for (const [name, linkname] of links) archive.entry({ name, type: 'symlink', linkname, mtime });
  for (const [name, text] of Object.entries(etcFiles(OFFLINE_WORLD)))
    archive.entry({ name: `etc/${name}`, mode: 0o644, mtime }, text);
  archive.finalize();
  const change = engine.program === 'docker' ? ['--change', `LABEL ${LABEL}=image`] : ['--quiet'];
  const program = await findTool(engine.program);
  const child = spawn(
    program ?? engine.program,
    [...engine.globalOptions, 'import', ...change, '-', reference],
    {
      env: clientEnvironment(engine, '/nonexistent', await dockerHost()),
      stdio: ['pipe', 'ignore', 'pipe'],
      timeout: IMPORT_MS,
      killSignal: 'SIGKILL',
    },
  );
  let reason = '';
  child.stderr.on('data', (chunk: Buffer) => (reason = (reason + chunk.toString('utf8')).slice(-300)));
  child.stdin.on('error', () => undefined);
  archive.pipe(child.stdin);
  const status = await once(child, 'close').then(
    ([code]) => code as number | null,
    () => null,
  );
  if (status !== 0) {
    throw new SbxError(
      'sandbox',
      'image-import',
      `${engine.program} could not import the image: ${reason.trim()}`,
      {
        help: 'Pass an image that holds python3 and a shell with --image.',
      },
    );
  }
}
