import { readFileSync } from 'node:fs';
import { cacheFolder } from '../../cache-folder.ts';
import { SbxError, usageError } from '../../errors.ts';
import type { Package } from '../../model/dependency.ts';
import { exclusively } from './exclusive.ts';
import type { Installer } from './installer.ts';
import { findInstaller, installLock, resolveWheels } from './installer.ts';
import type { Interpreter } from './interpreter.ts';
import { nodePackagesIn, prepareNodePackages } from './node-packages.ts';
import { interpreterFor } from './choose-python.ts';
import { isSameName } from './distribution.ts';
import { isOutOfReach, OUT_OF_REACH, whatTheCacheHas } from './offline.ts';
import { requirementsOf } from './requirements.ts';
import type { Site, TargetRecord } from './store.ts';
import {
  choiceKey,
  readSite,
  readTargetRecord,
  requirementsKey,
  siteKey,
  writeChosenInterpreter,
  writeSite,
  writeTargetRecord,
} from './store.ts';

/** What `sbx setup` was asked to do. */
export interface SetupRequest {
  /** `--python PATH`, or null. */
  readonly python: string | null;
  /** The versions of Python that the target asks for; absent or null: any. */
  readonly wantedPython?: string | null;
  /** The Python of an image to prepare for instead of one that is here; absent or null: none. */
  readonly imagePython?: Interpreter | null;
  /** The target's inventory; null: prepare the base only. */
  readonly packages: readonly Package[] | null;
  /** Names of declared optional dependencies that are wanted too; those chosen earlier stay. */
  readonly chosen?: readonly string[];
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
}

/** What `sbx setup` prepared. */
export interface SetupResult {
  readonly interpreter: Interpreter;
  /** Null when everything was there already. */
  readonly installer: Installer | null;
  readonly base: Site;
  /** Where the target's declared Node packages are, and which; null when it declares none. */
  readonly node: { readonly folder: string; readonly packages: readonly string[] } | null;
  /** Null when the target declares no Python package, or none of them has a wheel. */
  readonly target: Site | null;
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** The lock of pip and the usual build backends, with which a target is installed inside. */
export function buildLock(): string {
  return readFileSync(new URL('./build-requirements.txt', import.meta.url), 'utf8');
}

/** The lock of what every sandboxed Python has: gymnasium and numpy, with their own dependencies. */
export function baseLock(): string {
  return readFileSync(new URL('./base-requirements.txt', import.meta.url), 'utf8');
}

/**
 * Prepares what the sandbox runs Python with: wheels into a cache outside every target, nothing of the target executed. What is
 * there already is not made again; two at once wait for each other.
 * @throws SbxError of kind `config` (no interpreter, no installer, no fitting wheel) or `network` (the index is out of reach)
 */
export async function setUp(request: SetupRequest): Promise<SetupResult> {
  const { signal, progress } = request;
  const wanted = request.wantedPython ?? null;
  const ofImage = request.imagePython ?? null;
  const { interpreter, mismatch } =
    ofImage === null
      ? await interpreterFor(wanted, request.python, signal, progress)
      : { interpreter: ofImage, mismatch: null };
  let found: Installer | null = null;
  const installer = async (): Promise<Installer> => (found ??= await findInstaller(interpreter, signal));
  const waiting = (): void => progress('waiting for another sbx setup');
  return exclusively(cacheFolder('python', 'lock'), signal, waiting, async () => {
    progress(`preparing gymnasium and numpy for Python ${interpreter.version}`);
    const base = await makeSite(baseLock(), interpreter, installer, signal);
    const noBuild = await buildSite(interpreter, installer, signal);
    if (ofImage === null) await writeChosenInterpreter(interpreter, wanted);
    const unfit = [...(mismatch === null ? [] : [{ name: 'Python', reason: mismatch }]), ...noBuild];
    if (request.packages === null)
      return { interpreter, installer: found, base, target: null, node: null, leftOut: unfit };
    const { node, nodeLeftOut } = await prepareNode(request.packages, signal, progress);
    const choice = choiceKey(request.packages, interpreter);
    const chosen = chosenNames(request, readTargetRecord(choice));
    const { lines, leftOut } = requirementsOf(request.packages, chosen);
    const record =
      lines.length === 0
        ? { key: null, leftOut: [] }
        : await prepareTarget(lines, base, interpreter, installer, signal, progress);
    if (chosen.length > 0) await writeTargetRecord(choice, { ...record, chosen });
    return {
      interpreter,
      installer: found,
      base,
      target: record.key === null ? null : readSite(record.key),
      node,
      leftOut: [...unfit, ...leftOut, ...record.leftOut, ...nodeLeftOut],
    };
  });
}

/** Without them packages are not installed inside, which is no reason to prepare nothing. */
async function buildSite(
  interpreter: Interpreter,
  installer: () => Promise<Installer>,
  signal: AbortSignal,
): Promise<SetupResult['leftOut']> {
  try {
    await makeSite(buildLock(), interpreter, installer, signal);
    return [];
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    return [{ name: 'pip and build backends', reason: OUT_OF_REACH }];
  }
}

/** A machine without npm, or without a registry, prepares Python all the same. */
async function prepareNode(
  packages: readonly Package[],
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<{ node: SetupResult['node']; nodeLeftOut: SetupResult['leftOut'] }> {
  try {
    const site = await prepareNodePackages(packages, signal, progress);
    if (site === null) return { node: null, nodeLeftOut: [] };
    const { folder, leftOut } = site;
    return { node: { folder, packages: await nodePackagesIn(folder) }, nodeLeftOut: leftOut };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SbxError) || (error.kind !== 'config' && !isOutOfReach(error))) throw error;
    return { node: null, nodeLeftOut: [{ name: 'Node packages', reason: error.message }] };
  }
}

