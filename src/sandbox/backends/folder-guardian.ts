import { spawn, type ChildProcess } from 'node:child_process';

/** Collects the names of folders until its standard input ends, which is when sbx does, however that comes; then removes them. */
const SCRIPT = `
trap '' HUP INT TERM
while IFS= read -r folder; do set -- "$@" "$folder"; done
[ $# -eq 0 ] || rm -rf -- "$@"
`;

let guardian: ChildProcess | null = null;

/**
 * Sees to it that a folder is gone when this process is, also when it is killed. One small process per sbx does it for all folders;
 * it does not keep sbx from ending.
 * @param folder absolute, without a line break
 */
export function removeAtTheEnd(folder: string): void {
  guardian ??= start();
  guardian.stdin?.write(`${folder}\n`);
}

function start(): ChildProcess {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sbx-folders'], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without it the folders of a killed sbx wait for the next one to sweep them.
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  (child.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return child;
}
