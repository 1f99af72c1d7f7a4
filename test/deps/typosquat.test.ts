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

  it.each(['request', 'preact', '@scope/expres', 'next'])('is quiet about %s of npm', (name) => {
    expect(mistypedName('npm', name)).toBeNull();
  });
});
