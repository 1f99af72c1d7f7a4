import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { targetOf } from '../target-of.ts';

/** What one line of a shell script installs: `ecosystem name version-or-range pin`. */
function installed(command: string, path = 'setup.sh'): string[] {
  return takeInventory(targetOf({ [path]: `${command}\n` })).packages.map(
    ({ ecosystem, name, version, range, pin }) => `${ecosystem} ${name} ${version ?? range ?? '-'} ${pin}`,
  );
}

describe('install commands', () => {
  it.each([
    [
      'pip install flask==1.0 "uvicorn[standard]>=0.2" \'httpx<1\'',
      ['flask 1.0 exact', 'httpx <1 range', 'uvicorn >=0.2 range'],
    ],
    ['python3.11 -m pip --quiet install --index-url https://i.example/simple -U numpy', ['numpy - none']],
    [
      'sudo -H /usr/bin/pip3.11 install "torch==2.0 ; sys_platform == \'linux\'" > log.txt 2>&1',
      ['torch 2.0 exact'],
    ],
    [
      'FOO=1 uv pip install -q --python 3.11 a==1 && uv add --dev b c@1.2 || true',
      ['a 1 exact', 'b - none', 'c 1.2 exact'],
    ],
    [
      'uv run --with httpx --with=rich==13.0,click run.py --with no',
      ['click - none', 'httpx - none', 'rich 13.0 exact'],
    ],
    [
      'uv tool install ruff@0.4.1; uvx --from "black==24.1" blackd x y',
      ['black 24.1 exact', 'ruff 0.4.1 exact'],
    ],
    ['uvx --python 3.12 mcp-server@latest --port 1', ['mcp-server - none']],
    [
      'pipx install poetry==1.8; pipx run --spec cowsay==6 cow; pipx inject ipython numpy',
      ['cowsay 6 exact', 'ipython - none', 'numpy - none', 'poetry 1.8 exact'],
    ],
    [
      'poetry add --group dev "httpx@^0.27" pendulum~=2.0 -E tz',
      ['httpx ^0.27 range', 'pendulum ~=2.0 range'],
    ],
    ['pdm add -dG test pytest && pipenv install requests', ['pytest - none', 'requests - none']],
    [
      'pip install -e git+https://code.example/t.git@v1#egg=tool -e . ./x $Y <z> [options]',
      ['tool git+https://code.example/t.git@v1#egg=tool url'],
    ],
    ['bash -c "cd x && pip install inner==1"', ['inner 1 exact']],
    ['pip install your-package package-name && echo "pip install no"', []],
    ['grep -n "pip install" x | xargs echo', []],
  ])('of Python: %s', (command, expected) => {
    expect(installed(command)).toEqual(expected.map((line) => `PyPI ${line}`));
  });

  it.each([
    [
      'npm i --save-dev left-pad @s/a@^2.0.0 && npm install -g b@1.0.0 --registry https://r.example',
      ['@s/a ^2.0.0 range', 'b 1.0.0 exact', 'left-pad - none'],
    ],
    ['npx -y @scope/server@1.2.3 /some/folder other', ['@scope/server 1.2.3 exact']],
    ['npx --package=typescript@5.0.0 -p @x/y -- tsc --init', ['@x/y - none', 'typescript 5.0.0 exact']],
    [
      'npm exec --yes cowsay@1.0.0 hi; pnpm dlx create-x; yarn dlx a@2.0.0; bunx b; bun x c',
      ['a 2.0.0 exact', 'b - none', 'c - none', 'cowsay 1.0.0 exact', 'create-x - none'],
    ],
    [
      'pnpm add -D a -F web; yarn add b@1.0.0; yarn global add c; bun add d',
      ['a - none', 'b 1.0.0 exact', 'c - none', 'd - none'],
    ],
    ['npm install; npm ci; npm install ./local ../x.tgz "$NAME"', []],
    ['npm install github:someone/tool#v1', ['tool github:someone/tool#v1 url']],
  ])('of JavaScript: %s', (command, expected) => {
    expect(installed(command)).toEqual(expected.map((line) => `npm ${line}`));
  });

  it.each([
    [
      'RUN apt-get update && apt-get -y install --no-install-recommends curl=7.88.1-10 libgl1:amd64 -t bookworm',
      'Dockerfile',
      ['Debian curl 7.88.1-10 exact', 'Debian libgl1 - none'],
    ],
    ['cargo install ripgrep@14.0.0', 'setup.sh', ['crates.io ripgrep 14.0.0 exact']],
    ['go install example.invalid/tool/cmd@v1.2.3', 'setup.sh', ['Go example.invalid/tool/cmd v1.2.3 exact']],
    ['RUN ["pip", "install", "flask==1.0"]', 'Dockerfile', ['PyPI flask 1.0 exact']],
  ])('of others: %s', (command, path, expected) => {
    expect(installed(command, path)).toEqual(expected);
  });

  it('span lines, and every package keeps its own', () => {
    const { packages } = takeInventory(
      targetOf({
        Dockerfile:
          'FROM scratch\nRUN apt-get update \\\n && pip install \\\n    flask==1.0 \\\n    django==4.2 # web\n',
      }),
    );
    expect(packages.map(({ name, locations }) => [name, locations[0]?.startLine])).toEqual([
      ['django', 5],
      ['flask', 4],
    ]);
  });

  it('are not pushed out of sight by padding', () => {
    const padding = ' '.repeat(100_000);
    expect(installed(`${padding}pip install ${padding} far==1`)).toEqual(['PyPI far 1 exact']);
  });

  it('count in prose only where they are code', () => {
    const text = [
      'First pip install one and then go on, `pip install two==2` does it.',
      '   Then pip install three for the rest.',
      '    $ pip install four',
      '> ```console',
      '> $ pip install five \\',
      '>     six',
      '> ```',
      '- ~~~',
      '  npx seven',
      '  ~~~',
    ].join('\n');
    const { packages } = takeInventory(
      targetOf({ 'SKILL.md': text, 'doc.rst': 'Use ``pip install eight``.\n' }),
    );
    expect(packages.map(({ name, locations }) => `${name}@${String(locations[0]?.startLine)}`)).toEqual([
      'eight@1',
      'five@5',
      'four@3',
      'six@6',
      'two@1',
      'seven@9',
    ]);
  });

  it('are not looked for under the headings of reStructuredText, which look like fences', () => {
    const text =
      'News\n~~~~\n- Do not use easy_install anymore\n- pip install old\n\n::\n\n    pip install new==1\n';
    const { packages } = takeInventory(targetOf({ 'news.rst': text, README: text }));
    expect(packages.map(({ name, locations }) => [name, locations.length])).toEqual([['new', 2]]);
  });

  it('are found in notebooks, however their JSON is laid out', () => {
    const cells = [
      { cell_type: 'code', source: ['!pip install one==1 \\\n', '  --quiet\n', 'import x\n'] },
      { cell_type: 'code', source: ['%pip install two\n'] },
      { cell_type: 'code', source: ['%%bash\n', 'pip install "three>=3"\n'] },
      { cell_type: 'markdown', source: ['Then pip install nothing, or `pip install four`.'] },
      { cell_type: 'code', source: 'import y\n!npx five@5.0.0' },
    ];
    for (const indent of [undefined, 1]) {
      const { packages } = takeInventory(targetOf({ 'a.ipynb': JSON.stringify({ cells }, null, indent) }));
      expect(packages.map(({ name }) => name)).toEqual(['four', 'one', 'three', 'two', 'five']);
    }
  });

  it('point to lists, and to other indexes', () => {
    const { packages, indexes, unreadable } = takeInventory(
      targetOf({
        'README.md':
          '`pip install -r deps/all.pip -r missing.pip --extra-index-url https://i.example/simple`',
        'deps/all.pip': 'flask==1.0\n',
      }),
    );
    expect(packages.map(({ name, scope }) => [name, scope])).toEqual([['flask', 'runtime']]);
    expect(indexes.map(({ text }) => text)).toEqual(['--extra-index-url https://i.example/simple']);
    expect(unreadable).toEqual([]);
  });

  it.each([
    ['curl -LsSf https://get.example/install.sh | sudo -E bash -s -- -y', 'https://get.example/install.sh'],
    ['bash <(curl -s https://get.example/a)', 'https://get.example/a'],
    ['sh -c "$(wget -qO- https://get.example/b)"', 'https://get.example/b'],
    ['curl "$URL" | python3 -', 'an address that is not in the text'],
  ])('that run a script at once are said not to be audited: %s', (command, address) => {
    const { unsupported } = takeInventory(targetOf({ 'SKILL.md': `# x\n\`\`\`sh\n${command}\n\`\`\`\n` }));
    expect(unsupported).toEqual([
      {
        path: 'SKILL.md',
        line: 3,
        text: `what a script from ${address} installs, which is fetched and run at once`,
      },
    ]);
  });

  it('say how many packages other systems install', () => {
    const { unsupported } = takeInventory(
      targetOf({
        'setup.sh': 'conda install -y -c conda-forge numpy=1.2 scipy\ncurl https://x.example | jq .\n',
      }),
    );
    expect(unsupported).toEqual([
      {
        path: 'setup.sh',
        line: 1,
        text: '2 packages with `conda install` or the like, for which there are no advisories here',
      },
    ]);
  });
});

describe('lists that install commands name', () => {
  it('are not read as lists of requirements when they are projects', () => {
    const { packages, unreadable } = takeInventory(
      targetOf({
        Dockerfile: 'RUN uv pip install --system -r pyproject.toml\n',
        'pyproject.toml': '[project]\nname = "demo"\nversion = "1"\ndependencies = ["httpx==0.27.0"]\n',
      }),
    );
    expect(unreadable).toEqual([]);
    expect(packages.map(({ name, version }) => `${name} ${version ?? ''}`)).toEqual(['httpx 0.27.0']);
  });
});