/**
 * The optional dependencies to add: those asked for now and those of earlier.
 * @throws SbxError of kind `usage` for one that the target does not declare: nothing is installed that it does not name itself
 */
function chosenNames({ packages, chosen = [] }: SetupRequest, known: TargetRecord | null): readonly string[] {
  const optional = (packages ?? []).filter(
    ({ ecosystem, scope }) => ecosystem === 'PyPI' && scope === 'optional',
  );
  const unknown = chosen.find((each) => !optional.some(({ name }) => isSameName(name, each)));
  if (unknown !== undefined) {
    const names = [...new Set(optional.map(({ name }) => name))].sort();
    throw usageError(
      'setup-with-unknown',
      `the target declares no optional dependency ${unknown}`,
      names.length === 0 ? 'It declares none at all.' : `It declares ${names.slice(0, 40).join(', ')}.`,
    );
  }
  return [...new Set([...(known?.chosen ?? []), ...chosen])].sort();
}

async function makeSite(
  lock: string,
  interpreter: Interpreter,
  installer: () => Promise<Installer>,
  signal: AbortSignal,
): Promise<Site> {
  const key = siteKey(lock, interpreter);
  const present = readSite(key);
  if (present !== null) return present;
  const tool = await installer();
  return writeSite(key, lock, (folder) => installLock(tool, interpreter, lock, folder, signal));
}

async function prepareTarget(
  lines: readonly string[],
  base: Site,
  interpreter: Interpreter,
  installer: () => Promise<Installer>,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<TargetRecord> {
  const key = requirementsKey(lines, interpreter);
  const known = readTargetRecord(key);
  const isWhole = known !== null && known.isPartial !== true;
  if (isWhole && (known.key === null || readSite(known.key) !== null)) return known;
  progress(`resolving ${lines.length} declared packages to wheels`);
  const record = await fetchTarget(lines, interpreter, installer, signal, progress).catch(
    (error: unknown) => {
      signal.throwIfAborted();
      if (!isOutOfReach(error)) throw error;
      return whatTheCacheHas(lines, interpreter, base);
    },
  );
  await writeTargetRecord(key, record);
  return record;
}

async function fetchTarget(
  lines: readonly string[],
  interpreter: Interpreter,
  installer: () => Promise<Installer>,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<TargetRecord> {
  const tool = await installer();
  const { lock, leftOut } = await resolveWhatCanBe(tool, interpreter, lines, signal, progress);
  if (lock === null) return { key: null, leftOut };
  progress('installing their wheels');
  await makeSite(lock, interpreter, installer, signal);
  return { key: siteKey(lock, interpreter), leftOut };
}

/** Resolves all roots together; when that fails, adds them one by one and leaves out each that breaks the resolution. */
async function resolveWhatCanBe(
  installer: Installer,
  interpreter: Interpreter,
  lines: readonly string[],
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<{ lock: string | null; leftOut: { name: string; reason: string }[] }> {
  const together = await resolveWheels(installer, interpreter, lines, signal);
  if (together.lock !== null) return { lock: together.lock, leftOut: [] };
  const leftOut: { name: string; reason: string }[] = [];
  const kept: string[] = [];
  let lock: string | null = null;
  for (const line of lines) {
    progress(`resolving ${line}`);
    const attempt = await resolveWheels(installer, interpreter, [...kept, line], signal);
    if (attempt.lock === null) leftOut.push({ name: line, reason: attempt.reason });
    else {
      kept.push(line);
      lock = attempt.lock;
    }
  }
  return { lock, leftOut };
}
