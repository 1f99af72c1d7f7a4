import { describe, expect, it } from 'vitest';
import type { Language } from '../../../../src/model/program.ts';
import { createConfigFrontend } from '../../../../src/static/frontends/config/frontend.ts';

const frontend = await createConfigFrontend();

/** Fragments as `role language @ place: text`; the place is `line:column` or the text at the span. */
function fragments(text: string, language: Language, path: string): string[] {
  return frontend
    .parse(text, language, path)
    .fragments.map(({ role, language: inner, origin, text: code }) => {
      const place =
        origin.kind === 'lines'
          ? `${String(origin.line)}:${String(origin.column)}`
          : text.slice(origin.span.start, origin.span.end);
      return `${role} ${inner} @ ${place}: ${code}`;
    });
}

type Case = readonly [string, Language, string, readonly string[]];

const CASES: readonly Case[] = [
  [
    'package.json',
    'json',
    '{"scripts": {"postinstall": "node x.js", "test": "vitest", "prepare": "husky", "n": 1}}',
    [
      'install-hook shell @ "node x.js": node x.js',
      'build shell @ "vitest": vitest',
      'install-hook shell @ "husky": husky',
    ],
  ],
  [
    '.mcp.json',
    'json',
    '{"mcpServers": {"a": {"command": "npx", "args": ["-y", "@x/y", "a b; c"]}, "b": {"url": "https://b.example"}}}',
    [`server-command shell @ "npx": npx -y @x/y 'a b; c'`],
  ],
  [
    'home/claude_desktop_config.json',
    'json',
    '{"mcpServers": {"a": {"command": "bash", "args": ["-c", "id | sh"]}}}',
    [`server-command shell @ "bash": bash -c 'id | sh'`, 'server-command shell @ "bash": id | sh'],
  ],
  [
    '.vscode/mcp.json',
    'json',
    '{"servers": {"a": {"command": "python3", "args": ["-c", "import os"]}}}',
    [
      `server-command shell @ "python3": python3 -c 'import os'`,
      'server-command python @ "python3": import os',
    ],
  ],
  [
    'manifest.json',
    'json',
    '{"server": {"mcp_config": {"command": "node", "args": ["s.js"]}}}',
    ['server-command shell @ "node": node s.js'],
  ],
  [
    '.codex/config.toml',
    'toml',
    '[mcp_servers.a]\ncommand = "uvx"\nargs = ["x"]\n',
    ['server-command shell @ "uvx": uvx x'],
  ],
  [
    '.claude/settings.local.json',
    'json',
    '{"hooks": {"PreToolUse": [{"matcher": "*", "hooks": [{"type": "command", "command": "sh a.sh"}]}]}, "apiKeyHelper": "k.sh"}',
    ['agent-hook shell @ "sh a.sh": sh a.sh', 'agent-hook shell @ "k.sh": k.sh'],
  ],
  [
    'hooks/hooks.json',
    'json',
    '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "x"}]}]}}',
    ['agent-hook shell @ "x": x'],
  ],
  [
    '.claude-plugin/plugin.json',
    'json',
    '{"hooks": {"Stop": [{"hooks": [{"command": "x"}]}]}, "mcpServers": {"m": {"command": "y"}}}',
    ['server-command shell @ "y": y', 'agent-hook shell @ "x": x'],
  ],
  [
    '.github/workflows/ci.yml',
    'yaml',
    'jobs:\n  a:\n    steps:\n      - run: |\n          one\n          two\n      - run: three\n      - shell: python\n        run: print(1)\n      - uses: actions/github-script@v7\n        with:\n          script: f()\n',
    [
      'ci shell @ 5:1: one\ntwo\n',
      'ci shell @ three: three',
      'ci python @ print(1): print(1)',
      'ci javascript @ f(): f()',
    ],
  ],
  ['action.yml', 'yaml', 'runs:\n  steps:\n    - run: x\n', ['ci shell @ x: x']],
  [
    'action.yml',
    'yaml',
    'runs:\n  steps:\n    - {shell: pwsh, run: x}\n    - {shell: cmd, run: y}\n',
    ['ci powershell @ x: x', 'ci batch @ y: y'],
  ],
  [
    '.gitlab-ci.yml',
    'yaml',
    'before_script: [a]\njob:\n  script:\n    - b\n    - [c]\n  after_script: d\n',
    ['ci shell @ b: b', 'ci shell @ c: c', 'ci shell @ a: a', 'ci shell @ d: d'],
  ],
  [
    '.pre-commit-config.yaml',
    'yaml',
    'repos:\n  - hooks:\n      - entry: bash x\n',
    ['build shell @ bash x: bash x'],
  ],
  [
    'docker-compose.yml',
    'yaml',
    'services:\n  a:\n    command: x y\n    entrypoint: [sh, -c, z]\n',
    ['build shell @ x y: x y', 'build shell @ [sh, -c, z]: sh -c z', 'build shell @ [sh, -c, z]: z'],
  ],
  [
    '.devcontainer/devcontainer.json',
    'json',
    '{"image": "debian:12", "postCreateCommand": "a", "onCreateCommand": ["b", "c d"], "postStartCommand": {"x": "e", "y": ["f"]}, "initializeCommand": "g"}',
    [
      'install-hook shell @ "g": g',
      `build shell @ ["b", "c d"]: b 'c d'`,
      'build shell @ "a": a',
      'build shell @ "e": e',
      'build shell @ ["f"]: f',
    ],
  ],
  [
    '.vscode/tasks.json',
    'json',
    '{"tasks": [{"command": "a", "runOptions": {"runOn": "folderOpen"}, "osx": {"command": "b"}}, {"command": "c", "args": ["d"]}]}',
    ['agent-hook shell @ "a": a', 'agent-hook shell @ "b": b', 'build shell @ "c": c d'],
  ],
  ['tox.ini', 'ini', '[testenv]\ncommands =\n  a\n  b\n', ['build shell @ 3:1: a\nb']],
  [
    'Makefile',
    'makefile',
    'X = 1\nV := $(shell id -u)\nall: dep\n\t@echo $$HOME \\\n\t  $(X)\n\t-rm -rf a\nb: ; c\n',
    [
      'build shell @ 2:1: id -u',
      'build shell @ \t@echo $$HOME \\\n\t  $(X): echo $HOME \\\n\t  1',
      'build shell @ 6:3: rm -rf a',
      'build shell @ 7:1:  c',
    ],
  ],
  [
    'Makefile',
    'makefile',
    'all:\n\t@echo $$HOME \\\n\t  $(X)\n',
    ['build shell @ 2:3: echo $HOME \\\n\t  ${X}'],
  ],
  [
    'Makefile',
    'makefile',
    'A = ${B} -s\nall:\n\t$(A) x | $(SHELL)\n\techo $$(A)\nB ?= curl\nA += -f\nC = $(C)\nrest: ; $(C)\n',
    [
      'build shell @ \t$(A) x | $(SHELL): curl -s -f x | /bin/sh',
      'build shell @ 4:2: echo $(A)',
      'build shell @ 8:1:  ${C}',
    ],
  ],
  [
    'Makefile',
    'makefile',
    '.RECIPEPREFIX = >\nA != id\nall:\n>x\ndefine D\ny\nendef\n',
    ['build shell @ 2:1: id', 'build shell @ 4:2: x', 'build shell @ 6:1: y'],
  ],
  [
    'Dockerfile',
    'dockerfile',
    'FROM a\nRUN one && \\\n  # why\n  two\nRUN --mount=type=cache,target=/x three\nCMD ["sh", "-c", "four"]\nRUN <<EOF\nfive\nEOF\nENTRYPOINT ["six"]\nONBUILD RUN seven\nRUN echo "<<NO"\nrun eight\n',
    [
      'build shell @ 2:5: one && \\\n\\\n  two',
      'build shell @ 5:34: three',
      'build shell @ ["sh", "-c", "four"]: sh -c four',
      'build shell @ ["sh", "-c", "four"]: four',
      'build shell @ 7:5: \nfive',
      'build shell @ ["six"]: six',
      'build shell @ 11:13: seven',
      'build shell @ 12:5: echo "<<NO"',
      'build shell @ 13:5: eight',
    ],
  ],
  [
    'package.json',
    'json',
    '{"scripts": {"postinstall": "npm run -s a && echo b", "a": "yarn c", "b": "x", "prec": "y", "c": "z"}}',
    [
      'install-hook shell @ "npm run -s a && echo b": npm run -s a && echo b',
      'install-hook shell @ "yarn c": yarn c',
      'build shell @ "x": x',
      'install-hook shell @ "y": y',
      'install-hook shell @ "z": z',
    ],
  ],
  [
    'composer.json',
    'json',
    '{"scripts": {"post-install-cmd": ["a"], "t": "b"}}',
    ['install-hook shell @ "a": a', 'build shell @ "b": b'],
  ],
  [
    '.npmrc',
    'ini',
    'node-options = --require ./a.js\n',
    ['install-hook shell @ --require ./a.js: node --require ./a.js'],
  ],
  [
    '.yarnrc.yml',
    'yaml',
    'yarnPath: .yarn/a.cjs\nplugins:\n  - path: b.cjs\n',
    ['install-hook shell @ .yarn/a.cjs: node .yarn/a.cjs', 'install-hook shell @ b.cjs: node b.cjs'],
  ],
  [
    'binding.gyp',
    'json',
    "# native\n{'targets': [{'sources': ['<!@(node a.js)'], 'actions': [{'action': ['python3', 'b.py']}],}],}\n",
    [
      "install-hook shell @ '<!@(node a.js)': node a.js",
      "install-hook shell @ ['python3', 'b.py']: python3 b.py",
    ],
  ],
  [
    'conf/any.json',
    'json',
    '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "x"}]}]}}',
    ['agent-hook shell @ "x": x'],
  ],
  [
    '.github/hooks/a.json',
    'json',
    '{"hooks": {"sessionStart": [{"bash": "x", "powershell": "y"}]}}',
    ['agent-hook shell @ "x": x', 'agent-hook powershell @ "y": y'],
  ],
  ['.codex/config.toml', 'toml', 'notify = ["sh", "a"]\n', ['agent-hook shell @ ["sh", "a"]: sh a']],
  [
    '.pre-commit-hooks.yaml',
    'yaml',
    '- entry: a b\n  args: [c d]\n- entry: eval\n  language: pygrep\n',
    [`build shell @ a b: a b 'c d'`],
  ],
  ['lefthook.yml', 'yaml', 'pre-push:\n  commands:\n    a:\n      run: x\n', ['build shell @ x: x']],
  [
    'compose.yaml',
    'yaml',
    'services:\n  a:\n    entrypoint: [./a]\n    command: [b]\n',
    ['build shell @ [b]: b', 'build shell @ [./a]: ./a', 'build shell @ [./a]: ./a b'],
  ],
  [
    'Dockerfile',
    'dockerfile',
    'FROM a\nCMD ["b"]\nENTRYPOINT ["./a"]\nFROM c\n',
    ['build shell @ ["b"]: b', 'build shell @ ["./a"]: ./a', 'build shell @ ["./a"]: ./a b'],
  ],
  [
    'a.code-workspace',
    'json',
    '{"tasks": {"tasks": [{"command": "a"}]}, "launch": {"configurations": [{"program": "b.py", "args": ["c"]}]}}',
    ['build shell @ "a": a', 'build shell @ "b.py": python3 b.py c'],
  ],
  [
    'meta.yaml',
    'yaml',
    'build:\n  script:\n    - a\n    - b\n',
    ['install-hook shell @ a: a', 'install-hook shell @ b: b'],
  ],
  [
    'mise.toml',
    'toml',
    '[hooks]\nenter = "a"\n[tasks.t]\nrun = "b"\n',
    ['install-hook shell @ "a": a', 'build shell @ "b": b'],
  ],
  [
    'Taskfile.yml',
    'yaml',
    'tasks:\n  a:\n    cmds:\n      - x\n      - cmd: y\n',
    ['build shell @ x: x', 'build shell @ y: y'],
  ],
];

