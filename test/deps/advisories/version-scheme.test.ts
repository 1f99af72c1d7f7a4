import * as pep440 from '@renovatebot/pep440';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { VERSION_SCHEMES } from '../../../src/deps/advisories/version-scheme.ts';

const NUMBERS = ['0', '1', '2', '9', '10', '11', '99', '100', '2024', '999999999999999'];

/** Releases of up to four parts, spread over the numbers. */
const PLAIN = Array.from({ length: 400 }, (_, at) =>
  Array.from(
    { length: 1 + (at % 4) },
    (_part, part) => NUMBERS[(at * 7 + part * 3 + at * part) % NUMBERS.length]!,
  ).join('.'),
);

describe('plain versions', () => {
  it('are compared as PEP 440 compares them', () => {
    const { PyPI } = VERSION_SCHEMES;
    for (const [at, a] of PLAIN.entries()) {
      const b = PLAIN[(at * 31 + 17) % PLAIN.length]!;
      expect(Math.sign(PyPI.compare(a, b)), `${a} ${b}`).toBe(Math.sign(pep440.compare(a, b)));
      expect(PyPI.canonical(a) === PyPI.canonical(b), `${a} ${b}`).toBe(pep440.eq(a, b));
    }
    expect(PyPI.compare('1', '1.0.0')).toBe(0);
  });

  it('are compared as semantic versions are', () => {
    const { npm } = VERSION_SCHEMES;
    const triples = PLAIN.filter((version) => version.split('.').length === 3);
    for (const [at, a] of triples.entries()) {
      const b = triples[(at * 31 + 17) % triples.length]!;
      expect(Math.sign(npm.compare(a, b)), `${a} ${b}`).toBe(semver.compare(a, b));
    }
  });

  it.each(['01.2', '1.0rc1', '1!2', '1.0+local', '1.0.post1', 'v1.0', '1.0-1', '1.2.3.4.5.6.7.8.9.10'])(
    'are not what %s is: the library decides',
    (version) => {
      const { PyPI } = VERSION_SCHEMES;
      expect(PyPI.isVersion(version)).toBe(pep440.valid(version) !== null);
      for (const other of ['1.0', '1.2', '2'])
        expect(Math.sign(PyPI.compare(version, other))).toBe(Math.sign(pep440.compare(version, other)));
    },
  );

  it.each(['1.0-foo-bar', '', '.', '1..2', '1.', 'latest', '1'.repeat(10_000)])(
    'are not what %s is',
    (version) => {
      expect(VERSION_SCHEMES.PyPI.isVersion(version)).toBe(
        version.length < 512 && pep440.valid(version) !== null,
      );
      expect(VERSION_SCHEMES.npm.isVersion(version)).toBe(false);
    },
  );
});
