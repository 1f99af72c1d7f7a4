import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { execa } from 'execa';
import type { Interpreter } from '../../src/sandbox/setup/interpreter.ts';

/** What has to be in an image that a sandbox starts anything in. */
const TOOLS = ['/bin/sh', '/bin/bash', '/bin/cp', '/bin/cat', '/bin/true', '/bin/ls', '/usr/bin/env'];

/**
 * Makes an image out of files of this machine, without a registry: a shell, a few tools, an interpreter and what they are linked with.
 * @param python the interpreter that is `python3` in it, or null for none
 * @returns what removes it
 */
export async function localImage(
  program: 'docker' | 'podman',
  name: string,
  python: Interpreter | null,
): Promise<() => Promise<void>> {
  const paths = new Set(TOOLS.map((path) => path.slice(1)));
  const binaries = TOOLS.map((path) => realpathSync(path));
  if (python !== null) {
    binaries.push(python.path);
    paths.add(python.path.slice(1));
    const modules = `${python.prefix}/lib/python${python.version}`;
    paths.add(modules.slice(1));
    const compiled = `${modules}/lib-dynload`;
    const { stdout } = await execa('sh', ['-c', `ls ${compiled}/*.so`]);
    binaries.push(...stdout.split('\n'));
    paths.add(`${python.prefix.slice(1)}/bin/python3`);
  }
  const { stdout: linked } = await execa('ldd', binaries);
  for (const [, path] of linked.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)) paths.add(path!.slice(1));
  const left = ['test', 'tests', 'idlelib', 'tkinter', 'ensurepip', '__pycache__', 'config-*'];
  const tar = spawn(
    'tar',
    [
      ...['-C', '/', '-h', '-cf', '-', ...left.map((each) => `--exclude=${each}`)],
      ...[...paths].filter((path) => existsSync(`/${path}`)),
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const elsewhere = python !== null && python.prefix !== '/usr' ? `${python.prefix}/bin:` : '';
  const change = ['--change', `ENV PATH=${elsewhere}/usr/local/bin:/usr/bin:/bin`];
  const importing = execa(program, ['import', ...change, '-', name], { input: tar.stdout });
  await Promise.all([once(tar, 'close'), importing]);
  return async () => {
    await execa(program, ['rmi', '--force', name], { reject: false });
  };
}
