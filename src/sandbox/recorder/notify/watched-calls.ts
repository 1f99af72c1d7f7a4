import type { SeccompArchitecture } from '../../seccomp/seccomp.ts';

/** One system call that the notify recorder is told of and lets through. */
interface WatchedCall {
  readonly name: string;
  /** The supervisor's method for it where that has another name. */
  readonly method: string | null;
  /** Number per architecture; null where the call does not exist. Source as in `seccomp.ts`. */
  readonly x64: number | null;
  readonly arm64: number | null;
}

type Row = readonly [name: string, x64: number | null, arm64: number | null, method?: string];

const ROWS: readonly Row[] = [
  ['open', 2, null],
  ['openat', 257, 56],
  ['openat2', 437, 437],
  ['creat', 85, null],
  ['access', 21, null],
  ['faccessat', 269, 48],
  ['faccessat2', 439, 439, 'faccessat'],
  ['unlink', 87, null],
  ['unlinkat', 263, 35],
  ['rmdir', 84, null],
  ['rename', 82, null],
  ['renameat', 264, 38],
  ['renameat2', 316, 276],
  ['link', 86, null],
  ['linkat', 265, 37],
  ['symlink', 88, null],
  ['symlinkat', 266, 36],
  ['mkdir', 83, null, 'new'],
  ['mkdirat', 258, 34, 'newat'],
  ['mknod', 133, null, 'new'],
  ['mknodat', 259, 33, 'newat'],
  ['truncate', 76, 45],
  ['chmod', 90, null],
  ['fchmod', 91, 52],
  ['fchmodat', 268, 53],
  ['fchmodat2', 452, 452, 'fchmodat'],
  ['execve', 59, 221],
  ['execveat', 322, 281],
  ['connect', 42, 203],
  ['bind', 49, 200],
  ['sendmsg', 46, 211],
  ['sendmmsg', 307, 269],
  ['kill', 62, 129],
  ['tkill', 200, 130, 'kill'],
  ['tgkill', 234, 131],
  ['rt_sigqueueinfo', 129, 138, 'kill'],
  ['rt_tgsigqueueinfo', 297, 240, 'tgkill'],
  ['pidfd_send_signal', 424, 424],
  ['setuid', 105, 146],
  ['setgid', 106, 144],
  ['setreuid', 113, 145],
  ['setregid', 114, 143],
  ['setresuid', 117, 147],
  ['setresgid', 119, 149],
  ['setfsuid', 122, 151],
  ['setfsgid', 123, 152],
  ['setgroups', 116, 159],
  ['capset', 126, 91],
];

/** Calls that every use of is reported. Of the calls that look a file
 * up only those are among them that announce a phase: programs do little else than `stat`. */
export const WATCHED_CALLS: readonly WatchedCall[] = ROWS.map(([name, x64, arm64, method = null]) => ({
  name,
  method,
  x64,
  arm64,
}));

/** The numbers of {@link WATCHED_CALLS} on one architecture. */
export function watchedNumbers(architecture: SeccompArchitecture): readonly number[] {
  return WATCHED_CALLS.flatMap((call) => call[architecture] ?? []);
}
