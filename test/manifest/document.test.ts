import { describe, expect, it } from 'vitest';
import { parseChecked } from '../../src/manifest/document.ts';

function problems(text: string, kind: 'manifest' | 'policy' | 'config' = 'manifest'): string[] {
  return parseChecked(text, kind).problems.map(
    ({ line, column, message }) => `${line}:${column}: ${message}`,
  );
}

describe('parseChecked', () => {
  it('takes a whole manifest in YAML and in JSON', () => {
    const manifest = {
      schema: 'sbx.manifest/1',
      kind: 'gym-env',
      capabilities: { 'net.connect': ['*.example'], 'fs.read': true },
      resources: { memoryMb: 256, wallSeconds: 10 },
      environment: { ids: ['Grid-v0'], rewardRange: [-1, 1] },
      calls: [{ skill: 'other', message: { type: 'object' } }],
    };
    expect(parseChecked(JSON.stringify(manifest), 'manifest')).toEqual({ value: manifest, problems: [] });
    expect(problems('schema: sbx.manifest/1\ncapabilities:\n  proc.exec: [git]\n')).toEqual([]);
  });

  it('says where each error is and how to put it right', () => {
    expect(problems('schema: sbx.manifest/1\ncapabilites: {}\n')).toEqual([
      '2:1: unknown key "capabilites" in the document; did you mean "capabilities"?',
    ]);
    expect(problems('kind: skill\n')).toEqual(['1:1: "schema" is missing in the document; add it']);
    expect(problems('schema: sbx.manifest/1\nkind: game\n')[0]).toMatch(
      /^2:7: kind must be one of gym-env, /,
    );
    expect(problems('schema: sbx.manifest/1\nresources:\n  memoryMb: lots\n')).toEqual([
      '3:13: resources.memoryMb must be of type integer',
    ]);
  });

  it('names the line of a syntax error', () => {
    expect(problems('schema: [1,\n  2\nkind: }')[0]).toMatch(/^\d+:\d+: \S/);
    expect(problems('a: 1\na: 2\n')[0]).toMatch(/^2:1: .*unique/i);
  });

  it.each([
    [
      'an alias bomb',
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]\n',
    ],
    ['deep nesting', '['.repeat(200_000)],
    ['a huge file', 'x'.repeat(2 * 1024 * 1024)],
    ['binary', '\u0000\u0001\u0002'],
    ['a list', '- 1\n- 2\n'],
    ['nothing', ''],
  ])('refuses %s with a problem', (_name, text) => {
    expect(problems(text).length).toBeGreaterThan(0);
  });

  it('knows policies and configurations', () => {
    expect(problems('schema: sbx.policy/1\nrequire: [sandbox]\n', 'policy')).toEqual([]);
    expect(problems('schema: sbx.policy/1\nrequires: [sandbox]\n', 'policy')).toEqual([
      '2:1: unknown key "requires" in the document; did you mean "require"?',
    ]);
    expect(problems('schema: sbx.config/1\nsuppress:\n  - rule: x\n', 'config')[0]).toMatch(
      /"reason" is missing in suppress.0/,
    );
  });
});
