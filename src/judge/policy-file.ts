import type { Policy } from '../model/policy.ts';
import { readDocument } from '../manifest/document.ts';
import { DEFAULT_POLICY } from './default-policy.ts';

/**
 * Reads the operator's policy; what it does not mention stays as in {@link DEFAULT_POLICY}.
 * @throws SbxError of kind `config` naming file, line and column when it cannot be read, parsed or is not a policy
 */
export function readPolicy(file: string): Policy {
  return { ...DEFAULT_POLICY, ...(readDocument(file, 'policy') as Partial<Policy>) };
}
