import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/cli/command.ts';
import configure from '../../src/cli/commands/setup.ts';
import { SbxError } from '../../src/errors.ts';
import { preparedEnvironment } from '../../src/sandbox/setup/prepared.ts';

/** Runs the command as the command line does, with its results kept. */
async function setup(...argv: string[]): Promise<{ stdout: string; progress: string[] }> {
  let stdout = '';
  const progress: string[] = [];
  const context: CommandContext = {
    stdout: (text) => (stdout += text),
    stderr: () => undefined,
    exit: () => undefined,
    signal: new AbortController().signal,
    progress: (message) => progress.push(message),
    color: false,
  };
  const command = new Command('setup').exitOverride();
  configure(command, context);
  await command.parseAsync(argv, { from: 'user' });
  return { stdout, progress };
}

const saved = { ...process.env };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sbx-test-setup-'));
  process.env['SBX_CACHE_DIR'] = join(folder, 'cache');
});
afterEach(() => {
  process.env = { ...saved };
  rmSync(folder, { recursive: true, force: true });
});

/** Every index is a port of this machine on which nobody listens, and no installer has kept anything. */
function cutOff(): void {
  for (const name of ['UV_INDEX_URL', 'UV_DEFAULT_INDEX', 'PIP_INDEX_URL', 'npm_config_registry'])
    process.env[name] = 'http://127.0.0.1:9/simple';
  process.env['PIP_CONFIG_FILE'] = '/dev/null';
  process.env['PIP_NO_CACHE_DIR'] = '1';
  process.env['PIP_FIND_LINKS'] = '';
  process.env['UV_CACHE_DIR'] = join(folder, 'uv');
  process.env['npm_config_cache'] = join(folder, 'npm');
}

// Fetches wheels: needs the package index, which CI has.
describe.runIf(process.env['CI'] === 'true' || process.env['SBX_TEST_NETWORK'] === '1')(
  'sbx setup with the package index',
  () => {
    it('prepares the base once, and what a target declares, and names what has no wheel', async () => {
      const first = await setup('--format', 'json');
      const { base, installer } = JSON.parse(first.stdout) as {
        base: { folder: string; packages: string[] };
        installer: { id: string };
      };
      expect(['uv', 'pip']).toContain(installer.id);
      expect(base.packages.some((name) => name.startsWith('gymnasium=='))).toBe(true);
      expect(await readdir(base.folder)).toContain('numpy');

      const again = JSON.parse((await setup('--format', 'json')).stdout) as { installer: unknown };
      expect(again.installer).toBeNull();

      const declaring = join(folder, 'target');
      mkdirSync(declaring);
      writeFileSync(join(declaring, 'requirements.txt'), 'attrs==23.1.0\ngym==0.21.0\n');
      const { target, leftOut } = JSON.parse((await setup(declaring, '--format', 'json')).stdout) as {
        target: { packages: string[] };
        leftOut: { name: string }[];
      };
      expect(target.packages).toContain('attrs==23.1.0');
      expect(leftOut.map(({ name }) => name)).toEqual(['gym==0.21.0']);
      // Another target of the same package, without a network: what the cache has is used, and the rest is named.
      const offline = join(folder, 'offline');
      mkdirSync(offline);
      writeFileSync(join(offline, 'requirements.txt'), 'attrs>=22\nnot-in-any-cache==1.0\nnumpy\n');
      writeFileSync(
        join(offline, 'package.json'),
        '{"name":"x","version":"1.0.0","dependencies":{"ms":"2.1.3"}}',
      );
      cutOff();
      const cut = JSON.parse((await setup(offline, '--format', 'json')).stdout) as {
        target: { packages: string[] };
        leftOut: { name: string; reason: string }[];
      };
      expect(cut.target.packages).toContain('attrs==23.1.0');
      const reason = 'not in the cache, and the package index is out of reach';
      expect(cut.leftOut).toContainEqual({ name: 'not-in-any-cache==1.0', reason });
      expect(cut.leftOut.map(({ name }) => name)).toEqual(['not-in-any-cache==1.0', 'Node packages']);

      const prepared = await preparedEnvironment([], '.', null, new AbortController().signal);
      expect(prepared.missing).toBeNull();
      expect(prepared.sites).toEqual([base.folder]);
    }, 300_000);
  },
);

describe('sbx setup without what it needs', () => {
  it('says in one line that the index is out of reach, and leaves nothing half-made', async () => {
    cutOff();
    const error: unknown = await setup().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SbxError);
    const { kind, message } = error as SbxError;
    expect(kind).toBe('network');
    expect(message).toBe('cannot reach the package index; nothing was prepared');
    expect(await readdir(join(folder, 'cache', 'python'))).toEqual([]);
  }, 120_000);

  it('refuses an interpreter that does not start', async () => {
    await expect(setup('--python', join(folder, 'no-python'))).rejects.toMatchObject({
      kind: 'config',
      code: 'python-not-found',
    });
  });

  it('says what to type where nothing was prepared', async () => {
    const prepared = await preparedEnvironment([], '.', null, new AbortController().signal);
    expect(prepared.missing).toBe('run `sbx setup`');
    expect(prepared.sites).toEqual([]);
  });
});
