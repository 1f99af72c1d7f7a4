import { describe, expect, it } from 'vitest';
import type { Package } from '../../src/model/dependency.ts';
import { lockOfReport } from '../../src/sandbox/setup/installer.ts';
import { requirementsOf } from '../../src/sandbox/setup/requirements.ts';
import { baseLock } from '../../src/sandbox/setup/setup.ts';

function declared(name: string, fields: Partial<Package> = {}): Package {
  return {
    ecosystem: 'PyPI',
    name,
    version: null,
    range: null,
    pin: 'none',
    scope: 'runtime',
    purl: `pkg:pypi/${name}`,
    hashes: [],
    unit: '.',
    locations: [],
    ...fields,
  };
}

describe('requirementsOf', () => {
  it('keeps names with their versions, sorted and once', () => {
    const { lines } = requirementsOf([
      declared('scipy', { range: '>=1.2, <2', pin: 'range' }),
      declared('attrs', { version: '23.1.0', pin: 'exact' }),
      declared('attrs', { version: '23.1.0', pin: 'exact', unit: 'other' }),
    ]);
    expect(lines).toEqual(['attrs==23.1.0', 'scipy>=1.2,<2']);
  });

  it('leaves out what an installer would fetch from elsewhere or take for an option', () => {
    const { lines, leftOut } = requirementsOf([
      declared('by-url', { pin: 'url', range: 'https://files.example/a.whl' }),
      declared('by-path', { pin: 'path', range: '../x' }),
      declared('--index-url=https://evil.example', {}),
      declared('spec', { pin: 'range', range: '>=1 --hash=sha256:00' }),
      declared('marker', { pin: 'range', range: '>=1; os_name == "posix"' }),
      declared('name @ https://evil.example/x.whl', {}),
    ]);
    expect(lines).toEqual([]);
    expect(leftOut.map(({ name }) => name)).toEqual([
      '--index-url=https://evil.example',
      'by-path',
      'by-url',
      'marker',
      'name @ https://evil.example/x.whl',
      'spec',
    ]);
  });

  it('needs nothing that is for development, for building, optional, merely mentioned, or not Python', () => {
    const packages = [
      declared('pytest', { scope: 'dev' }),
      declared('wheel', { scope: 'build' }),
      declared('told', { scope: 'mentioned' }),
      declared('extra', { scope: 'optional' }),
      declared('express', { ecosystem: 'npm' }),
    ];
    expect(requirementsOf(packages)).toEqual({ lines: [], leftOut: [] });
  });
});

describe('the base lock', () => {
  it('pins every package by version and has hashes for each', () => {
    const entries = baseLock()
      .split('\n')
      .filter((line) => /^[a-z]/.test(line));
    expect(entries.length).toBeGreaterThan(5);
    for (const entry of entries) expect(entry).toMatch(/^[a-z-]+==[\d.]+ (?:; python_full_version .+ )?\\$/);
    for (const block of baseLock()
      .split(/^(?=[a-z])/m)
      .slice(1))
      expect(block).toMatch(/--hash=sha256:[0-9a-f]{64}/);
  });

  it('holds gymnasium and numpy', () => {
    expect(baseLock()).toMatch(/^gymnasium==/m);
    expect(baseLock()).toMatch(/^numpy==/m);
  });
});

describe('lockOfReport', () => {
  it('turns an installation report into pinned, hashed lines', () => {
    const report = {
      version: '1',
      install: [
        {
          metadata: { name: 'b', version: '2.0' },
          download_info: { url: 'https://files.example/b.whl', archive_info: { hashes: { sha256: 'bb' } } },
        },
        {
          metadata: { name: 'a', version: '1.0' },
          download_info: { url: 'https://files.example/a.whl', archive_info: { hash: 'sha256=aa' } },
        },
      ],
    };
    expect(lockOfReport(JSON.stringify(report))).toBe('a==1.0 --hash=sha256:aa\nb==2.0 --hash=sha256:bb\n');
  });

  it('refuses a report without a hash', () => {
    const report = { install: [{ metadata: { name: 'a', version: '1' }, download_info: {} }] };
    expect(() => lockOfReport(JSON.stringify(report))).toThrow('sha256');
  });
});
