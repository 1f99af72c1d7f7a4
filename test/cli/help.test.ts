import { readFileSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { sbx } from '../support/sbx.ts';

const VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

describe('sbx', () => {
  it.each(['--version', '-V'])('%s prints the version alone', async (option) => {
    expect(await sbx([option])).toEqual({ status: 0, stdout: `${VERSION}\n`, stderr: '' });
  });

  it('lists every command in its help', async () => {
    const { status, stdout } = await sbx(['--help']);
    expect(status).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    expect(stdout).toContain('Examples:');
  });

  it('shows its help when called with nothing', async () => {
    const { status, stdout } = await sbx([]);
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: sbx');
  });
});

describe.each(COMMANDS.map(({ name }) => name))('sbx %s --help', (name) => {
  it('explains itself with examples', async () => {
    const { status, stdout, stderr } = await sbx([name, '--help']);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain(`Usage: sbx ${name}`);
    expect(stdout).toContain('Examples:');
  });
});

describe('sbx completion', () => {
  it('bash completes commands, options and values', async () => {
    const { stdout } = await sbx(['completion', 'bash']);
    const complete = (...words: string[]): string[] => {
      const script = `${stdout}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _sbx; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
    };
    expect(complete('sbx', 'v')).toEqual(['vet']);
    expect(complete('sbx', 'vet', '--pol')).toEqual(['--policy']);
    expect(complete('sbx', 'vet', '--format', 's')).toEqual(['sarif']);
    expect(complete('sbx', 'manifest', 'val')).toContain('validate');
  });

  it.each(['zsh', 'fish'])('%s names every command', async (shell) => {
    const { status, stdout } = await sbx(['completion', shell]);
    expect(status).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toContain(name);
    const check = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' });
    // Where the shell is here, it must also understand the script.
    if (check.error === undefined) expect(check.stderr).toBe('');
  });

  it('refuses a shell it does not know', async () => {
    const { status, stderr } = await sbx(['completion', 'tcsh']);
    expect(status).toBe(2);
    expect(stderr).toBe('sbx: no completion for tcsh. Known: bash, zsh, fish.\n');
  });
});
