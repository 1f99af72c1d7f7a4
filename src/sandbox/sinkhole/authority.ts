import { lstatSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SandboxCommand } from '../backend.ts';

/** Where most systems keep the certificates of all authorities in one file. */
const SYSTEM_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const OWN_BUNDLE = '/etc/sbx-authority.pem';

/** Variables by which programs and libraries are told which authorities to trust. */
const VARIABLES = [
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'GIT_SSL_CAINFO',
  'PIP_CERT',
  'AWS_CA_BUNDLE',
  'npm_config_cafile',
] as const;

/**
 * The same command in a sandbox that trusts the sinkhole's authority, and it alone: in the system's own place where there is one, and
 * by the variables that programs look at.
 * @param authority the certificate's file on the host
 */
export function trusting(command: SandboxCommand, authority: string): SandboxCommand {
  const target = command.image === null && hasSystemBundle() ? SYSTEM_BUNDLE : OWN_BUNDLE;
  return {
    ...command,
    mounts: [...command.mounts, { source: authority, target }],
    environment: {
      ...Object.fromEntries(VARIABLES.map((name) => [name, target])),
      ...command.environment,
    },
  };
}

/** A link's place is another one inside, or nowhere. */
function hasSystemBundle(): boolean {
  try {
    return (
      lstatSync(SYSTEM_BUNDLE).isFile() && realpathSync(dirname(SYSTEM_BUNDLE)) === dirname(SYSTEM_BUNDLE)
    );
  } catch {
    return false;
  }
}
