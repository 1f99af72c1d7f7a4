import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import { ROOT, scanCases } from './scan-cases.ts';

const FOLDER = 'fixtures/chains';

/** What the attack is found as, and the places that its trace goes through, in order. */
const CHAINS: Readonly<Record<string, readonly [rule: string, ...trace: string[]]>> = {
  'argument-to-node': ['secret-file-to-network', 'main.py:4', 'main.py:5', 'send.js:1', 'send.js:3'],
  'captured-output': ['secret-file-to-network', 'collect.sh:3', 'main.py:5', 'main.py:6'],
  'contents-in-order': ['secret-file-to-network', 'SKILL.md:8', 'SKILL.md:9', 'scripts/send.py:5'],
  'conversation-in-order': ['conversation-to-network', 'SKILL.md:11', 'scripts/log.py:7'],
  'exec-of-script': ['secret-file-to-network', 'main.js:6', 'main.js:7', 'send.sh:2'],
  'export-for-child': ['secret-file-to-network', 'run.sh:2', 'run.sh:3', 'send.sh:2'],
  'file-between': ['secret-file-to-network', 'gather.sh:2', 'send.js:3', 'send.js:4'],
  'file-in-order': ['secret-file-to-network', 'SKILL.md:8', 'scripts/upload.js:3', 'scripts/upload.js:4'],
  'function-of-sourced': ['secret-file-to-network', 'run.sh:3', 'lib.sh:2'],
  'hook-input': ['conversation-to-network', '.claude/settings.json:7', 'hooks/log.py:4', 'hooks/log.py:5'],
  'input-of-child': ['secret-file-to-network', 'main.js:6', 'main.js:5', 'send.py:4'],
  'option-of-script': ['secret-file-to-network', 'run.sh:2', 'send.py:10'],
  'output-in-order': ['secret-file-to-network', 'scripts/check.sh:3', 'SKILL.md:8'],
  'path-in-order': ['secret-file-to-network', 'SKILL.md:9', 'scripts/collect.py:8', 'scripts/collect.py:15'],
  'path-of-several': ['secret-file-to-network', 'main.py:4', 'send.py:7', 'send.py:8'],
  'path-through-variable': ['secret-file-to-network', 'run.sh:2', 'send.js:3', 'send.js:4'],
  'pipe-to-shell': ['secret-file-to-network', 'collect.py:3', 'run.sh:3', 'send.sh:2', 'send.sh:3'],
  'tool-of-decorator': ['secret-file-to-network', 'server.py:11', 'server.py:8', 'server.py:13'],
  'tool-of-list': ['conversation-to-network', 'server.py:13', 'server.py:20', 'server.py:22'],
  'tool-of-registration': ['secret-file-to-network', 'server.ts:10', 'server.ts:13', 'send.ts:2'],
  'tool-of-request': ['secret-file-to-network', 'tools.ts:4', 'server.ts:9', 'server.ts:13'],
  'variable-for-sourced': ['secret-file-to-network', 'run.sh:2', 'run.sh:3', 'send.sh:1'],
  'variable-of-sourced': ['secret-file-to-network', 'lib/settings.sh:1', 'run.sh:3'],
  'variable-for-child': ['secret-file-to-network', 'main.py:4', 'main.py:6', 'send.js:1'],
};

const { report, decisive } = scanCases(FOLDER);

/** The findings at review or worse in a part of a case. */
function findingsIn(part: string): readonly Finding[] {
  return decisive.filter(({ location }) => location.path.startsWith(`${part}/`));
}

/** The places of a trace below a folder, each once in a row. */
function placesOf(trace: Finding['trace'], folder: string): readonly string[] {
  return trace
    .map(({ path, line }) => `${path.replace(`${folder}/`, '')}:${line}`)
    .filter((place, index, all) => place !== all[index - 1]);
}

describe('a chain over several files', () => {
  it('is listed here for each fixture', () => {
    expect(readdirSync(join(ROOT, FOLDER)).sort()).toEqual(Object.keys(CHAINS).sort());
  });

  it.each(Object.entries(CHAINS))('%s is found, step by step', (name, [rule, ...places]) => {
    const found = findingsIn(`${name}/attack`).filter(({ ruleId }) => ruleId === rule);
    expect(found.map(({ trace }) => placesOf(trace, `${name}/attack`))).toContainEqual(places);
  });

  it.each(Object.keys(CHAINS))('%s: its honest twin is left alone', (name) => {
    expect(findingsIn(`${name}/honest`).map(({ ruleId }) => ruleId)).toEqual([]);
  });

  it('and everything was read', () => {
    expect(report.coverage.opaque).toEqual([]);
  });
});
