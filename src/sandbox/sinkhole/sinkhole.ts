import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SbxError } from '../../errors.ts';
import type { BackendId } from '../../model/observation.ts';
import type { SandboxCommand } from '../backend.ts';
import type { RunPlace } from '../backends/opened.ts';
import { allowedHosts, type AllowedHost } from './allowed-hosts.ts';
import { trusting } from './authority.ts';
import { MOST_PASSAGES, openProxy, type Passage, type RecordingProxy } from './proxy.ts';
import { failureIn, readJournal, type Traffic } from './traffic.ts';

/** Host folder with the sinkhole's program. */
export const SINKHOLE_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** A sinkhole around one run. */
export interface Sinkhole {
  /** The command as it has to be run for the sinkhole to be trusted. */
  readonly command: SandboxCommand;
  /**
   * In front of the outermost program of the sandbox, which then runs in a network namespace of the sinkhole's and makes none of its
   * own. Empty where the sandbox joins that namespace in another way.
   */
  readonly prefix: readonly string[];
  /**
   * What came in. To be asked when the run is over.
   * @throws SbxError of kind `sandbox` when the sinkhole could not begin
   */
  read(): Promise<Traffic>;
}

/**
 * For the backends that have no place for one.
 * @throws SbxError of kind `sandbox` when the command asks for a sinkhole
 */
export function refuseSinkhole({ world }: SandboxCommand, backend: BackendId): void {
  if (world.network === 'none') return;
  throw new SbxError('sandbox', 'sinkhole-absent', `The ${backend} backend has no sinkhole`, {
    help: 'Run without a network, or try --backend native, bubblewrap, docker or podman.',
  });
}

/** Where the sinkhole is told to write, and what it may let through. */
export interface SinkholeSettings {
  /** A path, or `-` for standard output. */
  readonly journal: string;
  /** Path of the certificate to be trusted; null: only in the journal. */
  readonly authority: string | null;
  readonly allowed: readonly AllowedHost[];
  /** Path of the proxy's socket as the sinkhole sees it; null: nothing is let through. */
  readonly proxy: string | null;
}

/** What `sinkhole.py` is told. */
export function sinkholeSettings(settings: SinkholeSettings): string {
  return JSON.stringify({ ...settings, passages: MOST_PASSAGES });
}

/**
 * The way out for a command that has allowed hosts, open until the run is over; null for any other.
 * @param folder for the proxy's socket
 */
export async function openWayOut(
  { allowedHosts: patterns = [], proxyForTests }: SandboxCommand,
  { folder, opened }: RunPlace,
): Promise<{ allowed: readonly AllowedHost[]; path: string; proxy: RecordingProxy } | null> {
  const allowed = allowedHosts(patterns);
  if (allowed.length === 0) return null;
  const path = join(folder, PROXY_SOCKET);
  const proxy = await openProxy(path, allowed, proxyForTests ?? null);
  opened.add(proxy.close);
  return { allowed, path, proxy };
}

/** Name of the proxy's socket in the folder that it was opened in. */
export const PROXY_SOCKET = 'proxy';

/**
 * Prepares a sinkhole for a backend that is built on this machine's own namespaces; null for a world without a network.
 * @param python the host's interpreter
 */
export async function openSinkhole(
  command: SandboxCommand,
  python: string | null,
  place: RunPlace,
): Promise<Sinkhole | null> {
  if (command.world.network !== 'sinkhole') return null;
  if (python === null) throw new SbxError('sandbox', 'sinkhole-python', 'The sinkhole needs python3');
  const settings = join(place.folder, 'sinkhole.json');
  const journal = join(place.folder, 'sinkhole.journal');
  const authority = join(place.folder, 'authority.pem');
  const wayOut = await openWayOut(command, place);
  const { allowed = [], path: proxy = null } = wayOut ?? {};
  await writeFile(settings, sinkholeSettings({ journal, authority, allowed, proxy }), { mode: 0o600 });
  return {
    command: trusting(command, authority),
    prefix: [python, '-I', '-S', '-B', join(SINKHOLE_FOLDER, 'sinkhole.py'), settings],
    read: async () =>
      trafficOf(await readFile(journal, 'utf8').catch(() => ''), wayOut?.proxy.passages() ?? []),
  };
}

/** @throws SbxError of kind `sandbox` when the journal says that the sinkhole could not begin */
export function trafficOf(journal: string, passages: readonly Passage[]): Traffic {
  const failure = failureIn(journal);
  if (failure !== null) throw sinkholeFailure(failure);
  return { ...readJournal(journal), passages };
}

export function sinkholeFailure(reason: string): SbxError {
  return new SbxError('sandbox', 'sinkhole-setup', `The sinkhole could not begin: ${reason}`, {
    help: 'Run without a network: --network none.',
  });
}
