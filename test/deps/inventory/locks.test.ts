import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { targetOf } from '../target-of.ts';
import { linesOf } from './lines-of.ts';

const MEMBER = '{"name": "member", "dependencies": {"a": "^1.0.0"}}';
const PATTERNS = '{"name": "root", "workspaces": ["packages/*"]}';

describe('a lock wins over its manifest', () => {
  it.each([
    [
      'package-lock.json',
      '{"lockfileVersion": 3, "packages": {"packages/member": {"name": "member"},\n"node_modules/a": {"version": "1.5.0"}}}',
    ],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\nimporters:\n  packages/member:\n    dependencies: {}\npackages:\n  a@1.5.0: {}\n",
    ],
    ['bun.lock', '{"workspaces": {"": {}, "packages/member": {}},\n"packages": {"a": ["a@1.5.0"]}}'],
    [
      'yarn.lock',
      '__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.5.0\n  resolution: "a@npm:1.5.0"\n\n"member@workspace:packages/member":\n  version: 0.0.0\n  resolution: "member@workspace:packages/member"\n',
    ],
  ])('in the folder of the workspace, for the members that %s names', (path, lock) => {
    const { packages } = takeInventory(targetOf({ [path]: lock, 'packages/member/package.json': MEMBER }));
    expect(packages.map(({ name, version }) => [name, version])).toEqual([['a', '1.5.0']]);
    expect(packages[0]?.locations.map((place) => place.path).sort()).toEqual(
      [path, 'packages/member/package.json'].sort(),
    );
  });

  it('for the members that the manifest beside it names', () => {
    const lock = 'a@^1.0.0:\n  version "1.5.0"\n';
    expect(
      linesOf({ 'yarn.lock': lock, 'package.json': PATTERNS, 'packages/member/package.json': MEMBER }),
    ).toEqual(['a 1.5.0 exact runtime @packages/member/package.json:1,yarn.lock:1']);
  });

  it('and not for a project of its own that only lies below it, or has a lock of its own', () => {
    const root = {
      'package-lock.json': '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.5.0"}}}',
      'package.json': PATTERNS,
    };
    expect(linesOf({ ...root, 'examples/one/package.json': MEMBER })).toEqual([
      'a ^1.0.0 range runtime @examples/one/package.json:1',
      'a 1.5.0 exact runtime @package-lock.json:1',
    ]);
    const own = '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.6.0"}}}';
    expect(
      linesOf({
        ...root,
        'packages/member/package.json': MEMBER,
        'packages/member/package-lock.json': own,
      }),
    ).toEqual([
      'a 1.5.0 exact runtime @package-lock.json:1',
      'a 1.6.0 exact runtime @packages/member/package-lock.json:1,packages/member/package.json:1',
    ]);
  });

  it('with the version that is installed for that member', () => {
    const lock = JSON.stringify({
      lockfileVersion: 3,
      packages: {
        'node_modules/a': { version: '1.5.0' },
        'node_modules/other/node_modules/a': { version: '1.4.0' },
        'packages/member': {},
        'packages/member/node_modules/a': { version: '1.1.0' },
      },
    });
    const files = { 'package-lock.json': lock, 'package.json': '{"dependencies": {"a": "^1.0.0"}}' };
    const places = (files: Record<string, string>): [string | null, string[]][] =>
      takeInventory(targetOf(files)).packages.map(({ version, locations }) => [
        version,
        locations.map(({ path }) => path),
      ]);
    expect(places({ ...files, 'packages/member/package.json': MEMBER })).toEqual([
      ['1.1.0', ['package-lock.json', 'packages/member/package.json']],
      ['1.4.0', ['package-lock.json']],
      ['1.5.0', ['package-lock.json', 'package.json']],
    ]);
  });

  it('in Python: members of a workspace of uv, and not for what the build needs', () => {
    const lock =
      '[[package]]\nname = "root"\nsource = { virtual = "." }\n[[package]]\nname = "member"\nsource = { editable = "libs/member" }\ndependencies = [{ name = "flask" }]\n[package.dev-dependencies]\ndev = [{ name = "pytest" }]\n[[package]]\nname = "flask"\nversion = "2.0"\ndependencies = [{ name = "click" }]\n[[package]]\nname = "click"\nversion = "8.0"\n[[package]]\nname = "pytest"\nversion = "8.0"\n[[package]]\nname = "setuptools"\nversion = "60.0"\n';
    const member =
      '[build-system]\nrequires = ["setuptools>=61"]\n[project]\nname = "member"\ndependencies = ["flask>=1"]\n';
    expect(linesOf({ 'uv.lock': lock, 'libs/member/pyproject.toml': member })).toEqual([
      'click 8.0 exact runtime @uv.lock:15',
      'flask 2.0 exact runtime @libs/member/pyproject.toml:5,uv.lock:11',
      'member libs/member path runtime @uv.lock:5',
      'pytest 8.0 exact dev @uv.lock:18',
      'setuptools >=61 range build @libs/member/pyproject.toml:2',
      'setuptools 60.0 exact runtime @uv.lock:21',
    ]);
  });

  it('says what only some group of PDM or some extra of pylock asks for', () => {
    const pdm = (groups: string): string => `[[package]]\nname = "a"\nversion = "1"\ngroups = ${groups}\n`;
    const pylock = (marker: string): string =>
      `[[packages]]\nname = "a"\nversion = "1"\nmarker = '${marker}'\n`;
    const scopeOf = (path: string, text: string): string | undefined =>
      takeInventory(targetOf({ [path]: text })).packages[0]?.scope;
    expect(scopeOf('pdm.lock', pdm('["default", "test"]'))).toBe('runtime');
    expect(scopeOf('pdm.lock', pdm('["test", "dev-lint"]'))).toBe('dev');
    expect(scopeOf('pdm.lock', pdm('["security"]'))).toBe('optional');
    expect(scopeOf('pylock.toml', pylock('"security" in extras and os_name == "nt"'))).toBe('optional');
    expect(scopeOf('pylock.toml', pylock('"tests" in dependency_groups'))).toBe('dev');
    expect(scopeOf('pylock.toml', pylock('"default" in dependency_groups or "x" in extras'))).toBe('runtime');
    expect(scopeOf('pylock.toml', pylock('python_version < "3.11"'))).toBe('runtime');
  });

  it('takes the version behind `catalog:` from where it stands', () => {
    const member = '{"dependencies": {"a": "catalog:", "b": "catalog:old"}}';
    const workspace =
      'packages:\n  - libs/*\ncatalog:\n  a: ^1.2.0\ncatalogs:\n  old:\n    b: 0.1.0\noverrides:\n  "x>c@1": 3.0.0\n  gone: "-"\n';
    expect(linesOf({ 'pnpm-workspace.yaml': workspace, 'libs/one/package.json': member })).toEqual([
      'a - none runtime @libs/one/package.json:1',
      'a ^1.2.0 range runtime @pnpm-workspace.yaml:4',
      'b - none runtime @libs/one/package.json:1',
      'b 0.1.0 exact runtime @pnpm-workspace.yaml:7',
      'c 3.0.0 exact runtime @pnpm-workspace.yaml:9',
    ]);
    expect(
      linesOf({ 'package.json': '{"workspaces": {"packages": ["libs/*"],\n"catalog": {"a": "2.0.0"}}}' }),
    ).toEqual(['a 2.0.0 exact runtime @package.json:2']);
    const lock =
      "lockfileVersion: '9.0'\nimporters:\n  libs/one: {}\npackages:\n  a@1.5.0: {}\n  b@0.1.0: {}\n";
    expect(linesOf({ 'pnpm-lock.yaml': lock, 'libs/one/package.json': member })).toEqual([
      'a 1.5.0 exact runtime @libs/one/package.json:1,pnpm-lock.yaml:5',
      'b 0.1.0 exact runtime @libs/one/package.json:1,pnpm-lock.yaml:6',
    ]);
  });

  it('links a member that another names, whatever the registry has under its name', () => {
    expect(
      linesOf({
        'package.json': PATTERNS,
        'packages/one/package.json': '{"name": "@me/one"}',
        'packages/two/package.json': '{"name": "two", "dependencies": {"@me/one": "^1.0.0"}}',
      }),
    ).toEqual(['@me/one ^1.0.0 path runtime @packages/two/package.json:1']);
  });

  it('tells of archives that do not come from the public registry', () => {
    const { indexes } = takeInventory(
      targetOf({
        'package-lock.json':
          '{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"},\n"node_modules/b": {"version": "1.0.0", "resolved": "https://evil.example/b.tgz"}}}',
        'poetry.lock':
          '[[package]]\nname = "c"\nversion = "1.0"\n[package.source]\ntype = "legacy"\nurl = "https://index.example/simple"\n',
      }),
    );
    expect(indexes).toEqual([
      { path: 'package-lock.json', line: 3, text: 'locked from evil.example' },
      { path: 'poetry.lock', line: 2, text: 'locked from https://index.example/simple' },
    ]);
  });
});
