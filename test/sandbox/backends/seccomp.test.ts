import { describe, expect, it } from 'vitest';
import { SbxError } from '../../../src/errors.ts';
import { DENIED_SYSCALLS } from '../../../src/sandbox/seccomp/seccomp.ts';
import { seccompProgram } from '../../../src/sandbox/seccomp/bpf.ts';
import { profileOf, withoutNamespaces } from '../../../src/sandbox/seccomp/profiles.ts';
import { seccompContainerProfile } from '../../../src/sandbox/seccomp/container.ts';

const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const EAFNOSUPPORT = 0x00050061;
const KILL = 0x80000000;

/** Runs a classic BPF program over one system call, as the kernel does (`kernel/seccomp.c`): the verdict. */
function verdict(
  program: Uint8Array,
  number: number,
  args: readonly number[] = [],
  audit = 0xc000003e,
): number {
  const code = Buffer.from(program);
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(audit, 4);
  args.forEach((value, index) => data.writeBigUInt64LE(BigInt(value), 16 + index * 8));
  let accumulator = 0;
  for (let at = 0; at < code.length / 8; at += 1) {
    const operand = code.readUInt32LE(at * 8 + 4);
    const jump = (holds: boolean): void => {
      at += holds ? code.readUInt8(at * 8 + 2) : code.readUInt8(at * 8 + 3);
    };
    switch (code.readUInt16LE(at * 8)) {
      case 0x20:
        accumulator = data.readUInt32LE(operand);
        break;
      case 0x15:
        jump(accumulator === operand);
        break;
      case 0x35:
        jump(accumulator >= operand);
        break;
      case 0x45:
        jump((accumulator & operand) !== 0);
        break;
      case 0x54:
        accumulator &= operand;
        break;
      case 0x06:
        return operand;
      default:
        throw new Error(`unknown instruction at ${at}`);
    }
  }
  throw new Error('ran off the end');
}

/** Changing limits of process 1, which is no call for a profile that keeps to its own. */
function isLimitOfAnother(
  architecture: 'x64' | 'arm64',
  number: number,
  profile: { readonly ownLimitsOnly: boolean },
): boolean {
  return profile.ownLimitsOnly && number === { x64: 302, arm64: 261 }[architecture];
}

