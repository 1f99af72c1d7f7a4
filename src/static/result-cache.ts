import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import type { Outcome } from '../model/outcome.ts';
import { type Target, type Unit, UNIT_KINDS } from '../model/target.ts';
import { PACKAGE_ROOT } from '../package-info.ts';

/** Larger results are not kept (bytes). */
const MAX_ENTRY_BYTES = 16 * 1024 * 1024;
/** So much is kept; what was not asked for longest goes first. */
const MAX_ENTRIES = 400;
const MAX_BYTES = 128 * 1024 * 1024;
/** Changes with the form of the entries. */
const FORM = 2;

/** An outcome with the units of the target that it is of. */
type KeptOutcome = Outcome & Required<Pick<Outcome, 'units'>>;

/** Keeps what static analysis said of a target, for when the same bytes are asked about again. */
export interface ResultCache {
  /** What was kept; null when there is nothing, or nothing that can be trusted. */
  read(): KeptOutcome | null;
  /** Keeps an outcome; does nothing where that is not possible. */
  write(outcome: Outcome): void;
}

const NO_CACHE: ResultCache = {
  read: () => null,
  write: () => undefined,
};

/** Digest of the program as it was built; null when run from sources, where every edit would make what is kept wrong. */
function buildId(): string | null {
  if (!import.meta.url.endsWith('.js')) return null;
  try {
    return readFileSync(join(PACKAGE_ROOT, 'dist', 'build-id'), 'utf8');
  } catch {
    return null;
  }
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** True for something of the user's own that nobody else can write to. */
function isOwn(stat: { readonly uid: number; readonly mode: number }): boolean {
  const uid = process.getuid?.();
  return uid === undefined || (stat.uid === uid && (stat.mode & 0o022) === 0);
}

/** The folder, made if need be; null when it is not the user's own alone. */
function ownFolder(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    return stat.isDirectory() && isOwn(stat) ? folder : null;
  } catch {
    return null;
  }
}

/** The text of an entry whose checksum holds; null for any other. */
function readEntry(file: string): string | null {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || !isOwn(stat) || stat.size > MAX_ENTRY_BYTES) return null;
    const text = readFileSync(descriptor, 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    return end > 0 && text.slice(0, end) === checksum(body) ? body : null;
  } catch {
    return null;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isKept(value: unknown): value is KeptOutcome {
  const outcome = value as Partial<Outcome> | null;
  return (
    typeof outcome === 'object' &&
    outcome !== null &&
    outcome.id === 'static' &&
    [outcome.findings, outcome.evidence, outcome.gaps, outcome.tools].every(Array.isArray) &&
    typeof outcome.coverage === 'object' &&
    Array.isArray(outcome.units) &&
    outcome.units.length > 0 &&
    outcome.units.every(isUnit)
  );
}

function isUnit(value: unknown): value is Unit {
  const unit = value as Partial<Unit> | null;
  return (
    typeof unit === 'object' &&
    unit !== null &&
    typeof unit.path === 'string' &&
    typeof unit.name === 'string' &&
    UNIT_KINDS.some((kind) => kind === unit.kind) &&
    Array.isArray(unit.files) &&
    unit.files.every((file) => typeof file === 'string')
  );
}

/** Deletes the entries used longest ago, until the rest is within bounds. */
function prune(folder: string): void {
  const entries = readdirSync(folder).flatMap((name) => {
    try {
      const { mtimeMs, size } = statSync(join(folder, name));
      return [{ name, mtimeMs, size }];
    } catch {
      return [];
    }
  });
  let bytes = entries.reduce((sum, { size }) => sum + size, 0);
  let count = entries.length;
  for (const { name, size } of entries.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (count <= MAX_ENTRIES && bytes <= MAX_BYTES) return;
    rmSync(join(folder, name), { force: true });
    count--;
    bytes -= size;
  }
}

/**
 * The place of a target's result: named by the digest of everything that the result depends on (the target's bytes and names, its own
 * among them as a unit may be called by it, the rules, the program itself), in a folder outside the target that nobody else can write to. What is found there is used only when
 * it is a file of the user's own with a checksum that holds; anything else is as good as nothing.
 * @param rulesDigest of the rules in force
 */
export function resultCacheFor(target: Target, rulesDigest: string): ResultCache {
  const build = buildId();
  const folder = resolve(cacheFolder('static'));
  if (build === null || isInside(folder, target.absolutePath)) return NO_CACHE;
  const { absolutePath, digest, kind, opaque } = target;
  const key = checksum(
    JSON.stringify([FORM, build, rulesDigest, digest, kind, basename(absolutePath), opaque]),
  );
  const file = join(folder, `${key}.json`);
  return {
    read() {
      if (ownFolder(folder) === null) return null;
      const body = readEntry(file);
      if (body === null) return null;
      try {
        const value: unknown = JSON.parse(body);
        if (!isKept(value)) return null;
        const now = new Date();
        utimesSync(file, now, now);
        return value;
      } catch {
        return null;
      }
    },
    write(outcome) {
      const body = JSON.stringify({ ...outcome, units: target.units } satisfies KeptOutcome);
      if (body.length > MAX_ENTRY_BYTES / 4 || ownFolder(folder) === null) return;
      const fresh = join(folder, `${key}.${randomUUID()}`);
      try {
        writeFileSync(fresh, `${checksum(body)}\n${body}`, { mode: 0o600, flag: 'wx' });
        renameSync(fresh, file);
        prune(folder);
      } catch {
        // A full or read-only disk: the next time takes as long as this one.
        rmSync(fresh, { force: true });
      }
    },
  };
}
