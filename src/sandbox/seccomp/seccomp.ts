/** The machine architectures that a filter can be written for, as `process.arch` names them. */
export type SeccompArchitecture = 'x64' | 'arm64';

/** One system call that no sandboxed program may make, and why. */
export interface DeniedSyscall {
  readonly name: string;
  readonly reason: string;
  /** Number per architecture; null where the call does not exist. Source: Linux `arch/x86/entry/syscalls/syscall_64.tbl`, `asm-generic/unistd.h`. */
  readonly x64: number | null;
  readonly arm64: number | null;
}

type Row = readonly [name: string, x64: number | null, arm64: number | null];

function denied(reason: string, rows: readonly Row[]): DeniedSyscall[] {
  return rows.map(([name, x64, arm64]) => ({ name, reason, x64, arm64 }));
}

/** Refused with EPERM whatever the arguments. The one list behind the BPF program and the JSON profile for containers. */
export const DENIED_SYSCALLS: readonly DeniedSyscall[] = [
  ...denied('changes what the file system looks like, the first step of most escapes', [
    ['mount', 165, 40],
    ['umount2', 166, 39],
    ['pivot_root', 155, 41],
    ['chroot', 161, 51],
    ['open_tree', 428, 428],
    ['move_mount', 429, 429],
    ['fsopen', 430, 430],
    ['fsconfig', 431, 431],
    ['fsmount', 432, 432],
    ['fspick', 433, 433],
    ['mount_setattr', 442, 442],
  ]),
  ...denied('enters or makes namespaces, which hands out capabilities and kernel attack surface', [
    ['unshare', 272, 97],
    ['setns', 308, 268],
  ]),
  ...denied('reads or steers another process', [
    ['ptrace', 101, 117],
    ['process_vm_readv', 310, 270],
    ['process_vm_writev', 311, 271],
    ['process_madvise', 440, 440],
    ['kcmp', 312, 272],
    ['pidfd_getfd', 438, 438],
  ]),
  ...denied('loads programs into the kernel or watches all of it', [
    ['bpf', 321, 280],
    ['perf_event_open', 298, 241],
    ['fanotify_init', 300, 262],
    ['lookup_dcookie', 212, 18],
  ]),
  ...denied('kernel key rings are not divided by namespace', [
    ['keyctl', 250, 219],
    ['add_key', 248, 217],
    ['request_key', 249, 218],
  ]),
  ...denied('makes kernel races winnable; has no use in what is vetted', [['userfaultfd', 323, 282]]),
  ...denied('does system calls that no filter sees', [
    ['io_uring_setup', 425, 425],
    ['io_uring_enter', 426, 426],
    ['io_uring_register', 427, 427],
  ]),
  ...denied('opens files by number, past every path', [
    ['name_to_handle_at', 303, 264],
    ['open_by_handle_at', 304, 265],
  ]),
  ...denied('administers the machine', [
    ['kexec_load', 246, 104],
    ['kexec_file_load', 320, 294],
    ['init_module', 175, 105],
    ['finit_module', 313, 273],
    ['delete_module', 176, 106],
    ['reboot', 169, 142],
    ['swapon', 167, 224],
    ['swapoff', 168, 225],
    ['sethostname', 170, 161],
    ['setdomainname', 171, 162],
    ['acct', 163, 89],
    ['quotactl', 179, 60],
    ['quotactl_fd', 443, 443],
    ['settimeofday', 164, 170],
    ['clock_settime', 227, 112],
    ['clock_adjtime', 305, 266],
    ['adjtimex', 159, 171],
    ['syslog', 103, 116],
    ['vhangup', 153, 58],
    ['nfsservctl', 180, 42],
  ]),
  ...denied('weakens the address space or drives hardware', [
    ['personality', 135, 92],
    ['iopl', 172, null],
    ['ioperm', 173, null],
    ['modify_ldt', 154, null],
  ]),
  ...denied('obsolete, with a history of kernel faults', [
    ['uselib', 134, null],
    ['ustat', 136, null],
    ['sysfs', 139, null],
    ['_sysctl', 156, null],
  ]),
  ...denied('moves memory between nodes, also of other processes', [
    ['move_pages', 279, 239],
    ['migrate_pages', 256, 238],
    ['mbind', 237, 235],
    ['set_mempolicy', 238, 237],
  ]),
];

/**
 * Refused with ENOSYS: its flags lie behind a pointer, where no filter can look. The C library then falls back to `clone`, whose
 * flags are checked.
 */
export const CLONE3 = { name: 'clone3', x64: 435, arm64: 435 } as const;

/** Flags of `clone` that make a namespace (`linux/sched.h`), each refused with EPERM. */
export const NAMESPACE_FLAGS: readonly number[] = [
  0x02000000, // cgroup
  0x04000000, // UTS
  0x08000000, // IPC
  0x10000000, // user
  0x20000000, // PID
  0x40000000, // network
  0x00020000, // mount
];

/** Address families that `socket` may make; every other (AF_VSOCK, AF_NETLINK, AF_PACKET, AF_ALG, …) is refused with EAFNOSUPPORT. */
export const ALLOWED_SOCKET_FAMILIES: readonly number[] = [
  1, // AF_UNIX
  2, // AF_INET: reaches the sandbox's own loopback only
  10, // AF_INET6
];

/** `ioctl` request that types into the caller's terminal (TIOCSTI, and TIOCLINUX which pastes); refused with EPERM. */
export const DENIED_IOCTLS: readonly number[] = [0x5412, 0x541c];

/** Error numbers (`asm-generic/errno.h`). */
export const ERRNO = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;
