/** The rules that findings fall under: one for each group of providers, each with its own severity. */
export const SECRET_GROUPS = [
  'secret-cloud-key',
  'secret-public-key',
  'secret-code-host-token',
  'secret-messaging-token',
  'secret-payment-key',
  'secret-model-provider-key',
  'secret-package-registry-token',
  'secret-identity-token',
  'secret-data-service-token',
  'secret-workplace-token',
  'secret-monitoring-key',
  'secret-delivery-token',
  'secret-wallet-key',
  'secret-private-key',
  'secret-encrypted-key',
  'secret-json-web-token',
  'secret-connection-string',
  'secret-password-hash',
  'secret-test-key',
  'secret-stored-credentials',
  'secret-written-password',
  'secret-unverified-token',
  'secret-generic',
] as const;

/** One entry of {@link SECRET_GROUPS}. */
export type SecretGroup = (typeof SECRET_GROUPS)[number];

/** How one kind of credential looks, as its provider documents it. */
export interface SecretFormat {
  readonly group: SecretGroup;
  /** What it is, for the message. */
  readonly title: string;
  /** How such a secret begins: one of these, at least two characters each, the first of them a letter or digit. */
  readonly prefixes: readonly string[];
  /** Sticky; starts at the prefix. The first group, if any, is the secret itself. Every repetition is bounded. */
  readonly pattern: RegExp;
  /** Whether it is of the format at all, where a pattern cannot tell. */
  readonly accepts?: (secret: string) => boolean;
  /** Whether the checksum inside fits; only for formats that have one. */
  readonly hasChecksum?: (secret: string) => boolean;
  /** What the text around must say for the shape alone says too little; asked for within a line or two before it. */
  readonly near?: RegExp;
}

/** What a format asks for beside its shape. */
type Conditions = Pick<SecretFormat, 'accepts' | 'hasChecksum' | 'near'>;

/** A row of a table of formats: title, prefixes with spaces between, what follows the prefix, and further conditions. */
export type Row = readonly [title: string, prefixes: string, rest: string, conditions?: Conditions];

/** What follows a secret must not go on like one. */
const END = '(?![A-Za-z0-9_-])';

/** The formats that a table of one group describes. Expressions are compiled when they are first asked for. */
export function formatsOf(group: SecretGroup, rows: readonly Row[]): readonly SecretFormat[] {
  return rows.map(([title, prefixes, rest, conditions]) => {
    const starts = prefixes.split(' ');
    let compiled: RegExp | undefined;
    return {
      group,
      title,
      prefixes: starts,
      get pattern() {
        return (compiled ??= new RegExp(`(?:${starts.map(literally).join('|')})${rest}${END}`, 'y'));
      },
      ...conditions,
    };
  });
}

function literally(text: string): string {
  return text.replace(/[.+*?^$()[\]{}|\\/]/g, '\\$&');
}
