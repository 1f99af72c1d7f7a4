import { describe, expect, it } from 'vitest';
import { BACKEND_IDS, GUARANTEES } from '../../src/model/observation.ts';
import { describeWith } from '../sandbox/backends/requirement.ts';
import { sbx } from '../support/sbx.ts';
import { temporaryFolder } from '../support/temporary.ts';

interface Answer {
  schema: string;
  backends: {
    id: string;
    available: boolean;
    version: string | null;
    reason: string;
    guarantees: Record<string, string>;
  }[];
  tools: { id: string; available: boolean; version: string | null; reason: string }[];
}

async function doctor(args: readonly string[], cache: string): Promise<Answer> {
  const { status, stdout } = await sbx(['doctor', '--format', 'json', ...args], {
    environment: { SBX_CACHE_DIR: cache },
  });
  expect(status).toBe(0);
  return JSON.parse(stdout) as Answer;
}

describe('sbx doctor --format json', () => {
  it('says of everything in the contract whether it is here, and if not why', async () => {
    const answer = await doctor([], temporaryFolder());
    expect(answer.schema).toBe('sbx.doctor/1');
    expect(answer.backends.map((each) => each.id)).toEqual([...BACKEND_IDS]);
    expect(answer.tools.map((each) => each.id)).toEqual([
      'docker',
      'runsc',
      'bwrap',
      'firejail',
      'strace',
      'osv-scanner',
      'pip-audit',
      'uv',
      'python3',
      'node',
    ]);
    for (const { available, reason, guarantees } of answer.backends) {
      expect(Object.keys(guarantees).sort()).toEqual([...GUARANTEES].sort());
      expect(reason === '').toBe(available);
      // Nothing was tried with this cache, so nothing is proven; and what is not here guarantees nothing.
      const allowed = available ? ['unproven', 'absent'] : ['absent'];
      expect(Object.values(guarantees).every((proof) => allowed.includes(proof))).toBe(true);
    }
    for (const { available, reason } of answer.tools) if (!available) expect(reason).not.toBe('');
    expect(answer.tools.find((each) => each.id === 'node')?.version).toBe(process.versions.node);
  });
});

describe('sbx doctor', () => {
  it('reads well', async () => {
    const { status, stdout } = await sbx(['doctor'], { environment: { SBX_CACHE_DIR: temporaryFolder() } });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Sandbox backends\n/);
    expect(stdout).toMatch(/✔ wasm {8}314\.\S+ \(reduced isolation\)/);
    expect(stdout).toContain('run `sbx doctor --prove`');
  });
});

await describeWith('native', 'sbx doctor --prove', () => {
  it('attacks a sandbox, and remembers the outcome', { timeout: 240_000 }, async () => {
    const cache = temporaryFolder();
    const proven = await doctor(['--prove', '--backend', 'native'], cache);
    const native = proven.backends.find((each) => each.id === 'native');
    for (const name of GUARANTEES)
      expect(`${name}: ${native?.guarantees[name] ?? ''}`).toBe(`${name}: proven`);
    const remembered = await doctor([], cache);
    expect(remembered.backends).toEqual(proven.backends);
  });
});
