import { CLONE3, DENIED_IOCTLS, ERRNO, NAMESPACE_FLAGS } from './seccomp.ts';
import { DEFAULT_PROFILE, type SeccompProfile } from './profiles.ts';

interface ArgumentRule {
  readonly index: number;
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_NE' | 'SCMP_CMP_GE' | 'SCMP_CMP_MASKED_EQ';
}

function refuse(names: readonly string[], errnoRet: number, args: readonly ArgumentRule[] = []): object {
  return { names, action: 'SCMP_ACT_ERRNO', errnoRet, ...(args.length === 0 ? {} : { args }) };
}

/** Datagrams and raw packets; flags beside the type do not matter. */
function refusePair(type: number): object {
  return refuse(['socketpair'], ERRNO.EPERM, [
    { index: 1, value: 0xf, valueTwo: type, op: 'SCMP_CMP_MASKED_EQ' },
  ]);
}

/**
 * The same filter as {@link seccompProgram} in the JSON that container engines take (OCI runtime specification, `linux.seccomp`).
 * Calls of any architecture but the two listed are killed by the library that compiles it.
 */
export function seccompContainerProfile(
  profile: SeccompProfile = DEFAULT_PROFILE,
  architecture: string = process.arch,
): string {
  const { socketFamilies } = profile;
  const highest = Math.max(-1, ...socketFamilies);
  const below = Array.from({ length: Math.max(0, highest) }, (_, family) => family);
  const families = below.filter((family) => !socketFamilies.includes(family));
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: [architecture === 'arm64' ? 'SCMP_ARCH_AARCH64' : 'SCMP_ARCH_X86_64'],
    syscalls: [
      refuse(
        profile.denied.map((call) => call.name),
        ERRNO.EPERM,
      ),
      ...(profile.pairsAreStreams ? [2, 3].map(refusePair) : []),
      ...(profile.ownLimitsOnly
        ? [refuse(['prlimit64'], ERRNO.EPERM, [{ index: 0, value: 0, op: 'SCMP_CMP_NE' }])]
        : []),
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
