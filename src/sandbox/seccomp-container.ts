import {
  ALLOWED_SOCKET_FAMILIES,
  CLONE3,
  DENIED_IOCTLS,
  DENIED_SYSCALLS,
  ERRNO,
  NAMESPACE_FLAGS,
} from './seccomp.ts';

interface ArgumentRule {
  readonly index: number;
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_GE' | 'SCMP_CMP_MASKED_EQ';
}

function refuse(names: readonly string[], errnoRet: number, args: readonly ArgumentRule[] = []): object {
  return { names, action: 'SCMP_ACT_ERRNO', errnoRet, ...(args.length === 0 ? {} : { args }) };
}

/**
 * The same filter as {@link seccompProgram} in the JSON that container engines take (OCI runtime specification, `linux.seccomp`).
 * Calls of any architecture but the two listed are killed by the library that compiles it.
 */
export function seccompContainerProfile(): string {
  const highest = Math.max(...ALLOWED_SOCKET_FAMILIES);
  const below = Array.from({ length: highest }, (_, family) => family);
  const families = below.filter((family) => !ALLOWED_SOCKET_FAMILIES.includes(family));
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: [process.arch === 'arm64' ? 'SCMP_ARCH_AARCH64' : 'SCMP_ARCH_X86_64'],
    syscalls: [
      refuse(
        DENIED_SYSCALLS.map((call) => call.name),
        ERRNO.EPERM,
      ),
      refuse([CLONE3.name], ERRNO.ENOSYS),
      ...NAMESPACE_FLAGS.map((flag) =>
        refuse(['clone'], ERRNO.EPERM, [{ index: 0, value: flag, valueTwo: flag, op: 'SCMP_CMP_MASKED_EQ' }]),
      ),
      ...families.map((value) =>
        refuse(['socket'], ERRNO.EAFNOSUPPORT, [{ index: 0, value, op: 'SCMP_CMP_EQ' }]),
      ),
      refuse(['socket'], ERRNO.EAFNOSUPPORT, [{ index: 0, value: highest + 1, op: 'SCMP_CMP_GE' }]),
      ...DENIED_IOCTLS.map((value) =>
        refuse(['ioctl'], ERRNO.EPERM, [{ index: 1, value, op: 'SCMP_CMP_EQ' }]),
      ),
    ],
  });
}
