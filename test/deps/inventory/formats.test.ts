import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { targetOf } from '../target-of.ts';

/** Each package as one line: `name version-or-range pin scope @line`. */
function lines(path: string, text: string | Uint8Array): string[] {
  const { packages } = takeInventory(targetOf({ [path]: text }));
  return packages.map(
    ({ name, version, range, pin, scope, locations }) =>
      `${name} ${version ?? range ?? '-'} ${pin} ${scope} @${locations.map((l) => l.startLine).join(',')}`,
  );
}

describe('requirements files', () => {
  it('reads pins, ranges, extras, markers, hashes and continuation lines', () => {
    const text = [
      '# comment',
      'Flask[async]==2.2.0 ; python_version > "3.8"  # why',
      'requests>=2.0, <3',
      'numpy',
      'my_pkg.name ~= 1.4',
      'django==4.2 \\',
      '    --hash=sha256:aaaa \\',
      '    --hash=sha256:bbbb',
      'attrs (==1.0)',
      'zope.interface===5.0',
    ].join('\n');
    expect(lines('requirements.txt', text)).toEqual([
      'attrs 1.0 exact runtime @9',
      'django 4.2 exact runtime @6',
      'flask 2.2.0 exact runtime @2',
      'my-pkg-name ~=1.4 range runtime @5',
      'numpy - none runtime @4',
      'requests >=2.0,<3 range runtime @3',
      'zope-interface 5.0 exact runtime @10',
    ]);
  });

  it('tells URLs, version control and paths from the index', () => {
    const text = [
      'one @ https://files.example/one-1.0-py3-none-any.whl',
      'git+https://code.example/two.git@v1#egg=Two',
      '-e ./three',
      '-e git+https://code.example/four.git',
      './five-1.0.tar.gz',
    ].join('\n');
    expect(lines('requirements-dev.txt', text)).toEqual([
      'five ./five-1.0.tar.gz path dev @5',
      'four git+https://code.example/four.git url dev @4',
      'one https://files.example/one-1.0-py3-none-any.whl url dev @1',
      'three ./three path dev @3',
      'two git+https://code.example/two.git@v1#egg=Two url dev @2',
    ]);
  });

  it('reads UTF-16 as pip does, and inputs of pip-compile, but no other templates', () => {
    const utf16 = new Uint8Array(Buffer.from('\uFEFFflask==1.0\r\nrequests==2.0\r\n', 'utf16le'));
    expect(lines('requirements.txt', utf16)).toEqual([
      'flask 1.0 exact runtime @1',
      'requests 2.0 exact runtime @2',
    ]);
    expect(lines('requirements/base.in', 'flask\n')).toEqual(['flask - none runtime @1']);
    expect(lines('MANIFEST.in', 'include README\n')).toEqual([]);
  });

  it('follows includes inside the target, also in a circle, and never outside', () => {
    const inventory = takeInventory(
      targetOf({
        'requirements.txt':
          '-r more/list.txt\n-r ../../etc/passwd\n--requirement=/etc/shadow\n-r https://evil.example/x\n',
        'more/list.txt': '-r ../requirements.txt\nflask==1.0\n',
      }),
    );
    expect(inventory.packages.map(({ purl }) => purl)).toEqual(['pkg:pypi/flask@1.0']);
    expect(inventory.outside.map(({ to, line }) => [to, line])).toEqual([
      ['../../etc/passwd', 2],
      ['/etc/shadow', 3],
      ['https://evil.example/x', 4],
    ]);
    expect(inventory.unreadable).toHaveLength(3);
  });

  it('says which line is no requirement and reads the rest', () => {
    const inventory = takeInventory(
      targetOf({ 'requirements.txt': 'flask==1.0\n<<<<<<< HEAD\nrequests==2\n' }),
    );
    expect(inventory.packages).toHaveLength(2);
    expect(inventory.unreadable).toEqual([
      { path: 'requirements.txt', line: 2, reason: 'not a requirement: <<<<<<< HEAD' },
    ]);
  });

  it('lets a constraints file decide an open requirement, and counts it for nothing else', () => {
    const { packages } = takeInventory(
      targetOf({ 'requirements.txt': '-c pins.txt\nflask>=1\n', 'pins.txt': 'flask==2.0\nother==1.0\n' }),
    );
    expect(packages.map(({ purl }) => purl)).toEqual(['pkg:pypi/flask@2.0']);
  });

  it('reports other package indexes', () => {
    const { indexes } = takeInventory(
      targetOf({ 'requirements.txt': '--extra-index-url https://pypi.example/simple\nflask==1.0\n' }),
    );
    expect(indexes).toEqual([
      { path: 'requirements.txt', line: 1, text: '--extra-index-url https://pypi.example/simple' },
    ]);
  });
});

