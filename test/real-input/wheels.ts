import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../src/cache-folder.ts';

/**
 * The published wheel of a package, fetched once into the cache: a file, never installed. Its dependencies are not asked for, and
 * nothing is built to learn of them.
 */
export async function wheelOf(name: string, version: string): Promise<string> {
  const folder = join(cacheFolder('test-wheels'), `${name}-${version}`);
  mkdirSync(folder, { recursive: true });
  const present = wheelIn(folder);
  if (present !== null) return present;
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  const words = ['-I', '-m', 'pip', 'download', ...options, '--dest', folder, `${name}==${version}`];
  await promisify(execFile)(await pythonWithPip(), words, { cwd: folder });
  const fetched = wheelIn(folder);
  if (fetched === null) throw new Error(`pip downloaded no wheel of ${name} ${version}`);
  return fetched;
}

/** A Debian `python3` may come without pip; the virtual environment of the audit tools has one. */
async function pythonWithPip(): Promise<string> {
  const tools = process.env['SBX_TOOLS_BIN'];
  const candidates = [
    'python3',
    ...(tools === undefined ? [] : [join(tools, '..', 'venv', 'bin', 'python')]),
  ];
  for (const python of candidates) {
    const hasPip = await promisify(execFile)(python, ['-I', '-m', 'pip', '--version']).then(
      () => true,
      () => false,
    );
    if (hasPip) return python;
  }
  throw new Error('no python3 with pip is here');
}

function wheelIn(folder: string): string | null {
  const name = readdirSync(folder).find((entry) => entry.endsWith('.whl'));
  return name === undefined ? null : join(folder, name);
}
