import { withArchive } from './archive-name.ts';
import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { baseName } from './declaration.ts';
import { hexHash, integrityHashes, withHashes } from './hashes.ts';
import { ForeignRegistries } from './npm-registry.ts';
import { parseNpmSpecifier, pinOfLocked } from './npm-specifier.ts';

/**
 * `yarn.lock`, of Yarn 1 and of Yarn 2 and later ("berry"). Both are written by machine, one entry a block: a key at the margin that ends
 * in `:`, then indented fields. Read line by line, so that a broken block costs that block only.
 */
export const yarnLockFormat: InventoryFormat = {
  id: 'yarn.lock',
  role: 'lock',
  ecosystem: 'npm',
  matches: (path) => baseName(path) === 'yarn.lock',
  read: readYarnLock,
};

interface Block {
  readonly key: string;
  readonly line: number;
  version: string | null;
  /** Berry: `name@protocol:…`. */
  resolution: string | null;
  /** Yarn 1: the address of the archive. */
  resolved: string | null;
  /** Yarn 1 alone: the `checksum` of berry is that of an archive that Yarn packs itself. */
  integrity: string | null;
}

function readYarnLock(text: string): FileReading {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  const members: string[] = [];
  const foreign = new ForeignRegistries();
  let block: Block | null = null;
  let number = 0;
  for (const raw of text.split(/\r?\n/)) {
    number += 1;
    if (/^\s*(?:#|$)/.test(raw)) continue;
    if (!/^\s/.test(raw)) {
      finish(block);
      block = raw.endsWith(':')
        ? {
            key: raw.slice(0, -1),
            line: number,
            version: null,
            resolution: null,
            resolved: null,
            integrity: null,
          }
        : null;
      if (block === null) problems.push({ line: number, reason: 'not an entry of a yarn lockfile' });
    } else if (block !== null) {
      block.version ??= fieldOf(raw, 'version');
      block.resolution ??= fieldOf(raw, 'resolution');
      block.resolved ??= fieldOf(raw, 'resolved');
      block.integrity ??= fieldOf(raw, 'integrity');
    }
  }
  finish(block);
  return { declarations, problems, references: foreign.references(), members };

  function finish(done: Block | null): void {
    if (done === null || done.key === '__metadata') return;
    if (done.version === null) {
      problems.push({ line: done.line, reason: 'an entry without a version' });
      return;
    }
    const member = /@workspace:(.+)$/.exec(done.resolution ?? '')?.[1];
    if (member !== undefined && member !== '.') members.push(member);
    foreign.see(done.resolved ?? '', done.line);
    const declaration = declare(done, done.version);
    if (declaration !== null) declarations.push(declaration);
  }
}

/** `  version "1.2"` (Yarn 1) or `  version: 1.2` (berry), at the first level of indentation. */
function fieldOf(line: string, field: string): string | null {
  return new RegExp(`^ {2}"?${field}"?:? "?([^"]*)"?$`).exec(line)?.[1]?.trim() ?? null;
}

/** Null for the members of the workspace, which are no dependencies. */
function declare(
  { key, line, resolution, resolved: archive, integrity }: Block,
  version: string,
): Declaration | null {
  const first = key.replaceAll('"', '').split(/,\s*/, 1)[0] ?? '';
  const at = first.indexOf('@', 1);
  const asked = at === -1 ? '' : first.slice(at + 1);
  // Berry puts a protocol in front of everything; `npm:` before a version is no alias.
  const alias = parseNpmSpecifier(at === -1 ? first : first.slice(0, at), asked);
  const resolved = /^((?:@[^/@]+\/)?[^@]+)@(npm|workspace|patch|[a-z+]+):/.exec(resolution ?? '');
  if (resolved?.[2] === 'workspace') return null;
  const isAliasOfVersion = /^npm:[\^~<>=*\dvx]/i.test(asked);
  const name = resolved?.[1] ?? (isAliasOfVersion ? first.slice(0, at) : alias.name);
  const elsewhere = resolution === null && (alias.pin === 'url' || alias.pin === 'path') ? alias : null;
  const fromProtocol = resolved !== null && !['npm', 'patch'].includes(resolved[2] ?? '');
  const pin =
    elsewhere !== null
      ? { pin: elsewhere.pin, version: null, range: elsewhere.range }
      : fromProtocol
        ? {
            pin: 'url' as const,
            version: null,
            range: (resolution ?? '').slice((resolved[1] ?? '').length + 1),
          }
        : pinOfLocked(version);
  return {
    ecosystem: 'npm',
    name,
    ...pin,
    scope: 'runtime',
    line,
    ...withArchive(archive ?? '', [name, ...namesOf(key)]),
    ...withHashes(integrity === null ? hashesOfAddress(archive ?? '') : integrityHashes(integrity)),
  };
}

/** Requests that one entry answers and whose names count. */
const MAX_REQUESTS = 200;

/** The packages that an entry answers for: a `resolution` of the project may put one in the place of another. */
function namesOf(key: string): string[] {
  return key
    .replaceAll('"', '')
    .split(/,\s*/, MAX_REQUESTS)
    .map((request) => {
      const at = request.indexOf('@', 1);
      return at === -1 ? request : parseNpmSpecifier(request.slice(0, at), request.slice(at + 1)).name;
    });
}

/** Yarn before 1.10 gave the SHA-1 digest behind the address alone (`….tgz#<hex>`), and later ones still hold the archive to it. */
function hashesOfAddress(address: string): (string | null)[] {
  return [hexHash(`sha1:${address.split('#', 2)[1] ?? ''}`)];
}