describe('Python manifests', () => {
  it('reads pyproject: PEP 621, build requirements, PEP 735 and Poetry', () => {
    const text = `[build-system]
requires = ["setuptools>=61"]
[project]
name = "demo"
dependencies = [
  "numpy>=1.2",
  'gymnasium==0.29.1',
]
[project.optional-dependencies]
all = ["pygame", "demo[other]"]
[dependency-groups]
test = ["pytest==8.0", {include-group = "lint"}]
[tool.poetry.dependencies]
python = "^3.10"
requests = "^2.31"
exactly = "1.2.3"
local = {path = "../local"}
forked = {git = "https://code.example/forked.git", rev = "abc"}
[tool.poetry.group.docs.dependencies]
sphinx = {version = "*", optional = true}
`;
    expect(lines('pyproject.toml', text)).toEqual([
      'exactly 1.2.3 exact runtime @16',
      'forked https://code.example/forked.git@abc url runtime @18',
      'gymnasium 0.29.1 exact runtime @7',
      'local ../local path runtime @17',
      'numpy >=1.2 range runtime @6',
      'pygame - none optional @10',
      'pytest 8.0 exact dev @12',
      'requests ^2.31 range runtime @15',
      'setuptools >=61 range build @2',
      'sphinx - none optional @20',
    ]);
  });

  it('reads inline script metadata with the lines of the file', () => {
    const text =
      '#!/usr/bin/env python\n# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n#   "httpx==0.27.0",\n# ]\n# ///\nimport httpx\n';
    expect(lines('run.py', text)).toEqual(['httpx 0.27.0 exact runtime @5']);
    expect(lines('run.py', '# /// script\n# dependencies = ["a"]\nimport a\n')).toEqual([]);
  });

  it('reads setup.cfg', () => {
    const text = `[metadata]
name = demo
[options]
install_requires =
    numpy >=1.0
    # comment
    flask==1.0; python_version > "3"
setup_requires = wheel
[options.extras_require]
gpu =
    torch==2.0
`;
    expect(lines('setup.cfg', text)).toEqual([
      'flask 1.0 exact runtime @7',
      'numpy >=1.0 range runtime @5',
      'torch 2.0 exact optional @11',
      'wheel - none build @8',
    ]);
  });

  it('reads the literals of setup.py without running it', () => {
    const text = `from setuptools import setup
REQUIRES = ["numpy>=1.0", 'gym==0.21.0']  # the two
setup(name="demo", install_requires=REQUIRES,
      extras_require={"all": ["pygame==2.1"], "none": []},
      setup_requires=["wheel"])
`;
    expect(lines('setup.py', text)).toEqual([
      'gym 0.21.0 exact runtime @2',
      'numpy >=1.0 range runtime @2',
      'pygame 2.1 exact optional @4',
      'wheel - none build @5',
    ]);
  });

  it('says so when setup.py computes its dependencies, unless a list lies beside it', () => {
    const setup = 'setup(install_requires=[line for line in open("reqs.txt")])';
    const alone = takeInventory(targetOf({ 'setup.py': setup }));
    expect(alone.unreadable).toEqual([
      { path: 'setup.py', line: null, reason: 'computes its dependencies; only running it would tell' },
    ]);
    const told = takeInventory(targetOf({ 'setup.py': setup, 'reqs.txt': '', 'requirements.txt': 'a==1\n' }));
    expect(told.unreadable).toEqual([]);
  });

  it('reads Pipfile, environment.yml and wheel metadata', () => {
    expect(
      lines('Pipfile', '[packages]\nflask = "==1.0"\nany = "*"\n[dev-packages]\npytest = ">=7"\n'),
    ).toEqual(['any - none runtime @3', 'flask 1.0 exact runtime @2', 'pytest >=7 range dev @5']);
    expect(
      lines(
        'environment.yml',
        'name: x\ndependencies:\n  - python=3.10\n  - pip:\n    - flask==1.0\n    - requests\n',
      ),
    ).toEqual(['flask 1.0 exact runtime @5', 'requests - none runtime @6']);
    const metadata =
      'Metadata-Version: 2.1\nName: demo\nRequires-Dist: numpy>=1.21.0\nRequires-Dist: pygame (>=2); extra == "all"\n\nRequires-Dist: not-this\n';
    expect(lines('demo-1.0.dist-info/METADATA', metadata)).toEqual([
      'numpy >=1.21.0 range runtime @3',
      'pygame >=2 range optional @4',
    ]);
  });

  it('follows aliases in environment.yml', () => {
    const text = 'x: &list [flask==1.0]\ndependencies:\n  - pip: *list\n';
    expect(lines('environment.yml', text)).toEqual(['flask 1.0 exact runtime @1']);
  });

  it('says that conda packages are not audited', () => {
    const { unsupported } = takeInventory(
      targetOf({ 'environment.yml': 'dependencies:\n  - python=3.10\n  - numpy=1.2\n' }),
    );
    expect(unsupported.map(({ text }) => text)).toEqual([
      '1 conda packages, for which there are no advisories here',
    ]);
  });
});

