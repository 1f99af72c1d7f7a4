import { entropyOf } from '../entropy.ts';
import type { SecretGroup } from './format.ts';

const KEY =
  /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP|SSH2 ENCRYPTED|ANY) )?PRIVATE KEY(?: BLOCK)?-----((?:[\s\\nr"'+,]|(?:Version|Comment|Proc-Type|DEK-Info): [^\n\\]{1,100}){1,160}[A-Za-z0-9+/=:,\s\\"'-]{64})/y;

/** A private key in one of the armours of PEM, OpenSSH or PGP. */
export interface PrivateKey {
  readonly group: SecretGroup;
  readonly title: string;
  readonly end: number;
}

/** The private key whose first line begins at a place, or null: the header alone, or a made-up body, is none. */
export function privateKeyAt(text: string, index: number): PrivateKey | null {
  if (!text.startsWith('-----BEGIN ', index)) return null;
  KEY.lastIndex = index;
  const match = KEY.exec(text);
  // Real keys hold long runs of one character (padding, small numbers), so only their variety counts.
  if (match === null || entropyOf(match[1]!.slice(-64)) < 3.5) return null;
  const head = match[0].slice(0, 60);
  const isEncrypted =
    / ENCRYPTED/.test(head) ||
    /Proc-Type: 4,ENCRYPTED|DEK-Info/.test(match[0]) ||
    hasOpenSshCipher(match[1]!);
  return {
    group: isEncrypted ? 'secret-encrypted-key' : 'secret-private-key',
    title: isEncrypted ? 'encrypted private key' : 'private key',
    end: index + match[0].length,
  };
}

/** OpenSSH's own format names its cipher behind the magic `openssh-key-v1\0`: four bytes of length, then `none` or a name. */
function hasOpenSshCipher(body: string): boolean {
  const bytes = Buffer.from(body.replace(/[^A-Za-z0-9+/]/g, ''), 'base64').toString('latin1');
  return bytes.startsWith('openssh-key-v1\0') && !bytes.startsWith('none', 19);
}
