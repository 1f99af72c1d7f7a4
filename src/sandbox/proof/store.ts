import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { hostname, release } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../cache-folder.ts';
import {
  GUARANTEES,
  type BackendId,
  type Guarantee,
  type Guarantees,
  type Proof,
} from '../../model/observation.ts';
import { PACKAGE_ROOT, packageVersion } from '../../package-info.ts';
import { plannedCgroup } from '../backends/cgroup.ts';
import { loadBackend } from '../backends/registry.ts';
import { probeDigest } from './probe-files.ts';

interface StoredProof {
  readonly schema: 'sbx.proof/1';
  /** What the proof holds for: another kernel, setting of it, user, backend, sbx or probe needs its own. */
  readonly key: string;
  /** ISO 8601. */
  readonly provenAt: string;
  readonly guarantees: Guarantees;
}

function fileOf(id: BackendId): string {
  return cacheFolder('proofs', `${id}.json`);
}

/** Settings of the kernel that decide what a sandbox can be made of; those that a machine has not got count as empty. */
const SETTINGS = [
  '/proc/cmdline',
  '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
  '/proc/sys/kernel/unprivileged_userns_clone',
  '/proc/sys/kernel/unprivileged_bpf_disabled',
  '/proc/sys/kernel/io_uring_disabled',
  '/proc/sys/kernel/perf_event_paranoid',
  '/proc/sys/kernel/yama/ptrace_scope',
  '/proc/sys/kernel/seccomp/actions_avail',
  '/proc/sys/user/max_user_namespaces',
  '/proc/sys/vm/overcommit_memory',
  '/proc/sys/vm/unprivileged_userfaultfd',
  '/proc/sys/dev/tty/legacy_tiocsti',
  '/proc/swaps',
  '/sys/kernel/security/lsm',
  '/sys/fs/cgroup/cgroup.controllers',
] as const;

async function keyOf(id: BackendId, version: string | null): Promise<string> {
  const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
  const parts = [
    (await read('/etc/machine-id')).trim() || hostname(),
    release(),
    ...(await Promise.all(SETTINGS.map(read))),
    process.getuid?.() ?? '',
    // A system manager hands a control group to some sessions of a user and not to others.
    plannedCgroup('proof', {}).length > 0,
    id,
    version ?? '',
    // Another daemon may be set up in another way.
    process.env['DOCKER_HOST'] ?? '',
    packageVersion(),
    // Of one version there may be several builds, and the backends differ in them.
    await read(join(PACKAGE_ROOT, 'dist', 'build-id')),
    probeDigest(),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Keeps a proof for this machine and what it runs, see {@link keyOf}. */
export async function storeProof(
  id: BackendId,
  version: string | null,
  guarantees: Guarantees,
): Promise<void> {
  const stored: StoredProof = {
    schema: 'sbx.proof/1',
    key: await keyOf(id, version),
    provenAt: new Date().toISOString(),
    guarantees,
  };
  const path = fileOf(id);
  await mkdir(dirname(path), { recursive: true });
  // Written aside, so that a reader never sees half of it.
  await writeFile(`${path}.${process.pid}`, JSON.stringify(stored), { mode: 0o600 });
  await rename(`${path}.${process.pid}`, path);
}

/** The last proof of a backend on this machine, or null where there is none that still holds. */
export async function storedProof(id: BackendId): Promise<Guarantees | null> {
  const { version } = await (await loadBackend(id)).probe();
  try {
    const stored = JSON.parse(await readFile(fileOf(id), 'utf8')) as Partial<StoredProof>;
    const proven = stored.guarantees;
    const isValid = stored.schema === 'sbx.proof/1' && stored.key === (await keyOf(id, version));
    return isValid && isComplete(proven) ? proven : null;
  } catch {
    // No proof yet, or a damaged file: both mean that nothing is proven.
    return null;
  }
}

/**
 * What is known of a backend's guarantees on this machine: the last proof where it still holds, else what the backend offers by
 * construction. A backend that is not available has none.
 */
export async function lastProof(id: BackendId): Promise<Guarantees> {
  const backend = await loadBackend(id);
  if (!(await backend.probe()).available) return sameForAll('absent');
  return (await storedProof(id)) ?? backend.offers;
}

function isComplete(guarantees: Guarantees | undefined): guarantees is Guarantees {
  const words: readonly unknown[] = ['proven', 'unproven', 'absent'] satisfies Proof[];
  return guarantees !== undefined && GUARANTEES.every((name) => words.includes(guarantees[name]));
}

/** The same word for every guarantee. */
export function sameForAll(proof: Proof): Guarantees {
  return Object.fromEntries(GUARANTEES.map((name) => [name, proof])) as Record<Guarantee, Proof>;
}
