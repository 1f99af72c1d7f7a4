import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { hostname, release } from 'node:os';
import { dirname } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import {
  GUARANTEES,
  type BackendId,
  type Guarantee,
  type Guarantees,
  type Proof,
} from '../model/observation.ts';
import { packageVersion } from '../package-info.ts';
import { loadBackend } from './backends/registry.ts';

interface StoredProof {
  readonly schema: 'sbx.proof/1';
  /** What the proof is worth for: another kernel, user, backend or sbx needs its own. */
  readonly key: string;
  /** ISO 8601. */
  readonly provenAt: string;
  readonly guarantees: Guarantees;
}

function fileOf(id: BackendId): string {
  return cacheFolder('proofs', `${id}.json`);
}

async function keyOf(version: string | null): Promise<string> {
  const machine = await readFile('/etc/machine-id', 'utf8').catch(() => hostname());
  const parts = [machine.trim(), release(), process.getuid?.() ?? '', version ?? '', packageVersion()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Keeps a proof for this machine, kernel, user, backend version and sbx version. */
export async function storeProof(
  id: BackendId,
  version: string | null,
  guarantees: Guarantees,
): Promise<void> {
  const stored: StoredProof = {
    schema: 'sbx.proof/1',
    key: await keyOf(version),
    provenAt: new Date().toISOString(),
    guarantees,
  };
  const path = fileOf(id);
  await mkdir(dirname(path), { recursive: true });
  // Written aside, so that a reader never sees half of it.
  await writeFile(`${path}.${process.pid}`, JSON.stringify(stored), { mode: 0o600 });
  await rename(`${path}.${process.pid}`, path);
}

/**
 * What is known of a backend's guarantees on this machine: the last proof where it still holds, else what the backend offers by
 * construction. A backend that is not available has none.
 */
export async function lastProof(id: BackendId): Promise<Guarantees> {
  const backend = await loadBackend(id);
  const { available, version } = await backend.probe();
  if (!available) return sameForAll('absent');
  try {
    const stored = JSON.parse(await readFile(fileOf(id), 'utf8')) as Partial<StoredProof>;
    const proven = stored.guarantees;
    if (stored.schema === 'sbx.proof/1' && stored.key === (await keyOf(version)) && isComplete(proven))
      return proven;
  } catch {
    // No proof yet, or a damaged file: both mean that nothing is proven.
  }
  return backend.offers;
}

function isComplete(guarantees: Guarantees | undefined): guarantees is Guarantees {
  const words: readonly unknown[] = ['proven', 'unproven', 'absent'] satisfies Proof[];
  return guarantees !== undefined && GUARANTEES.every((name) => words.includes(guarantees[name]));
}

/** The same word for every guarantee. */
export function sameForAll(proof: Proof): Guarantees {
  return Object.fromEntries(GUARANTEES.map((name) => [name, proof])) as Record<Guarantee, Proof>;
}
