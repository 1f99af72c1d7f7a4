import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inTurn } from './timing.mjs';

const BACKENDS = ['native', 'bubblewrap', 'firejail', 'docker', 'gvisor', 'podman'];
const COMMANDS = { true: ['true'], python: ['python3', '-c', 'pass'] };

/** `docker run` of the image that sbx made of this machine, with the host's programs mounted as sbx mounts them and nothing else. */
function plainDocker(command) {
  const images = execFileSync('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}', 'sbx-host'], {
    encoding: 'utf8',
  });
  const [image] = images.split('\n');
  if (!image) throw new Error('docker has no image of sbx yet: run `sbx run --backend docker` once');
  const shown = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc/ld.so.cache', '/etc/alternatives'].filter(
    (path) => existsSync(path) && !lstatSync(path).isSymbolicLink(),
  );
  const mounts = shown.flatMap((path) => ['--volume', `${path}:${path}:ro`]);
  return ['docker', 'run', '--rm', '--network', 'none', ...mounts, image, ...command];
}

/** Whole processes, `sbx run EMPTY -- COMMAND` in one backend and a plain `docker run` of the same command in turn. */
async function start(sbx, backend, name, runs) {
  const target = mkdtempSync(join(tmpdir(), 'sbx-bench-target-'));
  try {
    const own = {
      command: [process.execPath, sbx, 'run', target, '--backend', backend, '--', ...COMMANDS[name]],
    };
    const availability = JSON.parse(
      execFileSync(process.execPath, [sbx, 'doctor', '--format', 'json'], { encoding: 'utf8' }),
    ).backends.find(({ id }) => id === backend);
    if (!availability.available) throw new Error(availability.reason);
    const timed = await inTurn(own, { command: plainDocker(COMMANDS[name]) }, runs);
    return { ...timed, against: 'docker run', aim: 'none', isMet: true };
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

/** One case for each backend and command. @param {string} sbx the program */
export function sandboxStarts(sbx) {
  const pairs = BACKENDS.flatMap((backend) => Object.keys(COMMANDS).map((name) => [backend, name]));
  return Object.fromEntries(
    pairs.map(([backend, name]) => [
      `sandbox-start-${backend}-${name}`,
      (runs) => start(sbx, backend, name, runs),
    ]),
  );
}