describe('Python lockfiles', () => {
  it.each([
    [
      'poetry.lock',
      '[[package]]\nname = "Flask"\nversion = "1.0"\ngroups = ["dev"]\n',
      ['flask 1.0 exact dev @2'],
    ],
    [
      'pdm.lock',
      '[metadata]\nx = 1\n\n[[package]]\nname = "flask"\nversion = "1.0"\n',
      ['flask 1.0 exact runtime @5'],
    ],
    [
      'uv.lock',
      'version = 1\n[[package]]\nname = "me"\nversion = "0"\nsource = { editable = "." }\n[[package]]\nname = "flask"\nversion = "1.0"\nsource = { registry = "https://pypi.org/simple" }\n[[package]]\nname = "g"\nversion = "1"\nsource = { git = "https://code.example/g" }\n',
      ['flask 1.0 exact runtime @7', 'g https://code.example/g url runtime @11'],
    ],
    [
      'pylock.toml',
      'lock-version = "1.0"\n[[packages]]\nname = "flask"\nversion = "1.0"\n',
      ['flask 1.0 exact runtime @3'],
    ],
    [
      'Pipfile.lock',
      '{"_meta": {"x": {}},\n"default": {\n"flask": {"version": "==1.0"}},\n"develop": {\n"pytest": {"version": "==8.0"}}}',
      ['flask 1.0 exact runtime @3', 'pytest 8.0 exact dev @5'],
    ],
  ])('reads %s', (path, text, expected) => {
    expect(lines(path, text)).toEqual(expected);
  });

  it('lets a lock win over the manifest beside it and keeps both places', () => {
    const { packages } = takeInventory(
      targetOf({
        'pyproject.toml': '[project]\nname = "me"\ndependencies = ["flask>=1"]\n',
        'uv.lock': '[[package]]\nname = "flask"\nversion = "1.0"\n',
      }),
    );
    expect(packages).toMatchObject([
      {
        version: '1.0',
        pin: 'exact',
        locations: [
          { path: 'pyproject.toml', startLine: 3 },
          { path: 'uv.lock', startLine: 2 },
        ],
      },
    ]);
  });
});

