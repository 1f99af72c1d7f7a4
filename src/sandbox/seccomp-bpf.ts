import { SbxError } from '../errors.ts';
import {
  ALLOWED_SOCKET_FAMILIES,
  CLONE3,
  DENIED_IOCTLS,
  DENIED_SYSCALLS,
  ERRNO,
  NAMESPACE_FLAGS,
  type SeccompArchitecture,
} from './seccomp.ts';

/** Classic BPF operation codes (`linux/bpf_common.h`): load a word, compare, test bits, return. */
const LOAD = 0x20;
const EQUAL = 0x15;
const AT_LEAST = 0x35;
const ANY_BIT = 0x45;
const RETURN = 0x06;

/** Verdicts of a filter (`linux/seccomp.h`). */
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const ERROR = 0x00050000;

/** Offsets into `struct seccomp_data`: number, architecture, low words of the arguments (both architectures are little-endian). */
const NUMBER = 0;
const ARCHITECTURE = 4;
const ARGUMENT_0 = 16;
const ARGUMENT_1 = 24;

/** AUDIT_ARCH_* values and the numbers of the calls whose arguments are looked at. */
const MACHINES = {
  x64: { audit: 0xc000003e, clone: 56, socket: 41, ioctl: 16 },
  arm64: { audit: 0xc00000b7, clone: 220, socket: 198, ioctl: 29 },
} as const;

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

/** A call whose verdict hangs on an argument: the checks run on the loaded word, and nothing after them. */
function argumentCheck(number: number, argument: number, checks: readonly Instruction[]): Instruction[] {
  const body: Instruction[] = [[LOAD, 0, 0, argument], ...checks];
  return [[EQUAL, 0, body.length, number], ...body];
}

/**
 * The filter as an array of `struct sock_filter`, ready for `bwrap --seccomp` or `prctl(PR_SET_SECCOMP)`.
 * Calls of another architecture or of the x32 interface kill the caller: their numbers mean other calls.
 * @throws SbxError of kind `sandbox` on an architecture that the filter is not written for
 */
export function seccompProgram(architecture: string = process.arch): Uint8Array {
  if (architecture !== 'x64' && architecture !== 'arm64') {
    throw new SbxError('sandbox', 'seccomp-architecture', `No system call filter for ${architecture}`, {
      help: 'Use the docker backend, or a machine with x86-64 or arm64.',
    });
  }
  return encode(instructions(architecture));
}

function instructions(architecture: SeccompArchitecture): Instruction[] {
  const machine = MACHINES[architecture];
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCHITECTURE],
    [EQUAL, 1, 0, machine.audit],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, NUMBER],
  ];
  if (architecture === 'x64') program.push([AT_LEAST, 0, 1, 0x40000000], [RETURN, 0, 0, KILL]);
  for (const call of DENIED_SYSCALLS) {
    const number = call[architecture];
    if (number !== null) program.push([EQUAL, 0, 1, number], [RETURN, 0, 0, ERROR | ERRNO.EPERM]);
  }
  program.push([EQUAL, 0, 1, CLONE3[architecture]], [RETURN, 0, 0, ERROR | ERRNO.ENOSYS]);
  const namespaces = NAMESPACE_FLAGS.reduce((all, flag) => all | flag, 0);
  program.push(
    ...argumentCheck(machine.clone, ARGUMENT_0, [
      [ANY_BIT, 0, 1, namespaces],
      [RETURN, 0, 0, ERROR | ERRNO.EPERM],
      [RETURN, 0, 0, ALLOW],
    ]),
    ...argumentCheck(machine.socket, ARGUMENT_0, [
      ...ALLOWED_SOCKET_FAMILIES.map((family, index): Instruction => [
        EQUAL,
        ALLOWED_SOCKET_FAMILIES.length - index,
        0,
        family,
      ]),
      [RETURN, 0, 0, ERROR | ERRNO.EAFNOSUPPORT],
      [RETURN, 0, 0, ALLOW],
    ]),
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
