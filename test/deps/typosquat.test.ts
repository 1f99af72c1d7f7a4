import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mistypedName } from '../../src/deps/typosquat.ts';
import { isOneEdit } from '../../src/edit-distance.ts';

describe('isOneEdit', () => {
  it.each([
    ['requests', 'request', true],
    ['requests', 'reqeusts', true],
    ['requests', 'requestz', true],
    ['requests', 'requests', false],
    ['requests', 'reqstsue', false],
    ['requests', 'reques', false],
  ])('%s %s', (a, b, expected) => {
    expect(isOneEdit(a, b)).toBe(expected);
    expect(isOneEdit(b, a)).toBe(expected);
  });
});

describe('mistypedName', () => {
  it('finds a neighbour of a well-known name', () => {
    expect(mistypedName('PyPI', 'gymnasum')).toBe('gymnasium');
    expect(mistypedName('npm', 'expres')).toBe('express');
    expect(mistypedName('PyPI', 'colourama')).toBe('colorama');
    expect(mistypedName('npm', 'twetnacl')).toBe('tweetnacl');
    expect(mistypedName('PyPI', 'reqeusts')).toBe('requests');
  });

  it.each(['requests', 'gym', 'torch', 'boto3', 'psycopg', 'my-own-thing', 'urllib4'])(
    'is quiet about %s',
    (name) => {
      expect(mistypedName('PyPI', name)).toBeNull();
    },
  );

  it.each(['usort', 'authlib', 'pycryptodomex', 'simpy'])('knows %s for a package of its own', (name) => {
    expect(mistypedName('PyPI', name)).toBeNull();
  });

  it.each(['PyPI', 'npm'] as const)('is quiet about what most people download of %s', (ecosystem) => {
    const file = new URL(`../../src/deps/data/top-${ecosystem}.txt`, import.meta.url);
    const [meant = '', others = ''] = readFileSync(file, 'utf8').split('\n\n');
    const names = [...meant.split('\n'), ...others.trimEnd().split('\n')];
    expect(meant.split('\n')).toHaveLength(3_000);
    expect(names.length).toBeGreaterThan(8_000);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => mistypedName(ecosystem, name) !== null)).toEqual([]);
  });

  it.each(['request', 'preact', '@scope/expres', 'next'])('is quiet about %s of npm', (name) => {
    expect(mistypedName('npm', name)).toBeNull();
  });
});