describe('JavaScript', () => {
  it('reads every group of package.json', () => {
    const text = `{
  "name": "me",
  "dependencies": {
    "left-pad": "1.3.0",
    "@scope/one": "^2.0.0",
    "alias": "npm:lodash@4.17.0",
    "any": "*",
    "forked": "someone/forked#main",
    "local": "file:../local"
  },
  "devDependencies": { "vitest": "~1.0" },
  "peerDependencies": { "react": ">=17 <19" }
}`;
    expect(lines('package.json', text)).toEqual([
      '@scope/one ^2.0.0 range runtime @5',
      'any - none runtime @7',
      'forked someone/forked#main url runtime @8',
      'left-pad 1.3.0 exact runtime @4',
      'local file:../local path runtime @9',
      'lodash 4.17.0 exact runtime @6',
      'react >=17 <19 range optional @12',
      'vitest ~1.0 range dev @11',
    ]);
  });

  it.each([
    [
      'package-lock.json',
      '{"lockfileVersion": 1, "dependencies": {\n"a": {"version": "1.0.0", "dependencies": {\n"b": {"version": "2.0.0", "dev": true}}},\n"c": {"version": "git+ssh://git@code.example/c.git#1"}}}',
      [
        'a 1.0.0 exact runtime @2',
        'b 2.0.0 exact dev @3',
        'c git+ssh://git@code.example/c.git#1 url runtime @4',
      ],
    ],
    [
      'npm-shrinkwrap.json',
      '{"lockfileVersion": 3, "packages": {\n"": {"name": "me"},\n"node_modules/@s/a": {"version": "1.0.0"},\n"node_modules/x/node_modules/b": {"version": "2.0.0", "optional": true},\n"node_modules/alias": {"name": "real", "version": "3.0.0"},\n"packages/member": {"version": "1.0.0"},\n"node_modules/member": {"resolved": "packages/member", "link": true}}}',
      ['@s/a 1.0.0 exact runtime @3', 'b 2.0.0 exact optional @4', 'real 3.0.0 exact runtime @5'],
    ],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\npackages:\n  '@s/a@1.0.0':\n    resolution: {integrity: x}\n  b@2.0.0(peer@1.0.0):\n    resolution: {integrity: y}\n",
      ['@s/a 1.0.0 exact runtime @3', 'b 2.0.0 exact runtime @5'],
    ],
    [
      'pnpm-lock.yaml',
      'lockfileVersion: 5.4\npackages:\n  /@s/a/1.0.0:\n    dev: true\n  /b/2.0.0_peer@1.0.0:\n    dev: false\n',
      ['@s/a 1.0.0 exact dev @3', 'b 2.0.0 exact runtime @5'],
    ],
    [
      'yarn.lock',
      '# yarn lockfile v1\n\n\n"@s/a@^1.0.0", "@s/a@^1.1.0":\n  version "1.2.0"\n  resolved "https://registry.example/a"\n\nb@1.x:\n  version "1.0.0"\n  dependencies:\n    version "9.9.9"\n',
      ['@s/a 1.2.0 exact runtime @4', 'b 1.0.0 exact runtime @8'],
    ],
    [
      'yarn.lock',
      '__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.2.0\n  resolution: "a@npm:1.2.0"\n\n"me@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "me@workspace:."\n\n"alias@npm:real@^2.0.0":\n  version: 2.1.0\n  resolution: "real@npm:2.1.0"\n',
      ['a 1.2.0 exact runtime @4', 'real 2.1.0 exact runtime @12'],
    ],
    [
      'bun.lock',
      '{\n  "lockfileVersion": 1,\n  "packages": {\n    "@s/a": ["@s/a@1.0.0", "", {}, "sha512-x"],\n    "me": ["me@workspace:packages/me"],\n  },\n}\n',
      ['@s/a 1.0.0 exact runtime @4'],
    ],
  ])('reads %s', (path, text, expected) => {
    expect(lines(path, text)).toEqual(expected);
  });

  it('notes the packages that run a script when they are installed', () => {
    const { withInstallScript } = takeInventory(
      targetOf({
        'package-lock.json':
          '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0", "hasInstallScript": true}}}',
      }),
    );
    expect([...withInstallScript]).toEqual(['pkg:npm/a@1.0.0']);
  });
});

