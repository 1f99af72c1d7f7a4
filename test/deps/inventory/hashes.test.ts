import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { targetOf } from '../target-of.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
/** The sha512 of nothing, as npm writes it. */
const NOTHING =
  'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==';
const NOTHING_HEX = `sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e`;

function hashes(path: string, text: string): [string, readonly string[]][] {
  return takeInventory(targetOf({ [path]: text })).packages.map(({ name, hashes }) => [name, hashes]);
}

describe('hashes', () => {
  it.each([
    [
      'requirements.txt',
      `one==1 \\\n  --hash=sha256:${B} \\\n  --hash=sha256:${A}\ntwo==1 --hash=sha256:short\nthree==1\n`,
    ],
    [
      'poetry.lock',
      `[[package]]\nname = "one"\nversion = "1"\nfiles = [{file = "x.whl", hash = "sha256:${A}"}, {file = "x.tar.gz", hash = "sha256:${B}"}]\n[[package]]\nname = "two"\nversion = "1"\n[[package]]\nname = "three"\nversion = "1"\n`,
    ],
    [
      'uv.lock',
      `[[package]]\nname = "one"\nversion = "1"\nsdist = { hash = "sha256:${A}" }\nwheels = [{ hash = "sha256:${B}" }]\n[[package]]\nname = "two"\nversion = "1"\n[[package]]\nname = "three"\nversion = "1"\n`,
    ],
    [
      'pylock.toml',
      `[[packages]]\nname = "one"\nversion = "1"\nwheels = [{ hashes = { sha256 = "${A}" } }, { hashes = {sha256 = "${B}"} }]\n[[packages]]\nname = "two"\nversion = "1"\n[[packages]]\nname = "three"\nversion = "1"\n`,
    ],
    [
      'Pipfile.lock',
      `{"default": {"one": {"version": "==1", "hashes": ["sha256:${B}", "sha256:${A}"]}, "two": {"version": "==1", "hashes": [1]}, "three": {"version": "==1"}}}`,
    ],
  ])('are read from %s, sorted, and only where they are whole', (path, text) => {
    expect(hashes(path, text)).toEqual([
      ['one', [`sha256:${A}`, `sha256:${B}`]],
      ['three', []],
      ['two', []],
    ]);
  });

  it.each([
    [
      'package-lock.json',
      `{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "integrity": "${NOTHING}"}}}`,
    ],
    [
      'pnpm-lock.yaml',
      `lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {integrity: ${NOTHING}}\n`,
    ],
    ['yarn.lock', `a@^1:\n  version "1.0.0"\n  integrity ${NOTHING}\n`],
    ['bun.lock', `{"packages": {"a": ["a@1.0.0", "", {}, "${NOTHING}"]}}`],
  ])('are read from the integrity of %s, in hexadecimal', (path, text) => {
    expect(hashes(path, text)).toEqual([['a', [NOTHING_HEX]]]);
  });

  it('are taken from the fragment of an address', () => {
    expect(hashes('requirements.txt', `a @ https://files.example/a.whl#egg=a&sha256=${A}\n`)).toEqual([
      ['a', [`sha256:${A}`]],
    ]);
  });

  it('are counted for each requirements file, with the lines that have none', () => {
    const { hashing } = takeInventory(
      targetOf({
        'requirements.txt': `-c pins.txt\none==1 --hash=sha256:${A}\ntwo==2\n./local\n`,
        'pins.txt': 'one==1\n',
        'other/requirements.txt': 'three\n',
      }),
    );
    expect(hashing).toEqual([
      { path: 'other/requirements.txt', hashed: 0, unhashed: [{ name: 'three', line: 1 }] },
      { path: 'requirements.txt', hashed: 1, unhashed: [{ name: 'two', line: 3 }] },
    ]);
  });
});
