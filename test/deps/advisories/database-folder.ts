import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, vi } from 'vitest';
import configureDb from '../../../src/cli/commands/db.ts';
import type { OsvRecord } from '../../../src/deps/advisories/osv-record.ts';
import { zipOf } from '../../support/archives.ts';

/** The day on which the tests run, ISO 8601. */
export const TODAY = new Date().toISOString().slice(0, 10);

let folder = '';

/** Gives every test of a file a folder of its own, with an empty cache in it. */
export function useDatabaseFolder(): void {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sbx-test-db-'));
    vi.stubEnv('SBX_CACHE_DIR', join(folder, 'cache'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
}

/** A path in the test's folder. */
export function inFolder(...parts: string[]): string {
  return join(folder, ...parts);
}

/** What `sbx db` keeps. */
export function kept(...parts: string[]): string {
  return inFolder('cache', 'advisories', ...parts);
}

/** A record on the package `demo`, fixed in 2.0.0. */
export function record(id: string, ecosystem: string, day: string, changed: object = {}): OsvRecord {
  const ranges = [
    { type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0.0' }] },
  ];
  const affected = [{ package: { ecosystem, name: 'demo' }, ranges }];
  return { id, modified: `${day}T00:00:00Z`, affected, ...changed };
}

/** An archive of records, and of whatever else is given as text. */
export function archive(...contents: (OsvRecord | string)[]): Buffer {
  return zipOf(
    contents.map((content, at) => ({
      name: `${String(at)}.json`,
      content: typeof content === 'string' ? content : JSON.stringify(content),
      method: 0,
    })),
  );
}

/** Writes files below a folder of the test's and gives its path. */
export async function layOut(
  name: string,
  files: Readonly<Record<string, Buffer | string>>,
): Promise<string> {
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(inFolder(name, path)), { recursive: true });
    await writeFile(inFolder(name, path), bytes);
  }
  return inFolder(name);
}

/** `sbx db …` in this process; gives what it writes, standard error with `!` before each line. */
export async function db(...words: string[]): Promise<string> {
  let out = '';
  const command = new Command('db').exitOverride();
  configureDb(command, {
    stdout: (text) => (out += text),
    stderr: (line) => (out += `! ${line}\n`),
    exit: () => undefined,
    signal: new AbortController().signal,
    progress: () => undefined,
    color: false,
  });
  await command.parseAsync(words, { from: 'user' });
  return out;
}
