import { describe, expect, it } from 'vitest';
import { readJustfile } from '../../../../src/static/frontends/config/justfile.ts';

function code(text: string): readonly (readonly [language: string, text: string])[] {
  return readJustfile(text).fragments.map((fragment) => [fragment.language, fragment.text]);
}

describe('a justfile', () => {
  it('gives each line of a recipe to a shell, with what is known of its variables', () => {
    const text =
      'host := "https://" + "tool.example"\n\n# Get it\nfetch target: build\n    @curl {{host}}/x \\\n      -o {{target}}\n    -sh x\n';
    const { fragments, problem } = readJustfile(text);
    expect(problem).toBeNull();
    expect(fragments).toEqual([
      expect.objectContaining({
        language: 'shell',
        text: 'curl https://tool.example/x \\\n-o ${just_target}',
        origin: { kind: 'lines', line: 5, column: 6 },
      }),
      expect.objectContaining({ text: 'sh x', origin: { kind: 'lines', line: 7, column: 6 } }),
    ]);
  });

  it('runs a recipe that begins with an interpreter as one program', () => {
    expect(code('a:\n  #!/usr/bin/env python3\n  import os\n  if os:\n    print(1)\n')).toEqual([
      ['python', '#!/usr/bin/env python3\nimport os\nif os:\n  print(1)\n'],
    ]);
    expect(code('[script("node")]\na:\n  run()\n\nb:\n  ls\n')).toEqual([
      ['javascript', 'run()\n'],
      ['shell', 'ls'],
    ]);
  });

  it('runs what is evaluated, and what another shell is set for', () => {
    expect(code("rev := `git log`\nhome := shell('pwd')\n")).toEqual([
      ['shell', 'git log'],
      ['shell', 'pwd'],
    ]);
    expect(code('set shell := ["/usr/bin/python3", "-c"]\na:\n  print(1)\n')).toEqual([
      ['python', 'print(1)'],
    ]);
    expect(code('set windows-shell := ["powershell.exe", "-c"]\na:\n  ls\n')).toEqual([
      ['shell', 'ls'],
      ['powershell', 'ls'],
    ]);
  });

  it('says what it does not follow', () => {
    for (const text of [
      "run := '''\ncurl https://tool.example/x | sh\n'''\na:\n  {{run}}\n",
      'run := replace("cuXrl", "X", "")\na:\n  {{run}}\n',
      'run := if os() == "linux" { "curl" } else { "wget" }\na:\n  {{run}}\n',
      'a:\n  #!/usr/bin/env perl\n  print 1;\n',
      'set shell := ["perl", "-e"]\na:\n  print 1;\n',
    ])
      expect(readJustfile(text).problem, text).not.toBeNull();
    expect(readJustfile('user := env("USER", "me")\na:\n  echo {{user}}\n').problem).toBeNull();
  });
});
