import { isCommonPassword, isStandInWord } from '../placeholder.ts';

/** `user:password@host` behind `://`. */
const CREDENTIALS =
  /\/\/([^\s:@/"'`<>{}$\\]{0,80}(?:@[^\s:@/"'`<>{}$\\]{1,80})?):([^\s:/"'`<>{}$\\]{3,200})@([\w.,:%[\]-]{1,250})/y;

/** Machines that only the developer reaches, and names that only a private network knows. */
const LOCAL_HOST =
  /^(?:[\w-]+(?::\d+)?$|localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|(?:host|hostname|server|db|database|postgres|postgresql|mysql|mariadb|redis|mongo|mongodb|rabbitmq|proxy|address)(?![\w.-]))/i;

/** The names that documentation uses (RFC 2606). */
const EXAMPLE_HOST = /(?:^|\.)example\.(?:com|org|net)(?::\d{1,5})?$/i;

/** An address that holds a password. */
export interface AddressCredentials {
  readonly scheme: string;
  readonly secret: string;
  readonly start: number;
  readonly end: number;
  /** The password is one that everybody tries first, the host is the developer's own machine, or none at all. */
  readonly isWeak: boolean;
}

/**
 * The credentials in the address whose `:` (of `://`) stands at a place, or null.
 * @param index of the colon
 */
export function addressCredentialsAt(text: string, index: number): AddressCredentials | null {
  if (text.charCodeAt(index + 1) !== 47 || text.charCodeAt(index + 2) !== 47) return null;
  CREDENTIALS.lastIndex = index + 1;
  const match = CREDENTIALS.exec(text);
  if (match === null) return null;
  const [, user, secret, host] = match as unknown as [string, string, string, string];
  if (isStandInWord(secret) || NAMED_ONLY.test(secret)) return null;
  const scheme = /[a-z][a-z0-9+.-]{1,20}$/i.exec(text.slice(Math.max(0, index - 21), index))?.[0];
  if (scheme === undefined) return null;
  const end = index + 1 + match[0].length;
  return {
    scheme: scheme.toLowerCase(),
    secret,
    start: index - scheme.length,
    end,
    isWeak:
      LOCAL_HOST.test(host) ||
      EXAMPLE_HOST.test(host) ||
      isCommonPassword(secret) ||
      secret === user ||
      secret.length < 6,
  };
}

/** A word that stands for the password rather than being one. */
const NAMED_ONLY =
  /^\*+$|^(?:x+|\.+|(?:my[-_]?)?(?:pw|pwd|pass|passwd|password|token|secret|key)(?:[-_]?(?:1|12|123|1234|12345))?)$/i;
