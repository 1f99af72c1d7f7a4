import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { SbxError } from '../../errors.ts';
import { PIP_OPTIONS, uvOptions } from './installer-options.ts';
import type { Interpreter } from './interpreter.ts';

/** What fetches wheels. Both work from lists that sbx wrote, take wheels only, and run nothing of what they fetch. */
export interface Installer {
  readonly id: 'uv' | 'pip';
  readonly version: string;
  /** The command and the arguments that come before any subcommand of `pip`. */
  readonly command: readonly string[];
}

/** The outcome of a resolution: a lock with hashes, or why there is none. */
export type Resolution =
  { readonly lock: string; readonly reason: null } | { readonly lock: null; readonly reason: string };

const UNREACHABLE =
  /NewConnectionError|ConnectTimeout|ReadTimeout|Max retries exceeded|Temporary failure in name resolution|Name or service not known|dns error|error sending request|Connection refused|Network is unreachable|ProxyError|operation timed out/i;

/**
 * Finds uv on PATH, else the pip of the interpreter, else the pip of the host's `python3` told to install for the interpreter.
 * @throws SbxError of kind `config` when there is none
 */
export async function findInstaller(interpreter: Interpreter, signal: AbortSignal): Promise<Installer> {
  const candidates: readonly (readonly string[])[] = [
    ['uv'],
    // Pip reads markers as of the Python that it runs in, and that of an image cannot be started here.
    ...(interpreter.isInImage === true
      ? []
      : [
          [interpreter.path, '-I', '-m', 'pip'],
          ['python3', '-I', '-m', 'pip', '--python', interpreter.path],
        ]),
  ];
  for (const command of candidates) {
    const [file = '', ...rest] = command;
    const answer = await execa(file, [...rest, '--version'], {
      cwd: '/',
      stdin: 'ignore',
      reject: false,
      timeout: 20_000,
      cancelSignal: signal,
    });
    signal.throwIfAborted();
    if (answer.failed) continue;
    const version = /\d+(?:\.\d+)+/.exec(answer.stdout)?.[0] ?? 'unknown';
    return { id: file === 'uv' ? 'uv' : 'pip', version, command };
  }
  throw new SbxError(
    'config',
    'installer-not-found',
    interpreter.isInImage === true
      ? 'uv is not here, and only uv can prepare for the Python of an image'
      : `neither uv nor a pip for ${interpreter.path} is here`,
    {
      help:
        interpreter.isInImage === true
          ? 'Install uv.'
          : 'Install uv, or your system’s pip (Debian: apt-get install python3-pip).',
    },
  );
}

/**
 * Installs a lock into a folder and compiles it to byte code.
 * @param lock requirements with `--hash` each; markers choose what fits the interpreter
 * @throws SbxError of kind `network` when the index is out of reach, `config` when there is no wheel or a hash does not fit
 */
export async function installLock(
  installer: Installer,
  interpreter: Interpreter,
  lock: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await withList(lock, async (list) => {
    const common = [
      '--target',
      folder,
      '--only-binary',
      ':all:',
      '--require-hashes',
      '--no-deps',
      '-r',
      list,
    ];
    const specific =
      installer.id === 'uv'
        ? [
            ...uvOptions(interpreter),
            // Byte code is one version's; that of an image cannot be started here.
            ...(interpreter.isInImage === true ? [] : ['--compile-bytecode']),
            ...['--link-mode', 'copy'],
          ]
        : PIP_OPTIONS;
    const subcommand = installer.id === 'uv' ? ['pip', 'install'] : ['install'];
    const result = await invoke(installer, [...subcommand, ...specific, ...common], signal);
    if (result.exitCode === 0) return;
    throw failure(
      result.stderr,
      `${installer.id} could not install the locked wheels for Python ${interpreter.version}`,
    );
  });
}

/**
 * Resolves requirements to wheels without building or running anything: names that have no wheel for this interpreter fail.
 * @param requirements lines of `name` and specifiers, written by sbx
 * @throws SbxError of kind `network` when the index is out of reach
 */
export async function resolveWheels(
  installer: Installer,
  interpreter: Interpreter,
  requirements: readonly string[],
  signal: AbortSignal,
): Promise<Resolution> {
  return withList(`${requirements.join('\n')}\n`, async (list) => {
    const report = `${list}.report.json`;
    const common = ['--only-binary', ':all:'];
    const args =
      installer.id === 'uv'
        ? [
            'pip',
            'compile',
            ...uvOptions(interpreter),
            ...common,
            '--generate-hashes',
            '--no-header',
            '--no-annotate',
            list,
          ]
        : [
            'install',
            ...PIP_OPTIONS,
            ...common,
            '--dry-run',
            '--ignore-installed',
            '--report',
            report,
            '-r',
            list,
          ];
    const result = await invoke(installer, args, signal);
    if (result.exitCode === 0) {
      return {
        lock: installer.id === 'uv' ? result.stdout : lockOfReport(await readFile(report, 'utf8')),
        reason: null,
      };
    }
    if (UNREACHABLE.test(result.stderr)) throw failure(result.stderr, '');
    return { lock: null, reason: lastLine(result.stderr) };
  });
}

/** Turns pip's installation report into the lines of a lock. See pip's "Installation Report" reference, version 1. */
export function lockOfReport(report: string): string {
  const { install = [] } = JSON.parse(report) as {
    install?: readonly {
      metadata: { name: string; version: string };
      download_info: { archive_info?: { hashes?: Record<string, string>; hash?: string } };
    }[];
  };
  const lines = install.map(({ metadata, download_info: { archive_info: archive } }) => {
    const sha256 = archive?.hashes?.['sha256'] ?? /^sha256=(.+)$/.exec(archive?.hash ?? '')?.[1];
    if (sha256 === undefined) throw new Error(`pip named no sha256 for ${metadata.name}`);
    return `${metadata.name}==${metadata.version} --hash=sha256:${sha256}`;
  });
  return `${lines.sort().join('\n')}\n`;
}

interface Invocation {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

async function invoke(
  installer: Installer,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Invocation> {
  const [file = '', ...rest] = installer.command;
  const result = await execa(file, [...rest, ...args], {
    cwd: '/',
    stdin: 'ignore',
    reject: false,
    // Messages are read by their words; colours would stand between them.
    env: { NO_COLOR: '1', FORCE_COLOR: undefined, UV_HTTP_RETRIES: '1' },
    timeout: 15 * 60_000,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}

function failure(stderr: string, otherwise: string): SbxError {
  return UNREACHABLE.test(stderr)
    ? new SbxError('network', 'index-unreachable', 'cannot reach the package index; nothing was prepared', {
        help: 'Connect to a network, or point uv or pip at an index you can reach, and run sbx setup again.',
      })
    : new SbxError('config', 'wheels-not-installed', `${otherwise}: ${lastLine(stderr)}`);
}

/** The last line that says something, bounded: the installers repeat names and versions that the target chose. */
function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[^\x20-\x7e]+/g, ' ').trim());
  return (lines.filter((line) => line !== '').at(-1) ?? 'no reason given').slice(0, 300);
}

async function withList<Result>(text: string, use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'sbx-setup-'));
  try {
    const path = join(folder, 'requirements.txt');
    await writeFile(path, text);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
