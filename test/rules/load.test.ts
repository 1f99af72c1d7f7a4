import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadRules } from '../../src/rules/load.ts';

const folders: string[] = [];

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-rules-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const RULE = `id: eval-of-text
title: Text is run as code
status: stable
severity: high
confidence: medium
kind: capability
category: code-execution
cwe: [CWE-95]
tags: []
capability: code.dynamic
languages: []
scopes: []
guards: []
match:
  call: {names: [eval]}
message: "{name} runs text as code"
why: Because.
fix: Do not.
references: []
examples:
  bad:
    - {language: python, code: "eval(x)"}
  good:
    - {language: python, code: "x()", why: no eval}
`;

describe('loadRules', () => {
  it('accepts a valid rule', () => {
    const loaded = loadRules(folderWith({ 'code-execution/eval-of-text.yml': RULE }), 'built-in', 'rules');
    expect(loaded.problems).toEqual([]);
    expect(loaded.rules.map((rule) => rule.id)).toEqual(['eval-of-text']);
  });

  it('names file, line and column of an unknown key', () => {
    const loaded = loadRules(
      folderWith({ 'code-execution/eval-of-text.yml': RULE.replace('{names: [eval]}', '{nmes: [eval]}') }),
      'built-in',
      'rules',
    );
    expect(loaded.problems).toHaveLength(1);
    expect(loaded.problems[0]).toMatch(
      /^rules\/code-execution\/eval-of-text\.yml:15:10: match\.call: unknown key "nmes"; did you mean "names"\?$/,
    );
    expect(loaded.rules).toEqual([]);
  });

  it.each([
    ['an id that is not the file name', 'code-execution/other.yml', RULE, /not the file's name/],
    ['a category that is not the folder', 'network/eval-of-text.yml', RULE, /not the folder/],
    [
      'no good example',
      'code-execution/eval-of-text.yml',
      RULE.replace(/ {2}good:[^]*$/, '  good: []\n'),
      /good/,
    ],
    [
      'a good example without a reason',
      'code-execution/eval-of-text.yml',
      RULE.replace(', why: no eval', ''),
      /why it stays quiet/,
    ],
    [
      'a broken regular expression',
      'code-execution/eval-of-text.yml',
      RULE.replace('call: {names: [eval]}', "text: {matches: 'a('}"),
      /not a usable regular expression/,
    ],
    [
      'a catastrophic regular expression',
      'code-execution/eval-of-text.yml',
      RULE.replace('call: {names: [eval]}', "text: {matches: '(a+)+b'}"),
      /repeated group/,
    ],
    [
      'two kinds of matcher in one',
      'code-execution/eval-of-text.yml',
      RULE.replace('call: {names: [eval]}', 'call: {names: [eval]}\n  detector: {name: entropy}'),
      /exactly one/,
    ],
    ['YAML that cannot be parsed', 'code-execution/eval-of-text.yml', 'id: [', /:1:|:2:/],
  ])('refuses %s', (_what, path, text, message) => {
    const loaded = loadRules(folderWith({ [path]: text }), 'built-in', 'rules');
    expect(loaded.rules).toEqual([]);
    expect(loaded.problems.join('\n')).toMatch(message);
  });

  it('reads models and classes by their folder', () => {
    const loaded = loadRules(
      folderWith({
        'models/python/urllib.yml':
          'library: urllib\nlanguage: python\napis:\n  - names: [urllib.request.urlopen]\n    capabilities: [net.connect]\n',
        'models/classes/paths.yml': "classes:\n  - {name: secret-path, of: path, patterns: ['~/.ssh/**']}\n",
      }),
      'built-in',
      'rules',
    );
    expect(loaded.problems).toEqual([]);
    expect(loaded.models[0]?.apis[0]?.names).toEqual(['urllib.request.urlopen']);
    expect(loaded.classes[0]?.name).toBe('secret-path');
  });
});