describe('what configuration files run', () => {
  it.each(CASES)('%s (%s)', (path, language, text, expected) => {
    expect(fragments(text, language, path)).toEqual(expected);
    expect(frontend.parse(text, language, path).status).toBe('complete');
  });

  it('still finds a hook before a syntax error', () => {
    const text = '{"scripts": {"postinstall": "node x.js"}, "a": }';
    const parsed = frontend.parse(text, 'json', 'package.json');
    expect(parsed.status).toBe('recovered');
    expect(parsed.fragments.map(({ text: code }) => code)).toEqual(['node x.js']);
  });

  it('runs nothing from a file of another name', () => {
    expect(fragments('{"scripts": {"postinstall": "x"}}', 'json', 'data.json')).toEqual([]);
  });

  it('hands down variables that hold paths, and no others', () => {
    const text =
      '{"mcpServers": {"a": {"command": "x", "env": {"A": "~/.b/c", "D": "e", "F": "https://g.example"}}}}';
    const given = (of: string, language: Language, path: string): unknown =>
      frontend.parse(of, language, path).fragments.map(({ variables }) => variables);
    expect(given(text, 'json', '.mcp.json')).toEqual([[{ name: 'A', value: '~/.b/c' }]]);
    const image = 'FROM a\nENV A=/b C=d\nENV E /f\nRUN x\n';
    expect(given(image, 'dockerfile', 'Dockerfile')).toEqual([
      [
        { name: 'A', value: '/b' },
        { name: 'E', value: '/f' },
      ],
    ]);
    const list = 'services:\n  a:\n    environment: ["A=/b"]\n    command: x\n';
    expect(given(list, 'yaml', 'compose.yml')).toEqual([[{ name: 'A', value: '/b' }]]);
  });

  it('keeps instructions and variables as settings', () => {
    const docker = frontend.parse('FROM a:1\nENV A=b \\\n C=d\n', 'dockerfile', 'Dockerfile').settings;
    expect(docker.map(({ path, value }) => [...path, value])).toEqual([
      ['FROM', 'a:1'],
      ['ENV', 'A=b C=d'],
    ]);
    const make = frontend.parse('export CC ?= gcc\n', 'makefile', 'Makefile').settings;
    expect(make).toMatchObject([{ path: ['CC'], value: 'gcc' }]);
  });
});
