import type { Policy } from '../model/policy.ts';

/**
 * What sbx does when the operator says nothing: an attack rejects, an open question goes to a person, a lone capability does
 * neither. Sums never count: ten notes are ten notes.
 */
export const DEFAULT_POLICY: Policy = {
  schema: 'sbx.policy/1',
  reject: [
    { kinds: ['chain', 'contradiction', 'indicator', 'behaviour'], severity: 'high', confidence: 'medium' },
  ],
  review: [
    { kinds: ['chain', 'contradiction', 'indicator', 'behaviour'], severity: 'high', confidence: 'low' },
    { kinds: ['chain', 'contradiction', 'indicator', 'behaviour'], severity: 'medium', confidence: 'medium' },
    { kinds: ['weakness'], severity: 'high', confidence: 'high' },
  ],
  require: [],
  guarantees: [],
  deny: {},
};