describe('mentions', () => {
  it('finds install commands in fenced code and code spans, not in prose', () => {
    const text = [
      'First pip install requests and then go on.',
      'Run `pip install flask==1.0 "uvicorn[standard]>=0.2"`.',
      '```bash',
      'sudo python3 -m pip install -U -r requirements.txt numpy',
      'npx -y @scope/server@1.2.3 /some/folder',
      'uvx --from black==24.1 blackd',
      'npm i --save-dev left-pad && pip install $NAME <package> ./here',
      'uv pip install git+https://code.example/tool.git',
      '```',
    ].join('\n');
    expect(lines('SKILL.md', text)).toEqual([
      'black 24.1 exact mentioned @6',
      'flask 1.0 exact mentioned @2',
      'numpy - none mentioned @4',
      'tool git+https://code.example/tool.git url mentioned @8',
      'uvicorn >=0.2 range mentioned @2',
      '@scope/server 1.2.3 exact mentioned @5',
      'left-pad - none mentioned @7',
    ]);
  });

  it('reads scripts, containers and notebooks', () => {
    expect(lines('setup.sh', 'set -e\npip3 install torch==2.0 # gpu\n')).toEqual([
      'torch 2.0 exact mentioned @2',
    ]);
    expect(lines('Dockerfile', 'FROM scratch\nRUN pip install --no-cache-dir flask==1.0\n')).toEqual([
      'flask 1.0 exact mentioned @2',
    ]);
    expect(
      lines('demo.ipynb', '{"source": [\n"!pip install gymnasium==0.29\\n",\n"import gymnasium"]}'),
    ).toEqual(['gymnasium 0.29 exact mentioned @2']);
  });
});

describe('broken files', () => {
  it.each([
    ['poetry.lock', '[[package]]\nname = "a"\nversion = \n', 3],
    ['package-lock.json', '{\n"packages": {\n"a": ,\n}}', 3],
    ['pnpm-lock.yaml', 'lockfileVersion: 9\npackages:\n  a: [\n', 4],
    ['yarn.lock', 'a@1:\n  resolved "x"\n', 1],
    ['pnpm-lock.yaml', 'lockfileVersion: 9\npackages: [a]\n', null],
    ['bun.lock', '{ "packages": {', 1],
    ['pyproject.toml', '[project\nname="x"', 1],
    ['package.json', '[]', 1],
  ])('says where %s is broken', (path, text, line) => {
    const { unreadable, packages } = takeInventory(
      targetOf({ [path]: text, 'requirements.txt': 'flask==1.0\n' }),
    );
    expect(unreadable).toMatchObject([{ path, line }]);
    expect(packages.map(({ name }) => name)).toContain('flask');
  });

  it('says that bun.lockb cannot be read', () => {
    const { unreadable } = takeInventory(targetOf({ 'bun.lockb': new Uint8Array([0, 1, 2]) }));
    expect(unreadable).toMatchObject([{ path: 'bun.lockb' }]);
  });

  it('ends on hostile nesting and long lines', () => {
    const deep = `${'['.repeat(200_000)}`;
    const started = performance.now();
    const { unreadable } = takeInventory(
      targetOf({
        'package-lock.json': `{"dependencies":${'{"a":{"dependencies":'.repeat(50_000)}`,
        'pnpm-lock.yaml': deep.slice(0, 5_000),
        'poetry.lock': `a = ${deep.slice(0, 50_000)}`,
        'requirements.txt': `${'-'.repeat(300_000)}\n${'a'.repeat(300_000)}!\n`,
        'bun.lock': `{"a": "${'\\"'.repeat(300_000)}`,
        'README.md': '`'.repeat(300_000),
      }),
    );
    expect(unreadable.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'bun.lock',
        'package-lock.json',
        'pnpm-lock.yaml',
        'poetry.lock',
        'requirements.txt',
      ]),
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
