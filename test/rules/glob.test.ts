import { describe, expect, it } from 'vitest';
import { globTest } from '../../src/rules/glob.ts';

describe('globTest', () => {
  it.each([
    ['*.py', 'a.py', true],
    ['*.py', 'x/a.py', false],
    ['**/*.py', 'a.py', true],
    ['**/*.py', 'x/y/a.py', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/xb', false],
    ['~/.ssh/**', '~/.ssh/id_rsa', true],
    ['~/.ssh/**', '~/.sshx', false],
    ['**', 'any/thing', true],
    ['*.*.*.*7', '10.0.0.17', true],
    ['?at', 'cat', true],
    ['?at', '/at', false],
    ['a.c', 'abc', false],
    ['a/**/!(*.*)', 'a/x/want', true],
    ['a/**/!(*.*)', 'a/x/want.sh', false],
    ['a/**/!(*.*)', 'a/x.y/want', true],
    ['a/.!(*.*)-!(*.*)', 'a/.check-pending', true],
    ['a/.!(*.*)-!(*.*)', 'a/.check-pending.json', false],
    ['a/.!(*.*)-!(*.*)', 'a/.check-*', false],
    ['a/.!(*.*)-!(*.*)', 'a/.check-x/y', false],
  ])('%s on %s: %s', (glob, text, isMatch) => {
    expect(globTest([glob])(text)).toBe(isMatch);
  });

  it('ignores case when asked to', () => {
    expect(globTest(['*.Example', 'HOST'], true)('A.eXample')).toBe(true);
    expect(globTest(['*.Example', 'HOST'], true)('host')).toBe(true);
    expect(globTest(['HOST'])('host')).toBe(false);
  });

  it('does not try every way of a glob made to be slow', () => {
    expect(globTest([`${'*a'.repeat(30)}b`])(`b${'a'.repeat(4_000)}`)).toBe(false);
  });
});
