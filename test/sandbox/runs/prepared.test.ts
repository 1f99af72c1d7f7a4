import { beforeAll, describe, expect, it } from 'vitest';
import { declaredPackages } from '../../../src/sandbox/setup/declared.ts';
import { fits, interpreterFor } from '../../../src/sandbox/setup/choose-python.ts';
import { requiredPython } from '../../../src/sandbox/setup/required-python.ts';
import { nodeRequirementsOf } from '../../../src/sandbox/setup/node-packages.ts';
import { setUp } from '../../../src/sandbox/setup/setup.ts';
import { openTarget } from '../../../src/target/open.ts';
import type { Package } from '../../../src/model/dependency.ts';
import type { Target } from '../../../src/model/target.ts';
import { firedIn, lightBackends, runFixture } from './fixture.ts';

const { signal } = new AbortController();
const isRequired = process.env['CI'] === 'true';

function targetOf(path: string, text: string): Target {
  const content = Buffer.from(text);
  const file = { path, size: content.length, digest: null, executable: false, content };
  const unit = { path: '.', kind: 'python-package', name: 'x', files: [path] } as const;
  return {
    path: '.',
    kind: 'directory',
    absolutePath: '/',
    digest: '',
    files: [file],
    opaque: [],
    units: [unit],
  };
}

// CI says that the indexes are reachable.
describe.skipIf(!isRequired)('what `sbx setup` prepared', () => {
  beforeAll(async () => {
    for (const name of ['node-dependency', 'install-hook']) {
      const target = await openTarget(`fixtures/runs/${name}`, signal);
      const packages = declaredPackages(target);
      const wantedPython = requiredPython(target);
      const result = await setUp({ python: null, wantedPython, packages, signal, progress: () => undefined });
      if (name === 'node-dependency') expect(result.node?.packages).toEqual(['ms']);
    }
  }, 300_000);

  it.each(lightBackends)('are Node packages that a program can import, on %s', async (backend) => {
    const outcome = await runFixture('node-dependency', backend);
    expect(outcome).toMatchObject({ status: 'done', gaps: [], findings: [] });
    const events = outcome.observations?.runs.flatMap((run) => run.events) ?? [];
    expect(events.map(({ kind, detail }) => `${kind} ${detail}`)).toContain('file.write /tmp/waited.txt');
  });

  it.each(lightBackends)('is pip, so that an installation shows what it does, on %s', async (backend) => {
    const outcome = await runFixture('install-hook', backend);
    expect(outcome.gaps).toEqual([]);
    expect(firedIn(outcome)).toContain('run-secret-and-network');
    expect(outcome.observations?.runs.map(({ command, exit }) => [command.join(' '), exit])).toEqual([
      ['pip install .', 0],
      ['import tidy_notes', 0],
      ['without a network: pip install .', 0],
    ]);
    expect(
      outcome.evidence.find(({ capability, source }) => source === 'run' && capability === 'net.connect'),
    ).toMatchObject({ detail: '198.51.100.7', scope: 'install-hook' });
  });

  it.each(lightBackends)('installs an honest package without a finding of weight, on %s', async (backend) => {
    const outcome = await runFixture('install-hook-twin', backend);
    expect(outcome.gaps).toEqual([]);
    expect(outcome.findings.filter(({ severity }) => severity !== 'low' && severity !== 'info')).toEqual([]);
  });
});

describe('the interpreter that a target asks for', () => {
  it('is read without running anything', () => {
    const project = '[project]\nname = "x"\nrequires-python = ">=3.11,<3.14"\n';
    expect(requiredPython(targetOf('pyproject.toml', project))).toBe('>=3.11,<3.14');
    expect(requiredPython(targetOf('setup.cfg', '[options]\npython_requires = >=3.9\n'))).toBe('>=3.9');
    expect(requiredPython(targetOf('PKG-INFO', 'Name: x\nRequires-Python: ~=3.10\n'))).toBe('~=3.10');
    expect(
      requiredPython(targetOf('pyproject.toml', '[project]\nrequires-python = "; rm -rf"\n')),
    ).toBeNull();
  });

  it.each([
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.10"\n', '>=3.10,<4'],
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = "~3.11"\n', '==3.11.*'],
    ['setup.py', 'from setuptools import setup\nsetup(name="x", python_requires=">=3.10")\n', '>=3.10'],
    ['fetch.py', '# /// script\n# requires-python = ">=3.12"\n# dependencies = []\n# ///\n', '>=3.12'],
    ['fetch.py', '# requires-python = ">=3.12"\n', null],
    ['.python-version', '3.12.4\n', '==3.12.*'],
    ['.python-version', 'pypy3.10\n', null],
    ['runtime.txt', 'python-3.10.13', '==3.10.*'],
  ])('is read out of %s', (path, text, specifier) => {
    expect(requiredPython(targetOf(path, text))).toBe(specifier);
  });

  it('is told apart from one that does not fit', async () => {
    const { interpreter } = await interpreterFor(null, null, signal, () => undefined);
    expect(fits({ ...interpreter, version: '3.11' }, '>=3.11.4,<3.13')).toBe(true);
    expect(fits({ ...interpreter, version: '3.13' }, '>=3.11,<3.13')).toBe(false);
    expect(fits({ ...interpreter, version: '3.9' }, null)).toBe(true);
  });
});

describe('the list of Node packages', () => {
  it('holds names and ranges of the registry, and names what it leaves out', () => {
    const one = (name: string, range: string, pin: Package['pin'] = 'range'): Package => ({
      ecosystem: 'npm',
      name,
      version: null,
      range,
      pin,
      scope: 'runtime',
      purl: '',
      unit: '.',
      locations: [],
      hashes: [],
    });
    expect(
      nodeRequirementsOf([
        one('ms', '^2.1.0'),
        one('@scope/thing', '>=1 <3'),
        one('evil', 'git+ssh://git@host.example/x.git', 'url'),
        one('--prefix=/', '1.0.0'),
        one('odd', 'npm:other@1'),
      ]),
    ).toEqual({
      ranges: { ms: '^2.1.0', '@scope/thing': '>=1 <3' },
      native: {},
      leftOut: [
        { name: 'evil', reason: 'declared by url, which is never fetched' },
        { name: '--prefix=/', reason: 'not a package name' },
        { name: 'odd', reason: 'its version range cannot be read' },
      ],
    });
  });
});