describe('the system call filter', () => {
  const x64 = seccompProgram('x64');
  const arm64 = seccompProgram('arm64');

  it('refuses every listed call on both architectures', () => {
    for (const call of DENIED_SYSCALLS) {
      if (call.x64 !== null) expect(verdict(x64, call.x64), call.name).toBe(EPERM);
      if (call.arm64 !== null) expect(verdict(arm64, call.arm64, [], 0xc00000b7), call.name).toBe(EPERM);
    }
  });

  it.each([
    ['x64', 0xc000003e],
    ['arm64', 0xc00000b7],
  ] as const)('gives every number of %s its verdict, under every profile', (architecture, audit) => {
    const without = { sharesUser: true, signalsStayInside: false };
    const profiles = (['default', 'files-only', 'strict'] as const).flatMap((name) => [
      profileOf({ syscalls: name, limits: {} }),
      withoutNamespaces(profileOf({ syscalls: name, limits: {} }), without),
    ]);
    for (const profile of profiles) {
      const program = seccompProgram(architecture, profile);
      const expected = new Map<number | null, number>([
        ...profile.pretended.map((call) => [call[architecture], 0x00050000] as const),
        ...profile.denied.map((call) => [call[architecture], EPERM] as const),
        [435, ENOSYS],
        [{ x64: 41, arm64: 198 }[architecture], profile.socketFamilies.length > 0 ? ALLOW : EAFNOSUPPORT],
      ]);
      for (let number = 0; number < 600; number += 1) {
        // A stream of the sandbox's own, no flags, no process: what the calls that are looked into allow.
        expect(verdict(program, number, [1, 1], audit), String(number)).toBe(
          expected.get(number) ?? (isLimitOfAnother(architecture, number, profile) ? EPERM : ALLOW),
        );
      }
    }
    expect(new Set(profiles.map((profile) => seccompProgram(architecture, profile).length)).size).toBe(6);
  });

  it.each([
    ['x64', 0xc000003e, 53, 302],
    ['arm64', 0xc00000b7, 199, 261],
  ] as const)(
    'looks into pairs of sockets and limits on %s',
    (architecture, audit, socketpair, prlimit64) => {
      const program = seccompProgram(architecture, profileOf({ syscalls: 'strict', limits: {} }));
      const of = (number: number, ...args: number[]): number => verdict(program, number, args, audit);
      for (const type of [1, 5, 1 | 0o4000, 5 | 0o2000000]) expect(of(socketpair, 1, type)).toBe(ALLOW);
      for (const type of [2, 3, 4, 2 | 0o4000]) expect(of(socketpair, 1, type)).toBe(EPERM);
      expect([of(prlimit64, 0, 7), of(prlimit64, 1, 7)]).toEqual([ALLOW, EPERM]);
    },
  );

  it('refuses x32 and every architecture but its own', () => {
    for (const number of [0, 1, 59, 512, 547]) expect(verdict(x64, 0x40000000 + number)).toBe(KILL);
    for (const audit of [0x40000003, 0xc000003e, 0x40000028, 0xc00000f3])
      expect(verdict(arm64, 63, [], audit)).toBe(KILL);
    expect(verdict(x64, 0, [], 0xc00000b7)).toBe(KILL);
  });

  it('allows ordinary work', () => {
    for (const number of [0, 1, 2, 9, 39, 59, 257]) expect(verdict(x64, number)).toBe(ALLOW);
    expect(verdict(x64, 56, [0x01200011])).toBe(ALLOW);
  });

  it('refuses namespaces through clone, and sends clone3 back to clone', () => {
    for (const flag of [0x10000000, 0x20000, 0x40000000, 0x20000000]) {
      expect(verdict(x64, 56, [flag | 17])).toBe(EPERM);
    }
    expect(verdict(x64, 435)).toBe(ENOSYS);
  });

  it('knows the sockets of the sandbox itself only', () => {
    for (const family of [1, 2, 10]) expect(verdict(x64, 41, [family])).toBe(ALLOW);
    for (const family of [0, 3, 16, 17, 38, 40, 99]) expect(verdict(x64, 41, [family])).toBe(EAFNOSUPPORT);
  });

  it('refuses typing into a terminal', () => {
    expect(verdict(x64, 16, [0, 0x5412])).toBe(EPERM);
    expect(verdict(x64, 16, [0, 0x541c])).toBe(EPERM);
    expect(verdict(x64, 16, [0, 0x5401])).toBe(ALLOW);
  });

  it('kills calls of another architecture and of x32', () => {
    expect(verdict(x64, 39, [], 0x40000003)).toBe(KILL);
    expect(verdict(x64, 0x40000000 + 39)).toBe(KILL);
  });

  it('says so where it has no numbers', () => {
    expect(() => seccompProgram('riscv64')).toThrow(SbxError);
  });

  it('names the same calls in the profile for containers', () => {
    const profile = JSON.parse(seccompContainerProfile()) as { syscalls: { names: string[] }[] };
    const names = new Set(profile.syscalls.flatMap((each) => each.names));
    for (const call of DENIED_SYSCALLS) expect(names).toContain(call.name);
    for (const name of ['clone', 'clone3', 'socket', 'ioctl']) expect(names).toContain(name);
  });

  it('writes the profile for containers for either architecture, and refuses all sockets when strict', () => {
    interface Profile {
      architectures: string[];
      syscalls: { names: string[]; args?: { value: number; op: string }[] }[];
    }
    const arm = JSON.parse(
      seccompContainerProfile(profileOf({ syscalls: 'strict', limits: {} }), 'arm64'),
    ) as Profile;
    expect(arm.architectures).toEqual(['SCMP_ARCH_AARCH64']);
    const sockets = arm.syscalls.filter(({ names }) => names.includes('socket'));
    expect(sockets.map(({ args }) => args?.map(({ value, op }) => [value, op]))).toEqual([
      [[0, 'SCMP_CMP_GE']],
    ]);
    expect(arm.syscalls[0]?.names).toContain('memfd_create');
    const usual = JSON.parse(seccompContainerProfile(undefined, 'x64')) as Profile;
    expect(usual.architectures).toEqual(['SCMP_ARCH_X86_64']);
  });
});
