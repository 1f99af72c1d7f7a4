import { isBase58Check } from '../base58.ts';
import { formatsOf, type SecretFormat } from '../format.ts';
import { isBech32, isJsonWebToken } from '../structure.ts';

/** Keys to money that nobody can take back. */
const WALLETS = formatsOf('secret-wallet-key', [
  ['Bitcoin private key', '5H 5J 5K', '[1-9A-HJ-NP-Za-km-z]{49}', { accepts: isBase58Check }],
  ['Bitcoin private key', 'K L', '[1-9A-HJ-NP-Za-km-z]{51}', { accepts: isBase58Check }],
  [
    'extended private key',
    'xprv yprv zprv tprv',
    '[1-9A-HJ-NP-Za-km-z]{103,108}',
    { accepts: isBase58Check },
  ],
  ['Nostr private key', 'nsec1', '[02-9ac-hj-np-z]{58}', { accepts: isBech32 }],
]);

const TOKENS = formatsOf('secret-json-web-token', [
  [
    'JSON web token',
    'eyJ',
    '[\\w-]{10,400}\\.eyJ[\\w-]{10,8000}\\.[\\w-]{20,1000}',
    { accepts: isJsonWebToken },
  ],
]);

/** PuTTY's own key files: the lines behind `Private-Lines` are the key, encrypted or not. */
const PUTTY: readonly SecretFormat[] = (['secret-private-key', 'secret-encrypted-key'] as const).map(
  (group) => ({
    group,
    title: group === 'secret-private-key' ? 'PuTTY private key' : 'encrypted PuTTY private key',
    prefixes: ['PuTTY-User-Key-File-'],
    pattern: new RegExp(
      `PuTTY-User-Key-File-\\d: [\\w-]{3,40}\\r?\\nEncryption: ${group === 'secret-private-key' ? 'none' : 'aes'}`,
      'y',
    ),
  }),
);

// The whole of it, or what follows would tell that it lies in the middle of data.
const ENCODED: SecretFormat = {
  group: 'secret-private-key',
  title: 'private key in base64',
  prefixes: ['LS0tLS1CRUdJTi'],
  pattern: /LS0tLS1CRUdJTi[A-Za-z0-9+/]{120,20000}={0,2}/y,
  accepts: isEncodedKey,
};

/** The base64 of `-----BEGIN … PRIVATE KEY-----`. */
function isEncodedKey(secret: string): boolean {
  return /^-----BEGIN [A-Z ]{0,20}PRIVATE KEY/.test(
    Buffer.from(secret.slice(0, 80), 'base64').toString('latin1'),
  );
}

/** Logins that Firefox saved: the key that opens them lies in the same folder. */
const SAVED = formatsOf('secret-stored-credentials', [
  ['saved login of Firefox', 'MDoEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECA', '[A-Za-z0-9+/]{20,400}={0,2}'],
]);

/** Lines of `.netrc`: machine, login and password, on one line or three. */
const NETRC: SecretFormat = {
  group: 'secret-stored-credentials',
  title: '.netrc password',
  prefixes: ['machine'],
  pattern:
    /machine[ \t]{1,8}[\w.-]{1,200}\s{1,40}login[ \t]{1,8}\S{1,100}\s{1,40}password[ \t]{1,8}([^\s"'<>${}]{3,200})/y,
};

export const KEY_FORMATS = [...WALLETS, ...TOKENS, ENCODED, ...SAVED, ...PUTTY, NETRC];
