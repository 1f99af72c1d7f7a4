import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Guarantees, Observations } from '../../src/model/observation.ts';
import { describeWith } from '../sandbox/backends/requirement.ts';
import { sbx } from '../support/sbx.ts';
import { temporaryFolder, writeTree } from '../support/temporary.ts';

interface Answer {
  readonly stages: readonly { id: string; status: string; reason: string }[];
  readonly observations: Observations;
}

/** Judges a small skill under a policy that requires guarantees. */
async function vetRequiring(required: readonly string[], backend: string, cache: string) {
  const target = writeTree({
    'SKILL.md': '---\nname: s\ndescription: d\n---\n# S\n\nRun `sh scripts/a.sh`.\n',
    'scripts/a.sh': 'echo hello\n',
  });
  const policy = join(temporaryFolder(), 'policy.json');
  writeFileSync(policy, JSON.stringify({ schema: 'sbx.policy/1', guarantees: required }));
  const { status, stdout } = await sbx(
    ['vet', target, '--policy', policy, '--backend', backend, '--format', 'json'],
    { environment: { SBX_CACHE_DIR: cache } },
  );
  const { stages, observations } = JSON.parse(stdout) as Answer;
  return { status, observations, sandbox: stages.find(({ id }) => id === 'sandbox')! };
}

await describeWith('native', 'a policy that requires guarantees', () => {
  it(
    'has a backend attacked first, and runs nothing where one did not hold',
    { timeout: 240_000 },
    async () => {
      const cache = temporaryFolder();
      const file = join(cache, 'proofs', 'native.json');
      const stored = () => JSON.parse(readFileSync(file, 'utf8')) as { key: string; guarantees: Guarantees };

      const first = await vetRequiring(['output', 'network'], 'native', cache);
      expect(first.observations.guarantees).toMatchObject({ output: 'proven', network: 'proven' });
      expect(first.observations.runs.length).toBeGreaterThan(0);
      expect(first.observations.guarantees).toEqual(stored().guarantees);

      const { key, guarantees, ...rest } = stored();
      writeFileSync(
        file,
        JSON.stringify({ ...rest, key, guarantees: { ...guarantees, memory: 'unproven' } }),
      );
      const refused = await vetRequiring(['memory'], 'native', cache);
      expect(refused.status).toBe(4);
      expect(refused.sandbox.status).toBe('failed');
      expect(refused.sandbox.reason).toMatch(
        /not proven on this machine: native \(memory\)\. `sbx doctor --prove`/,
      );
      expect(refused.observations.runs).toEqual([]);
      const other = await vetRequiring(['output'], 'native', cache);
      expect(other.observations.runs.length).toBeGreaterThan(0);

      // A proof of another machine, build or probe is none.
      const foreign = key.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      writeFileSync(file, JSON.stringify({ ...rest, key: foreign, guarantees }));
      const { stdout } = await sbx(['doctor', '--format', 'json'], { environment: { SBX_CACHE_DIR: cache } });
      const { backends } = JSON.parse(stdout) as { backends: { id: string; guarantees: Guarantees }[] };
      const native = backends.find(({ id }) => id === 'native');
      expect(Object.values(native?.guarantees ?? {})).not.toContain('proven');
    },
  );
});

await describeWith('firejail', 'a policy that requires what a backend does not offer', () => {
  it('runs nothing in it, and attacks nothing either', async () => {
    const { status, observations, sandbox } = await vetRequiring(['disk'], 'firejail', temporaryFolder());
    expect(status).toBe(4);
    expect(sandbox.reason).toContain('firejail (disk)');
    expect(observations.runs).toEqual([]);
  });
});
