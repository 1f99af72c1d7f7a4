import { describe, expect, it } from 'vitest';
import { claimOfTool } from '../../src/manifest/claims.ts';
import { manifestStage } from '../../src/manifest/stage.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { openTarget } from '../../src/target/open.ts';
import { stageContext } from '../support/stage-context.ts';
import { writeTree } from '../support/temporary.ts';

async function run(
  files: Readonly<Record<string, string>>,
  manifest: Manifest | null = null,
): Promise<Outcome> {
  const context = stageContext({ manifest: manifest === null ? null : { path: 'limit.yaml', manifest } });
  return manifestStage.run(await openTarget(writeTree(files), context.signal), context);
}

function claims(outcome: Outcome): string[] {
  return outcome.evidence.map(
    ({ capability, detail, confidence }) => `${capability} ${detail} ${confidence}`,
  );
}

describe('manifestStage', () => {
  it('has nothing to say where nothing is declared', async () => {
    expect(await run({ 'a.py': '' })).toMatchObject({
      status: 'not-applicable',
      evidence: [],
      declaring: [],
    });
  });

  it('takes a manifest as claims that the unit can be held to', async () => {
    const outcome = await run({
      'sbx.manifest.yaml':
        'schema: sbx.manifest/1\ncapabilities:\n  net.connect: [a.example]\n  fs.read: true\n',
    });
    expect(outcome).toMatchObject({ status: 'done', declaring: ['.'] });
    expect(claims(outcome)).toEqual(['net.connect a.example high', 'fs.read ** high']);
  });

  it('holds a unit that declares no capability to that', async () => {
    const outcome = await run({ 'sbx.manifest.json': '{"schema":"sbx.manifest/1","capabilities":{}}' });
    expect(outcome).toMatchObject({ status: 'done', evidence: [], declaring: ['.'] });
  });

  it('does not take a broken manifest for a missing one', async () => {
    const outcome = await run({ 'sbx.manifest.yaml': 'schema: sbx.manifest/1\nnope: 1\n' });
    expect(outcome.status).toBe('partial');
    expect(outcome.gaps).toHaveLength(1);
    expect(outcome.findings).toMatchObject([
      { ruleId: 'manifest-invalid', location: { path: 'sbx.manifest.yaml', startLine: 2 } },
    ]);
  });

  it('prefers the limits of the operator to what the target says of itself', async () => {
    const outcome = await run(
      { 'sbx.manifest.yaml': 'broken: [' },
      { schema: 'sbx.manifest/1', capabilities: { 'proc.exec': ['git'] } },
    );
    expect(outcome.status).toBe('done');
    expect(claims(outcome)).toEqual(['proc.exec git high']);
  });

  it('reads the tools that a skill may use', async () => {
    const list = await run({
      'SKILL.md': '---\nname: x\nallowed-tools: Bash(git:*), Read, WebFetch(domain:a.example)\n---\nText\n',
    });
    expect(claims(list)).toEqual(['proc.exec git low', 'fs.read ** low', 'net.connect a.example low']);
    expect(list.declaring).toEqual([]);
    const sequence = await run({ 'SKILL.md': '---\nallowed-tools:\n  - Write\n  - Unheard\n---\n' });
    expect(claims(sequence)).toEqual(['fs.write ** low']);
  });

  it('reads what packages and servers say openly', async () => {
    const files = {
      'package.json': '{"name":"x","scripts":{"postinstall":"node i.js","test":"x"}}',
      '.mcp.json':
        '{"mcpServers":{"a":{"command":"node","env":{"TOKEN":"x"}},"b":{"url":"https://s.example/mcp"}}}',
      'pyproject.toml': '[project]\nname="x"\n[project.scripts]\ngrid="x:main"\n',
    };
    expect(claims(await run(files)).sort()).toEqual([
      'env.read TOKEN low',
      'install.hook postinstall low',
      'net.connect s.example low',
      'proc.exec grid low',
      'proc.exec node low',
    ]);
  });

  it('is not thrown by broken metadata', async () => {
    const files = {
      'package.json': '{',
      '.mcp.json': '[]',
      'pyproject.toml': '= =',
      'SKILL.md': '---\n: [\n---\n',
    };
    expect(await run(files)).toMatchObject({ status: 'not-applicable', evidence: [] });
  });
});

describe('claimOfTool', () => {
  it.each([
    ['Bash', { capability: 'proc.exec', detail: '**' }],
    ['Bash(npm run test:*)', { capability: 'proc.exec', detail: 'npm' }],
    ['Edit(src/**)', { capability: 'fs.write', detail: 'src/**' }],
    ['mcp__x__y', null],
    ['', null],
  ])('of %j is %j', (tool, claim) => {
    expect(claimOfTool(tool)).toEqual(claim);
  });
});
