import { describe, expect, it } from 'vitest';
import { licenseOfMetadata } from '../../../src/deps/licenses/python-license.ts';
import { withLicenses } from '../../../src/deps/licenses/read-licenses.ts';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { targetOf } from '../target-of.ts';

function licenses(files: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const target = targetOf(files);
  return Object.fromEntries(
    withLicenses(takeInventory(target).packages, target).map(({ name, license }) => [name, license]),
  );
}

describe('licences that the target states', () => {
  it('are read from core metadata, the most exact field first', () => {
    const head = 'Metadata-Version: 2.4\nName: A\nVersion: 1\n';
    const license = (rest: string) => licenseOfMetadata(`${head}${rest}\n\nLicense: not this\n`)?.license;
    expect(license('License: BSD\nLicense-Expression: BSD-3-Clause')).toBe('BSD-3-Clause');
    expect(license('License: Apache 2.0\nClassifier: License :: OSI Approved :: MIT License')).toBe(
      'Apache 2.0',
    );
    expect(license('License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License')).toBe('MIT');
    expect(license(`License: ${'x'.repeat(500)}\nClassifier: License :: OSI Approved :: BSD License`)).toBe(
      'BSD License',
    );
    expect(
      license(
        'Classifier: License :: OSI Approved :: MIT License\nClassifier: License :: OSI Approved :: BSD License',
      ),
    ).toBe('MIT License, BSD License');
    expect(license('Summary: none')).toBeNull();
    expect(licenseOfMetadata('Name: A\n')).toBeNull();
  });

  it('are given to the packages of that name and version', () => {
    expect(
      licenses({
        'requirements.txt': 'Flask_Thing==1.0\nother==2.0\n',
        'venv/lib/flask_thing-1.0.dist-info/METADATA':
          'Name: flask-thing\nVersion: 1.0\nLicense-Expression: MIT\n',
        'venv/lib/other-3.0.dist-info/METADATA': 'Name: other\nVersion: 3.0\nLicense: MIT\n',
      }),
    ).toEqual({ 'flask-thing': 'MIT', other: undefined });
  });

  it('are read from locks and installed packages of npm, and broken ones do no harm', () => {
    const lock = {
      lockfileVersion: 3,
      packages: {
        'node_modules/a': { version: '1.0.0', license: 'MIT' },
        'node_modules/@s/b': { version: '1.0.0', license: 'ISC' },
        'node_modules/c': { version: '1.0.0' },
        'node_modules/d': { version: '1.0.0' },
      },
    };
    expect(
      licenses({
        'package-lock.json': JSON.stringify(lock),
        'node_modules/c/package.json':
          '{"name": "c", "version": "1.0.0", "licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}',
        'node_modules/d/package.json': '{"license": ',
      }),
    ).toMatchObject({ a: 'MIT', '@s/b': 'ISC', c: 'MIT OR GPL-2.0', d: undefined });
  });
});
