import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = readFileSync(`${ROOT}README.md`, 'utf8');

describe('README.md', () => {
  it('shows what sbx really prints', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [`${ROOT}scripts/generate-readme.mjs`, '--check'],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('names every command, and only those there are', () => {
    const named = [...README.matchAll(/^\| `sbx (\w+)/gm)].map(([, name]) => name);
    expect(named).toEqual(COMMANDS.map(({ name }) => name));
  });

  it('has its two commands on the first screen', () => {
    const screen = README.split('\n').slice(0, 24).join('\n');
    expect(screen).toContain('npm ci && npx sbx setup && npx sbx vet fixtures/envs/gridworld-benign');
    expect(screen).toContain('npm ci && npm test');
  });
});
