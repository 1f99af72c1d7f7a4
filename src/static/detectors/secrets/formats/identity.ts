import { formatsOf } from '../format.ts';

/** Tokens of secret stores and identity providers: each opens many other doors. */
export const IDENTITY_FORMATS = formatsOf('secret-identity-token', [
  ['HashiCorp Vault token', 'hvs. hvb. hvr.', '[\\w-]{24,300}'],
  ['HashiCorp Vault token', 's. b. r.', '[A-Za-z0-9]{24,26}', { near: /vault/i }],
  ['Terraform Cloud token', 'atlasv1.', '[A-Za-z0-9_-]{60,80}'],
  ['1Password service token', 'ops_eyJ', '[A-Za-z0-9+/_-]{250,900}={0,2}'],
  ['1Password secret key', 'A3-', '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}'],
  ['Doppler token', 'dp.ct. dp.pt. dp.sa. dp.scim. dp.audit.', '[A-Za-z0-9]{40,44}'],
  ['Doppler service token', 'dp.st.', '(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}'],
  ['Infisical token', 'st.', '[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}\\.[a-f0-9]{32}\\.[a-f0-9]{32}'],
  ['Okta token', '00', '[\\w-]{39}\\w', { near: /okta|ssws/i }],
  ['Stytch secret', 'secret-live-', '[\\w-]{36,48}='],
  ['Age secret key', 'AGE-SECRET-KEY-1', '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'],
  [
    'Bitwarden machine token',
    '0.',
    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[A-Za-z0-9]{30}:[A-Za-z0-9+/]{22}==',
  ],
  [
    'Tailscale key',
    'tskey-',
    '(?:api|auth|client|scim|webhook|reusable)-[A-Za-z0-9]{8,20}(?:CNTRL)?-[A-Za-z0-9]{20,40}',
  ],
  ['Salesforce session', '00D', '[A-Za-z0-9]{12}![A-Za-z0-9._]{80,140}'],
  ['Adobe client secret', 'p8e- p8-', '[\\w-]{32}'],
  ['Ory token', 'ory_pat_ ory_at_ ory_st_', '[A-Za-z0-9_-]{32,90}'],
]);
