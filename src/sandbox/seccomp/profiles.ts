import { ALLOWED_SOCKET_FAMILIES, DENIED_SYSCALLS, type DeniedSyscall } from './seccomp.ts';

/** What a filter does with system calls; everything that it does not name is allowed. */
export interface SeccompProfile {
  /** Refused with EPERM. */
  readonly denied: readonly DeniedSyscall[];
  /** Not made, and said to have succeeded: programs do them as a matter of course and would give up over an error. */
  readonly pretended: readonly DeniedSyscall[];
  /** Address families that `socket` may make. */
  readonly socketFamilies: readonly number[];
  /**
   * True: a pair of sockets carries a stream. One of a pair that carries datagrams can send them to any socket that has a path or a
   * name, without ever having been made by `socket`.
   */
  readonly pairsAreStreams: boolean;
  /** True: a process changes limits of its own only. */
  readonly ownLimitsOnly: boolean;
}

type Row = readonly [name: string, x64: number | null, arm64: number | null];

function calls(reason: string, rows: readonly Row[]): readonly DeniedSyscall[] {
  return rows.map(([name, x64, arm64]) => ({ name, reason, x64, arm64 }));
}

/** What sandboxes with namespaces use. */
export const DEFAULT_PROFILE: SeccompProfile = {
  denied: DENIED_SYSCALLS,
  pretended: [],
  socketFamilies: ALLOWED_SOCKET_FAMILIES,
  pairsAreStreams: false,
  ownLimitsOnly: false,
};

const SHARED_WITH_THE_HOST = calls('reaches objects of other programs that have no path', [
  ['shmget', 29, 194],
  ['shmat', 30, 196],
  ['shmctl', 31, 195],
  ['semget', 64, 190],
  ['semop', 65, 193],
  ['semctl', 66, 191],
  ['msgget', 68, 186],
  ['msgsnd', 69, 189],
  ['msgrcv', 70, 188],
  ['msgctl', 71, 187],
  ['mq_open', 240, 180],
  ['mq_unlink', 241, 181],
]);

const WATCHING = calls('watches files that it may not open', [
  ['inotify_init', 253, null],
  ['inotify_init1', 294, 26],
]);

const FROM_MEMORY = calls('runs programs that no file holds', [
  ['memfd_create', 319, 279],
  ['memfd_secret', 447, 447],
  ['execveat', 322, 281],
]);

/**
 * For a manifest that says `syscalls: strict`: also no socket of any family, no memory shared by name, no program run from memory, no
 * pipe tricks of the kernel, nothing that watches files.
 */
const STRICT_PROFILE: SeccompProfile = {
  denied: [
    ...DENIED_SYSCALLS,
    ...SHARED_WITH_THE_HOST,
    ...WATCHING,
    ...FROM_MEMORY,
    ...calls('moves data inside the kernel, with a history of writing to files that are open for reading', [
      ['splice', 275, 76],
      ['vmsplice', 278, 75],
      ['tee', 276, 77],
    ]),
    ...calls('makes devices and named pipes', [
      ['mknod', 133, null],
      ['mknodat', 259, 33],
    ]),
    ...calls('changes how memory is protected or laid out behind the back of the C library', [
      ['pkey_mprotect', 329, 288],
      ['pkey_alloc', 330, 289],
      ['pkey_free', 331, 290],
      ['remap_file_pages', 216, 234],
    ]),
    ...calls('holds on to a process by other means than its number', [
      ['pidfd_open', 434, 434],
      ['pidfd_send_signal', 424, 424],
    ]),
  ],
  pretended: [],
  socketFamilies: [],
  pairsAreStreams: true,
  ownLimitsOnly: true,
};

/** The profiles that a command may ask for; `files-only` refuses programs that no file holds, since no rule on files reaches them. */
export type SyscallProfile = 'default' | 'files-only' | 'strict';

const PROFILES: Readonly<Record<SyscallProfile, SeccompProfile>> = {
  default: DEFAULT_PROFILE,
  'files-only': { ...DEFAULT_PROFILE, denied: [...DENIED_SYSCALLS, ...FROM_MEMORY] },
  strict: STRICT_PROFILE,
};

const OTHER_CPUS = calls('leaves the CPUs that it was given', [['sched_setaffinity', 203, 122]]);

/** The profile that a command asks for; one with a limit on CPUs must not choose them itself. */
export function profileOf({
  syscalls = 'default',
  limits,
}: {
  readonly syscalls?: SyscallProfile;
  readonly limits: { readonly cpus?: number };
}): SeccompProfile {
  const profile = PROFILES[syscalls];
  return limits.cpus !== undefined ? { ...profile, denied: [...profile.denied, ...OTHER_CPUS] } : profile;
}

/** Leaving the process group would outlive the signal that ends the run. */
const LEAVING_THE_GROUP = calls('leaves the group that is ended as one', [
  ['setsid', 112, 157],
  ['setpgid', 109, 154],
]);

/** Landlock knows opening, making and removing; these need a path or descriptor alone and the same owner. */
const ATTRIBUTES = calls('changes who may read files of the user', [
  ['chmod', 90, null],
  ['fchmod', 91, 52],
  ['fchmodat', 268, 53],
  ['fchmodat2', 452, 452],
  ['chown', 92, null],
  ['lchown', 94, null],
  ['fchown', 93, 55],
  ['fchownat', 260, 54],
  ['utime', 132, null],
  ['utimes', 235, null],
  ['futimesat', 261, null],
  ['utimensat', 280, 88],
]);

const EXTENDED_ATTRIBUTES = calls('changes attributes of files of the user', [
  ['setxattr', 188, 5],
  ['lsetxattr', 189, 6],
  ['fsetxattr', 190, 7],
  ['removexattr', 197, 14],
  ['lremovexattr', 198, 15],
  ['fremovexattr', 199, 16],
  ['setxattrat', 463, 463],
  ['removexattrat', 466, 466],
  ['file_setattr', 469, 469],
]);

const SIGNALS = calls('ends programs of the user', [
  ['kill', 62, 129],
  ['tkill', 200, 130],
  ['tgkill', 234, 131],
  ['rt_sigqueueinfo', 129, 138],
  ['rt_tgsigqueueinfo', 297, 240],
  ['pidfd_send_signal', 424, 424],
]);

/**
 * For a sandbox without namespaces, where sockets, names and process numbers are the host's: no sockets but pairs, nothing shared by
 * name, and no way out of the process group.
 * @param sharesUser true: what runs inside has the number of the user who started it, and so may do to that user's files and
 *   processes what asks for nothing but the same owner
 * @param signalsStayInside true: the kernel keeps signals inside the sandbox itself
 */
export function withoutNamespaces(
  base: SeccompProfile,
  { sharesUser, signalsStayInside }: { readonly sharesUser: boolean; readonly signalsStayInside: boolean },
): SeccompProfile {
  const reachesUser = sharesUser && !signalsStayInside ? SIGNALS : [];
  const denied = [...base.denied, ...SHARED_WITH_THE_HOST, ...WATCHING, ...reachesUser];
  return {
    denied: denied.filter((call, index) => denied.findIndex(({ name }) => name === call.name) === index),
    pretended: [...LEAVING_THE_GROUP, ...(sharesUser ? [...ATTRIBUTES, ...EXTENDED_ATTRIBUTES] : [])],
    socketFamilies: [],
    pairsAreStreams: true,
    ownLimitsOnly: true,
  };
}
