import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';
import { describeWith } from './backends/requirement.ts';

const SKILL = `---
name: note-keeper
description: Keeps a note for the user.
---
# Notes

Run \`python3 scripts/keep.py\`.
`;
const SCRIPT = `import os, subprocess
home = os.path.expanduser("~")
open(home + "/notes.txt", "w").write("x")
subprocess.run(["date"])
`;

interface Report {
  stages: { id: string; status: string; reason: string }[];
  findings: { ruleId: string; message: string }[];
  observations: { runs: { exit: number | null; events: { kind: string; detail: string }[] }[] };
}

async function vet(backend: string, capabilities: string): Promise<Report> {
  const folder = writeTree({
    'skill/SKILL.md': SKILL,
    'skill/scripts/keep.py': SCRIPT,
    'm.yaml': capabilities,
  });
  const { stdout } = await sbx([
    'vet',
    join(folder, 'skill'),
    '--manifest',
    join(folder, 'm.yaml'),
    '--backend',
    backend,
    '--format',
    'json',
  ]);
  return JSON.parse(stdout) as Report;
}

const ALLOWING = 'schema: sbx.manifest/1\ncapabilities: { fs.write: ["~/notes.txt"], proc.exec: [date] }\n';
const REFUSING = 'schema: sbx.manifest/1\ncapabilities: {}\n';

await describeWith('native', 'sbx vet --manifest', () => {
  it('runs what keeps to the manifest to its end, without a trace of what narrowed it', async () => {
    const { observations } = await vet('native', ALLOWING);
    expect(observations.runs.length).toBeGreaterThan(0);
    for (const { exit, events } of observations.runs) {
      expect(exit).toBe(0);
      expect(events.filter(({ detail }) => /confine|\/bin\/date|ld-linux/.test(detail))).toEqual([]);
      expect(events.filter(({ kind }) => kind === 'exec').map(({ detail }) => detail)).toEqual(['date']);
    }
  });

  it('stops what goes beyond it, and says what that was', async () => {
    const { observations, findings } = await vet('native', REFUSING);
    expect(observations.runs.map(({ exit }) => exit)).not.toContain(0);
    expect(findings.map(({ message }) => message).join('\n')).toMatch(/notes\.txt/);
  });
});

await describeWith('gvisor', 'sbx vet --manifest --backend gvisor', () => {
  it('says that it only watches', async () => {
    const { stages, observations } = await vet('gvisor', REFUSING);
    expect(stages.find(({ id }) => id === 'sandbox')).toMatchObject({
      status: 'partial',
      reason: expect.stringContaining('watched, not enforced: gVisor has no Landlock') as string,
    });
    expect(observations.runs.map(({ exit }) => exit)).toContain(0);
  });
});
