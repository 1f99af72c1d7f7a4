import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { openUnits } from '../../../src/deps/resolve/roots.ts';
import { targetOf } from '../target-of.ts';

/** What is written for the resolver about these files, and what cannot be. */
function written(files: Readonly<Record<string, string>>) {
  const { packages, files: read } = takeInventory(targetOf(files));
  const units = openUnits(packages, read);
  return {
    lines: units.flatMap(({ roots }) => roots.map(({ line }) => line)).sort(),
    pins: units.flatMap(({ pins }) => pins),
    unwritable: units.flatMap(({ unwritable }) => unwritable.map(({ name }) => name)),
  };
}

describe('what a resolver is given', () => {
  it('is names, extras, versions and markers of what is left open', () => {
    const requirements = [
      'Flask_Login[async, dev] >= 1.0 , <2 ; python_version >= "3.8" and sys_platform != \'win32\'',
      'idna',
      'numpy==1.26.4',
    ];
    expect(written({ 'requirements.txt': requirements.join('\n') })).toEqual({
      lines: [
        'flask-login[async,dev]>=1.0,<2 ; python_version >= "3.8" and sys_platform != \'win32\'',
        'idna',
      ],
      pins: ['numpy==1.26.4'],
      unwritable: [],
    });
  });

  it('is a line for each way in which the same is declared', () => {
    expect(
      written({ 'requirements.txt': 'idna>=3\n', 'requirements-dev.txt': 'idna[all]>=3\nidna>=3\n' }).lines,
    ).toEqual(['idna>=3', 'idna[all]>=3']);
  });

  it("turns Poetry's ranges into those of the standard, and names what it cannot turn", () => {
    const poetry =
      '[tool.poetry.dependencies]\nrequests = "^2.28.1"\nclick = "~8.0"\nattrs = "^1 || ^2"\nidna = ">=3 || ^2"\nodd = "^1 || ?"\n';
    expect(written({ 'pyproject.toml': poetry })).toEqual({
      lines: ['attrs>=2,<3', 'click>=8.0,<8.1', 'idna>=3', 'requests>=2.28.1,<3'],
      pins: [],
      unwritable: ['odd'],
    });
  });

  it('is no address, no path, no option and nothing of a lock', () => {
    const given = written({
      'requirements.txt':
        '--index-url https://evil.example/simple\n-e .\n./local\nhttps://evil.example/a.whl\nb @ git+https://evil.example/b.git\nidna>=3\n',
      'sub/pyproject.toml': '[project]\nname = "s"\ndependencies = ["certifi>=1"]\n',
      'sub/uv.lock':
        'version = 1\n[[package]]\nname = "certifi"\nversion = "2024.7.4"\nsource = { registry = "https://pypi.org/simple" }\n',
    });
    expect(given.lines).toEqual(['idna>=3']);
    expect(JSON.stringify(given)).not.toContain('evil');
  });

  it.each([
    'idna>=3 ; "a" == "b\\" or x"',
    'idna>=3 ; extra == "dev"',
    `idna>=3 ; python_version > "${'3'.repeat(300)}"`,
  ])('leaves out a marker that is not plain: %s', (line) => {
    const { lines } = written({ 'requirements.txt': `${line}\n` });
    expect(lines).toEqual(['idna>=3']);
  });

  it.each(['--index-url https://evil.example', '--hash=sha256:00', '# x'])(
    'has nothing that stands behind a marker: %s',
    (rest) => {
      const { lines } = written({ 'requirements.txt': `idna>=3 ; python_version > "3" ${rest}\n` });
      expect(lines).toEqual(['idna>=3 ; python_version > "3"']);
    },
  );

  it('keeps to no pin when a name has several', () => {
    const files = { 'a.requirements.txt': 'numpy==1.26.4\nidna\n', 'b.requirements.txt': 'numpy==2.0.0\n' };
    expect(written(files).pins).toEqual([]);
  });
});
