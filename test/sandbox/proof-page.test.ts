import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BACKEND_IDS, GUARANTEES } from '../../src/model/observation.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { CHECKS } from '../../src/sandbox/proof/catalogue.ts';
import { provenOnPage } from './proof-page.ts';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/sandbox.md', import.meta.url)), 'utf8');

describe('docs/sandbox.md', () => {
  const table = provenOnPage();

  it('has every guarantee, for backends that there are', () => {
    expect(Object.keys(table).length).toBeGreaterThan(0);
    for (const [id, guarantees] of Object.entries(table)) {
      expect(BACKEND_IDS).toContain(id);
      expect(Object.keys(guarantees)).toEqual([...GUARANTEES]);
    }
    // In the table of proofs, and in the one that explains.
    for (const name of GUARANTEES) expect(PAGE.split(`\n| \`${name}\` `)).toHaveLength(3);
  });

  it('calls absent what a backend does not offer, and nothing else', async () => {
    for (const [id, guarantees] of Object.entries(table)) {
      const { offers } = await loadBackend(id as (typeof BACKEND_IDS)[number]);
      for (const name of GUARANTEES)
        expect([id, name, guarantees[name] === 'absent']).toEqual([id, name, offers[name] === 'absent']);
    }
  });

  it('names attacks that there are, and some of each guarantee', () => {
    const section = /## What is tried\n([\s\S]*?)\n## /.exec(PAGE)?.[1] ?? '';
    const named = [...section.matchAll(/`([a-z-]+): ([^`]+)`/g)].map(([, guarantee, name]) => [
      guarantee,
      name,
    ]);
    const there = GUARANTEES.flatMap((guarantee) => CHECKS[guarantee].map((name) => [guarantee, name]));
    expect(named.length).toBeGreaterThan(80);
    expect(there).toEqual(expect.arrayContaining(named));
    expect(new Set(named.map(([guarantee]) => guarantee))).toEqual(new Set(GUARANTEES));
  });

  it('says which machine it was proven on', () => {
    expect(PAGE).toMatch(/^Proven as (?:root|an ordinary user) on Linux \S+ \((?:x64|arm64)\): \S+/m);
  });
});
