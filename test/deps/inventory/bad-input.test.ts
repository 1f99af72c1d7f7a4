import { depsStage } from '../../../src/deps/stage.ts';
import { stageContext } from '../../support/stage-context.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { sbx } from '../../support/sbx.ts';
import { writeTree } from '../../support/temporary.ts';
import { targetOf } from '../target-of.ts';

interface Answer {
  readonly status: number | null;
  readonly stage: { readonly status: string; readonly reason: string };
  readonly names: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** What the built program says of a folder with these files; nothing may reach its standard error. */
async function audit(files: Readonly<Record<string, string | Uint8Array>>): Promise<Answer> {
  const folder = writeTree(files);
  const { status, stdout } = await sbx(['deps', folder, '--format', 'json', '--fail-on', 'reject']);
  const report = JSON.parse(stdout) as {
    stages: { id: string; status: string; reason: string }[];
    dependencies: {
      packages: { name: string }[];
      coverage: { unreadable: { path: string; reason: string }[] };
    };
  };
  const stage = report.stages.find(({ id }) => id === 'deps');
  if (stage === undefined) throw new Error('the report has no stage deps');
  return {
    status,
    stage,
    names: report.dependencies.packages.map(({ name }) => name),
    unreadable: report.dependencies.coverage.unreadable,
  };
}

describe('broken declarations, from outside', () => {
  it.each([
    ['uv.lock', '[[package]]\nname = "a"\nversion = \n', /^line 3: not valid TOML/],
    ['package-lock.json', '{\n"packages": {\n"a": ,\n}}', /^line 3: not valid JSON/],
    ['pnpm-lock.yaml', 'lockfileVersion: 9\npackages:\n  a: [\n', /^line 4: not valid YAML/],
    ['yarn.lock', 'a@1:\n  resolved "x"\n', /^line 1: an entry without a version/],
    ['requirements.txt', 'flask==1.0\0\n', /^not text, or too large/],
    ['bun.lockb', new Uint8Array([0, 1, 2]), /binary lockfile of bun cannot be read/],
  ])('%s: the line is said, the rest is audited, the stage is partial', async (path, content, reason) => {
    const answer = await audit({ [path]: content, 'more/requirements.txt': 'requests==2.31.0\n' });
    expect(answer.status).toBe(4);
    expect(answer.stage.status).toBe('partial');
    expect(answer.names).toEqual(['requests']);
    expect(answer.unreadable).toHaveLength(1);
    expect(answer.unreadable[0]?.path).toBe(path);
    expect(answer.unreadable[0]?.reason).toMatch(reason);
  });

  it('lists that include each other, or lead out', async () => {
    const answer = await audit({
      'requirements.txt': '-r other.txt\n-r /etc/passwd\n-r ../../../etc/hostname\n',
      'other.txt': '-r requirements.txt\n-r other.txt\nflask==2.0\n',
    });
    expect(answer.names).toEqual(['flask']);
    expect(answer.stage.status).toBe('partial');
    expect(answer.unreadable).toEqual([
      {
        path: 'requirements.txt',
        reason: 'line 2: /etc/passwd lies outside the target and was not read (and 1 more)',
      },
    ]);
  });

  it('versions that are none', async () => {
    const answer = await audit({ 'requirements.txt': 'flask==1.0-foo\nrequests>=wat\n' });
    expect(answer.stage.status).toBe('partial');
    expect(answer.unreadable).toEqual([
      {
        path: 'requirements.txt',
        reason: expect.stringContaining(
          'has no version of its ecosystem and cannot be compared (and 1 more)',
        ) as string,
      },
    ]);
  });
});

describe('keys that stand twice', () => {
  it.each([
    [
      'package-lock.json',
      '{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.0"},\n"node_modules/a": {"version": "2.0.0"}}}',
      ['2.0.0'],
      3,
      /^the key node_modules\/a stands twice; the last one was read/,
    ],
    [
      'package.json',
      '{"dependencies": {"a": "1.0.0"},\n"scripts": {"x": "1", "x": "2"},\n"dependencies": {"a": "2.0.0"}}',
      ['2.0.0'],
      3,
      /^the key dependencies stands twice; the last one was read/,
    ],
    [
      'pnpm-lock.yaml',
      'lockfileVersion: 9\npackages:\n  a@1.0.0: {}\n  a@1.0.0: {}\n',
      ['1.0.0'],
      4,
      /^the key a@1\.0\.0 stands twice, which pnpm refuses/,
    ],
    ['poetry.lock', '[[package]]\nname = "a"\nname = "b"\n', [], 3, /^not valid TOML/],
  ])('are told of %s', (path, text, versions, line, reason) => {
    const { packages, unreadable } = takeInventory(targetOf({ [path]: text }));
    expect(packages.map(({ version }) => version)).toEqual(versions);
    expect(unreadable).toEqual([{ path, line, reason: expect.stringMatching(reason) as string }]);
  });
});

describe('hostile declarations', () => {
  it('names that every object has are names like any other', () => {
    const { packages } = takeInventory(
      targetOf({
        'package-lock.json':
          '{"lockfileVersion": 3, "packages": {"node_modules/__proto__": {"version": "1.0.0"}, "node_modules/constructor": {"version": "2.0.0"}}}',
        'package.json': '{"dependencies": {"toString": "^1.0.0", "__proto__": "^1.0.0"}}',
        'pyproject.toml':
          '[project]\ndependencies = ["constructor==1"]\n[tool.poetry.dependencies]\nhasOwnProperty = "1.0"\n__proto__ = "1.0"\n',
        'setup.cfg':
          '[options.constructor]\n__proto__ = a\n[options.extras_require]\ntoString = valueOf==1\n',
        'yarn.lock': '"__proto__@^1":\n  version "3.0.0"\n',
      }),
    );
    expect(packages.map(({ purl }) => purl)).toEqual([
      'pkg:pypi/-proto-@1.0',
      'pkg:pypi/constructor@1',
      'pkg:pypi/hasownproperty@1.0',
      'pkg:pypi/valueof@1',
      'pkg:npm/__proto__@1.0.0',
      'pkg:npm/__proto__@3.0.0',
      'pkg:npm/constructor@2.0.0',
      'pkg:npm/toString',
    ]);
  });

  it('aliases that grow without end are not followed', () => {
    const laughs = Array.from(
      { length: 30 },
      (_, at) => `a${String(at + 1)}: &a${String(at + 1)} [${`*a${String(at)}, `.repeat(9)}*a${String(at)}]`,
    );
    const text = `a0: &a0 [flask==1.0]\n${laughs.join('\n')}\ndependencies:\n  - pip: *a30\n`;
    const { packages } = takeInventory(
      targetOf({
        'environment.yml': text,
        'pnpm-lock.yaml': `lockfileVersion: 9\n${text}packages: {a@1.0.0: *a30}\n`,
      }),
    );
    expect(packages.map(({ name }) => name)).toEqual(['a']);
  });

  it('nesting deeper than a parser can follow is said', () => {
    const depth = 100_000;
    const { unreadable } = takeInventory(
      targetOf({
        'pnpm-lock.yaml': `lockfileVersion: 9\npackages: ${'['.repeat(depth)}${']'.repeat(depth)}\n`,
        'environment.yml': `dependencies: ${'{a: '.repeat(depth)}${'}'.repeat(depth)}\n`,
        'pyproject.toml': `a = ${'['.repeat(depth)}${']'.repeat(depth)}\n`,
      }),
    );
    expect(unreadable.map(({ path }) => path)).toEqual([
      'environment.yml',
      'pnpm-lock.yaml',
      'pyproject.toml',
    ]);
  });
});

describe('very large declarations', () => {
  const ENTRIES = 180_000;
  let lock = '';
  beforeAll(() => {
    const integrity = `sha512-${'z'.repeat(86)}==`;
    const entries = Array.from(
      { length: ENTRIES },
      (_, at) =>
        `    "node_modules/package-number-${String(at)}": {\n      "version": "1.0.${String(at % 90)}",\n      "resolved": "https://registry.npmjs.org/package-number-${String(at)}/-/x.tgz",\n      "integrity": "${integrity}"\n    }`,
    );
    lock = `{\n  "lockfileVersion": 3,\n  "packages": {\n${entries.join(',\n')}\n  }\n}\n`;
  });

  it('a package-lock of 50 MB is read whole, in time that grows with its size', () => {
    expect(lock.length).toBeGreaterThan(45_000_000);
    const small = `${lock.slice(0, lock.indexOf(',\n    "node_modules/package-number-18000"'))}\n  }\n}\n`;
    const timed = (text: string): { count: number; ms: number; last: number | undefined } => {
      const started = performance.now();
      const { packages, unreadable } = takeInventory(targetOf({ 'package-lock.json': text }));
      expect(unreadable).toEqual([]);
      return {
        count: packages.length,
        ms: performance.now() - started,
        last: packages.find(({ name }) => name === `package-number-${String(packages.length - 1)}`)
          ?.locations[0]?.startLine,
      };
    };
    const tenth = timed(small);
    const whole = timed(lock);
    expect(tenth.count).toBe(ENTRIES / 10);
    expect(whole.count).toBe(ENTRIES);
    expect(whole.last).toBe(4 + 5 * (ENTRIES - 1));
    // Ten times the size: sorting and collecting garbage take more than ten times the time, a square would take a hundred.
    expect(whole.ms).toBeLessThan(40 * Math.max(tenth.ms, 100));
  }, 120_000);

  it('a million lines, good or bad, make one line in the report', () => {
    const good = takeInventory(targetOf({ 'requirements.txt': 'flask==1.0\n'.repeat(1_000_000) }));
    expect(good.packages).toHaveLength(1);
    const bad = takeInventory(targetOf({ 'requirements.txt': '<<<\n'.repeat(1_000_000) }));
    expect(bad.unreadable).toHaveLength(1_000_000);
    const listed = `dependencies = ["""${'flask==1.0\n'.repeat(300_000)}"""]`;
    expect(() =>
      takeInventory(
        targetOf({
          'pyproject.toml': `[project]\n${listed}\n`,
          'setup.py': `setup(install_requires=[${'1,'.repeat(500_000)}])`,
          'SKILL.md': `\`\`\`\npip install ${'a '.repeat(200_000)}\n\`\`\`\n`,
        }),
      ),
    ).not.toThrow();
  }, 120_000);

  it('everything under one name: an import, a file, a package of a lock', async () => {
    const many = <Item>(item: (index: number) => Item): Item[] =>
      Array.from({ length: 20_000 }, (_, at) => item(at));
    const entries = many((at) => [
      `node_modules/p${String(at)}`,
      { version: '1.0.0', hasInstallScript: true },
    ]);
    const npm = { lockfileVersion: 3, packages: Object.fromEntries(entries) };
    const uv = many(
      (at) => `[[package]]\nname = "a"\nversion = "1.${String(at)}"\ndependencies = [{ name = "b" }]\n`,
    );
    expect(takeInventory(targetOf({ 'uv.lock': uv.join('') })).packages).toHaveLength(20_000);
    const { findings } = await depsStage.run(
      targetOf({
        'a.py': many((at) => `from absent import a${String(at)}\n`).join(''),
        'requirements.txt': 'flask==3.1.0\n',
        'package-lock.json': JSON.stringify(npm, null, 1),
      }),
      stageContext(),
    );
    const messages = findings.map(({ message }) => message);
    expect(messages).toContain('absent is imported at a.py:1 and 19999 more, and nothing declares it.');
    expect(messages.filter((message) => message.includes('and 19995 more'))).toHaveLength(1);
  }, 60_000);
});
