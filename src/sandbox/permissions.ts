import { posix } from 'node:path';
import type { Manifest } from '../model/manifest.ts';
import type { BackendId } from '../model/observation.ts';
import type { Policy } from '../model/policy.ts';
import { landlockVersion, OLDEST_LANDLOCK } from './backends/landlock-version.ts';
import { START_MARK } from './backends/start-script.ts';
import type { SyscallProfile } from './seccomp/profiles.ts';
import { INSIDE } from './inside.ts';

/** What the operator lets a program do, beyond which the sandbox refuses. */
export interface Permissions {
  /** Host names or patterns that it may reach; nothing else ever. */
  readonly hosts: readonly string[];
  /** Names, paths or patterns of programs that it may start beside its own interpreter and files; null: any. */
  readonly programs: readonly string[] | null;
  /** Folders inside (with a slash at the end) and files that it may write to beside the temporary folder; null: every writable one. */
  readonly writable: readonly string[] | null;
  /** Variables that are set for it. */
  readonly variables: readonly string[];
  readonly syscalls: SyscallProfile;
}

/** What the value of a variable is that a manifest declares: something to go on with, and no secret. */
export const DECLARED_VALUE = 'sandbox';

/** Without a manifest and a policy of the operator's. */
export const ANYTHING: Permissions = {
  hosts: [],
  programs: null,
  writable: null,
  variables: [],
  syscalls: 'default',
};

/**
 * What the operator's manifest allows and their policy does not deny. A manifest only narrows: it never shows files of the host, and
 * the hosts that it names are reached through what records them or not at all. One without `capabilities` says nothing of these; an
 * empty one allows none.
 */
export function permissionsOf(manifest: Manifest | null, policy: Pick<Policy, 'deny'>): Permissions {
  const declared = manifest?.capabilities;
  const { deny } = policy;
  const patterns = (capability: 'net.connect' | 'proc.exec' | 'fs.write' | 'env.read'): Patterns => {
    if (deny[capability] === true) return [];
    if (declared === undefined) return null;
    const given = declared[capability] ?? [];
    return given === true || given.some((each) => each === '*' || each === '**') ? null : given;
  };
  const writable = patterns('fs.write');
  const programs = patterns('proc.exec');
  return {
    hosts: patterns('net.connect') ?? [],
    programs,
    writable: writable === null ? null : foldersOf(writable),
    variables: (patterns('env.read') ?? []).filter((name) => /^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)),
    syscalls: manifest?.syscalls === 'strict' ? 'strict' : programs === null ? 'default' : 'files-only',
  };
}

/** Null: anything. */
type Patterns = readonly string[] | null;

/**
 * The innermost folders, with a slash at the end, that hold all that patterns of paths stand for. A path without a star stands for what
 * lies beside it, too, since a file is often written under another name first; except in the home folder.
 */
function foldersOf(patterns: readonly string[]): readonly string[] {
  const folders = patterns.flatMap((pattern) => {
    const path = absolute(pattern);
    if (path === null) return [];
    const fixed = path.split('/');
    const star = fixed.findIndex((part) => /[*?[]/.test(part));
    if (star !== -1) return [`${posix.normalize(fixed.slice(0, star).join('/'))}/`];
    if (path.endsWith('/')) return [posix.normalize(path)];
    const parent = posix.dirname(posix.normalize(path));
    // What lies in the home folder itself must not open all of it.
    return [parent === INSIDE.home || parent === '/' ? posix.normalize(path) : `${parent}/`];
  });
  return [...new Set(folders)].filter((path) => path !== '/' && path !== './').sort();
}

/** Where a pattern points inside; null for one that is relative, since what a target brings is read-only. */
function absolute(pattern: string): string | null {
  if (pattern === '~' || pattern === '$HOME') return `${INSIDE.home}/`;
  const home = /^(?:~|\$HOME)\//.exec(pattern)?.[0];
  if (home !== undefined) return posix.join(INSIDE.home, pattern.slice(home.length));
  return pattern.startsWith('/') ? pattern : null;
}

/**
 * The command line that narrows itself to the permissions before it becomes `command`; the command itself where nothing is narrowed.
 * @param python the interpreter inside
 */
export function confined(
  command: readonly string[],
  permissions: Permissions,
  python: string,
): readonly string[] {
  const { programs, writable } = permissions;
  if (programs === null && writable === null) return command;
  // What a target brings and what sbx runs it with.
  const own = [INSIDE.target, '/opt/sbx'];
  const settings = JSON.stringify({ programs, own, writable, startMark: START_MARK });
  return [python, '-I', '-S', '-B', `${INSIDE.guest}/confine.py`, settings, ...command];
}

/** What of the permissions a backend cannot hold a program to; empty when it can all. */
export async function unenforced(permissions: Permissions, backend: BackendId): Promise<readonly string[]> {
  const { programs, writable, syscalls } = permissions;
  const reasons: string[] = [];
  const isNarrowed = programs !== null || writable !== null;
  // Asking takes a process.
  const version = !isNarrowed || backend === 'gvisor' || backend === 'wasm' ? null : await landlockVersion();
  if (isNarrowed && (version === null || version < OLDEST_LANDLOCK)) {
    const why =
      backend === 'gvisor'
        ? 'gVisor has no Landlock'
        : backend === 'wasm'
          ? 'WebAssembly has no Landlock'
          : 'this kernel has no Landlock, or an old one';
    reasons.push(`the manifest's limits on files and programs are watched, not enforced: ${why}`);
  }
  if (syscalls === 'strict' && backend === 'gvisor')
    reasons.push("the manifest's `syscalls: strict` is not enforced: gVisor answers system calls itself");
  return reasons;
}
