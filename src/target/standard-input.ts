import { createHash } from 'node:crypto';
import { usageError } from '../errors.ts';
import type { Target } from '../model/target.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { megabytes } from './collector.ts';
import { unitsOf } from './units.ts';

/** The file name that stands for a language given with `--lang`, so that everything after sees an ordinary file. */
const NAME_OF_LANGUAGE = {
  python: 'stdin.py',
  javascript: 'stdin.js',
  typescript: 'stdin.ts',
  shell: 'stdin.sh',
  markdown: 'stdin.md',
  json: 'stdin.json',
  yaml: 'stdin.yaml',
  toml: 'stdin.toml',
  ini: 'stdin.ini',
  makefile: 'Makefile',
  dockerfile: 'Dockerfile',
  notebook: 'stdin.ipynb',
  pickle: 'stdin.pkl',
  html: 'stdin.html',
  powershell: 'stdin.ps1',
  ruby: 'stdin.rb',
  go: 'stdin.go',
  batch: 'stdin.bat',
  text: 'stdin.txt',
} as const;

/** What `--lang` accepts. */
export const LANGUAGE_NAMES: readonly string[] = Object.keys(NAME_OF_LANGUAGE);

/**
 * Reads one file from standard input as a target of its own.
 * @param language one of {@link LANGUAGE_NAMES}, or null to recognise it by content
 * @throws SbxError of kind `usage` when it is larger than a file may be
 */
export async function openStandardInput(
  input: AsyncIterable<unknown>,
  language: string | null,
  signal: AbortSignal,
): Promise<Target> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    signal.throwIfAborted();
    bytes += (chunk as Buffer).byteLength;
    if (bytes > DEFAULT_LIMITS.maxFileBytes) {
      throw usageError(
        'stdin-too-large',
        `standard input holds more than ${megabytes(DEFAULT_LIMITS.maxFileBytes)}`,
      );
    }
    chunks.push(chunk as Buffer);
  }
  const content = Buffer.concat(chunks, bytes);
  const path = language === null ? 'stdin' : NAME_OF_LANGUAGE[language as keyof typeof NAME_OF_LANGUAGE];
  const digest = createHash('sha256').update(content).digest('hex');
  const files = [{ path, size: bytes, digest, executable: false, content }];
  const treeDigest = `sha256:${createHash('sha256').update(`${path}\0-\0${digest}\n`).digest('hex')}`;
  return {
    path: '-',
    kind: 'file',
    absolutePath: '-',
    digest: treeDigest,
    files,
    opaque: [],
    units: unitsOf(files, path),
  };
}
