import { SbxError } from '../../errors.ts';
import { CLONE3, DENIED_IOCTLS, ERRNO, NAMESPACE_FLAGS, type SeccompArchitecture } from './seccomp.ts';
import { DEFAULT_PROFILE, type SeccompProfile } from './profiles.ts';

/** Classic BPF operation codes (`linux/bpf_common.h`): load a word, mask it, compare, test bits, return. */
const LOAD = 0x20;
const MASK = 0x54;
const EQUAL = 0x15;
const AT_LEAST = 0x35;
const ANY_BIT = 0x45;
const ABOVE = 0x25;
const RETURN = 0x06;

/** Verdicts of a filter (`linux/seccomp.h`). */
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const ERROR = 0x00050000;
const NOTIFY = 0x7fc00000;

/** Offsets into `struct seccomp_data`: number, architecture, low words of the arguments (both architectures are little-endian). */
const NUMBER = 0;
const ARCHITECTURE = 4;
const ARGUMENT_0 = 16;
const ARGUMENT_1 = 24;
const ARGUMENT_2 = 32;
const ARGUMENT_4 = 48;
const HIGH_WORD = 4;

/** Sizes of a question to a name server (RFC 1035): a header, a name and a type at least; what fits into a plain datagram at most. */
const SHORTEST_QUESTION = 17;
const LONGEST_QUESTION = 512;

/** AUDIT_ARCH_* values and the numbers of the calls whose arguments are looked at. */
export const CHECKED_CALLS = {
  x64: { audit: 0xc000003e, clone: 56, socket: 41, socketpair: 53, ioctl: 16, prlimit64: 302, sendto: 44 },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    socket: 198,
    socketpair: 199,
    ioctl: 29,
    prlimit64: 261,
    sendto: 206,
  },
} as const;

/** A socket's type without its flags, and the types that reach nothing but their other end (`linux/net.h`). */
const SOCKET_TYPE = 0xf;
const CONNECTED_TYPES = [1, 5] as const;

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

/** A call whose verdict hangs on an argument: the checks run on the loaded word, and nothing after them. */
function argumentCheck(number: number, argument: number, checks: readonly Instruction[]): Instruction[] {
  const body: Instruction[] = [[LOAD, 0, 0, argument], ...checks];
  return [[EQUAL, 0, body.length, number], ...body];
}

/** After the low word of the address: any address at all, else the size of a question to a name server. */
const SENT_SOMEWHERE: readonly Instruction[] = [
  [EQUAL, 1, 0, 0],
  [RETURN, 0, 0, NOTIFY],
  [LOAD, 0, 0, ARGUMENT_4 + HIGH_WORD],
  [EQUAL, 1, 0, 0],
  [RETURN, 0, 0, NOTIFY],
  [LOAD, 0, 0, ARGUMENT_2],
  [AT_LEAST, 1, 0, SHORTEST_QUESTION],
  [RETURN, 0, 0, ALLOW],
  [ABOVE, 1, 0, LONGEST_QUESTION],
  [RETURN, 0, 0, NOTIFY],
  [RETURN, 0, 0, ALLOW],
];

/**
 * The filter as an array of `struct sock_filter`, ready for `bwrap --seccomp` or `prctl(PR_SET_SECCOMP)`.
 * Calls of another architecture or of the x32 interface kill the caller: their numbers mean other calls.
 * @param watched null: refused calls fail at once. Numbers: these calls and the refused ones wait for a supervisor, who has to refuse
 * the latter; without one they fail with ENOSYS
 * @throws SbxError of kind `sandbox` on an architecture that the filter is not written for
 */
export function seccompProgram(
  architecture: string = process.arch,
  profile: SeccompProfile = DEFAULT_PROFILE,
  watched: readonly number[] | null = null,
): Uint8Array {
  if (architecture !== 'x64' && architecture !== 'arm64') {
    throw new SbxError('sandbox', 'seccomp-architecture', `No system call filter for ${architecture}`, {
      help: 'Use the docker backend, or a machine with x86-64 or arm64.',
    });
  }
  return encode(instructions(architecture, profile, watched));
}

/** Checks that allow a call whose loaded word is one of `values`, and answer another with `verdict`. */
function onlyThese(values: readonly number[], verdict: number): Instruction[] {
  return [
    ...values.map((value, index): Instruction => [EQUAL, values.length - index, 0, value]),
    [RETURN, 0, 0, verdict],
    [RETURN, 0, 0, ALLOW],
  ];
}

function instructions(
  architecture: SeccompArchitecture,
  profile: SeccompProfile,
  watched: readonly number[] | null,
): Instruction[] {
  const machine = CHECKED_CALLS[architecture];
  const refusal = (error: number): number => (watched === null ? ERROR | error : NOTIFY);
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCHITECTURE],
    [EQUAL, 1, 0, machine.audit],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, NUMBER],
  ];
  if (architecture === 'x64') program.push([AT_LEAST, 0, 1, 0x40000000], [RETURN, 0, 0, KILL]);
  const refusals = [
    ...profile.denied.map((call) => [call[architecture], refusal(ERRNO.EPERM)] as const),
    // An error number of 0 is a call that was not made and returns 0.
    ...profile.pretended.map((call) => [call[architecture], ERROR] as const),
  ];
  for (const [number, verdict] of refusals) {
    if (number !== null) program.push([EQUAL, 0, 1, number], [RETURN, 0, 0, verdict]);
  }
  program.push([EQUAL, 0, 1, CLONE3[architecture]], [RETURN, 0, 0, ERROR | ERRNO.ENOSYS]);
  if (profile.pairsAreStreams) {
    const checks = onlyThese(CONNECTED_TYPES, ERROR | ERRNO.EPERM);
    program.push(...argumentCheck(machine.socketpair, ARGUMENT_1, [[MASK, 0, 0, SOCKET_TYPE], ...checks]));
  }
  if (profile.ownLimitsOnly)
    program.push(...argumentCheck(machine.prlimit64, ARGUMENT_0, onlyThese([0], ERROR | ERRNO.EPERM)));
  for (const number of watched ?? []) program.push([EQUAL, 0, 1, number], [RETURN, 0, 0, NOTIFY]);
  if (watched !== null) program.push(...argumentCheck(machine.sendto, ARGUMENT_4, SENT_SOMEWHERE));
  const namespaces = NAMESPACE_FLAGS.reduce((all, flag) => all | flag, 0);
  program.push(
    ...argumentCheck(machine.clone, ARGUMENT_0, [
      [ANY_BIT, 0, 1, namespaces],
      [RETURN, 0, 0, refusal(ERRNO.EPERM)],
      [RETURN, 0, 0, ALLOW],
    ]),
    ...argumentCheck(
      machine.socket,
      ARGUMENT_0,
      onlyThese(profile.socketFamilies, refusal(ERRNO.EAFNOSUPPORT)),
    ),
    ...argumentCheck(machine.ioctl, ARGUMENT_1, [
      ...DENIED_IOCTLS.map((request, index): Instruction => [
        EQUAL,
        DENIED_IOCTLS.length - index,
        0,
        request,
      ]),
      [RETURN, 0, 0, ALLOW],
      [RETURN, 0, 0, ERROR | ERRNO.EPERM],
    ]),
    [RETURN, 0, 0, ALLOW],
  );
  return program;
}

function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, whenTrue, whenFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(whenTrue, index * 8 + 2);
    bytes.writeUInt8(whenFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return bytes;
}
