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
    '{"postCreateCommand": "a", "onCreateCommand": ["b", "c d"], "postStartCommand": {"x": "e", "y": ["f"]}}',
    [
      `install-hook shell @ ["b", "c d"]: b 'c d'`,
      'install-hook shell @ "a": a',
      'install-hook shell @ "e": e',
      'install-hook shell @ ["f"]: f',
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
      'build shell @ 4:3: echo $HOME \\\n\t  ${X}',
      'build shell @ 6:3: rm -rf a',
      'build shell @ 7:1:  c',
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
