import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { chmod, mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Mount } from '../../backend.ts';
import { Told, type Sightings } from './sightings.ts';

const WATCHER = fileURLToPath(new URL('./watcher.py', import.meta.url));

/** Where the sandbox finds the pipe that holds its command back until its files are watched. */
const INSIDE_FOLDER = '/run/sbx/witness';
const GATE = 'gate';

/** How long the watcher may take to say its last word, in milliseconds. */
const LAST_WORD_MS = 5000;

/** Watches the decoys of one run from outside its sandbox. */
export interface DecoyWitness {
  /** What the sandbox has to show for it; none when nothing can be watched. */
  readonly mounts: readonly Mount[];
  /** Path inside of the pipe that the start script reads from once the home folder is filled; null when nothing can be watched. */
  readonly gate: string | null;
  /**
   * Ends it, once the sandbox is gone.
   * @param collected `DEVICE:INODE` of each file that sbx itself read in the sandbox when the command was over
   */
  end(collected: readonly string[]): Promise<Sightings>;
}

/** A witness that sees nothing, and says why. */
export function noWitness(limitation: string): DecoyWitness {
  return { mounts: [], gate: null, end: () => Promise.resolve({ reads: [], limitation }) };
}

/**
 * Starts a process on the host that sees reads of files by inotify: in whatever way a program opens them, under whatever name, no
 * recorder needed and nothing inside to tamper with.
 * @param python the host's
 * @param folder a folder for the pipe, made here
 * @param original the host's folder that the sandbox's home folder is a copy of
 * @param files relative to it
 */
export async function startDecoyWitness(
  python: string,
  folder: string,
  original: string,
  files: readonly string[],
): Promise<DecoyWitness> {
  await mkdir(folder);
  await chmod(folder, 0o755);
  const gate = join(folder, GATE);
  const child = spawn(python, ['-I', '-S', '-B', WATCHER], {
    env: {},
    cwd: '/',
    // Killing the sandbox's process group must not take the witness along.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close').catch(() => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify({ gate, original, files })}\n`);
  const told = new Told();
  const lines = createInterface({ input: child.stdout });
  const isReady = new Promise<boolean>((resolve) => {
    lines.on('line', (line) => {
      told.take(line);
      if (told.isReady) resolve(true);
    });
    child.once('error', () => {
      resolve(false);
    });
    lines.once('close', () => {
      resolve(false);
    });
  });
  if (!(await isReady)) return noWitness('the watcher of decoys could not be started');
  // Should the watcher die, nobody must wait at the gate for ever.
  let isOver = false;
  const opening = closed.then(() => (isOver ? null : openGate(gate)));
  return {
    mounts: [{ source: folder, target: INSIDE_FOLDER }],
    gate: `${INSIDE_FOLDER}/${GATE}`,
    end: async (collected) => {
      isOver = true;
      // The end of its standard input ends it; so does the end of sbx.
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), LAST_WORD_MS);
      await closed;
      clearTimeout(timer);
      await (await opening)?.close();
      return told.sightings(files, collected);
    },
  };
}

/** Lets whoever waits go on; null when nobody can any more. */
async function openGate(gate: string): Promise<FileHandle | null> {
  const pipe = await open(gate, constants.O_RDWR | constants.O_NONBLOCK).catch(() => null);
  await pipe?.write('go\n');
  return pipe;
}
