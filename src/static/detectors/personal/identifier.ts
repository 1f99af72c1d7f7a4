/** The rules that findings of personal data fall under. */
export const PERSONAL_GROUPS = [
  'personal-payment-card',
  'personal-bank-account',
  'personal-identifier',
  'personal-contact',
  'personal-device-address',
  'personal-health',
  'personal-records',
] as const;

/** One entry of {@link PERSONAL_GROUPS}. */
export type PersonalGroup = (typeof PERSONAL_GROUPS)[number];

/** One kind of number that belongs to a person. */
export interface Identifier {
  readonly title: string;
  readonly group: PersonalGroup;
  /** Of the whole value, without separators, in capitals. */
  readonly shape: RegExp;
  /** Whether it may have been issued: checksum, date, reserved ranges. */
  readonly isValid: (compact: string) => boolean;
  /** How it is written; any of the usual separators when absent. */
  readonly written?: RegExp;
  /** What people call it, in the languages of those who have one. */
  readonly context: RegExp;
  /**
   * - `certain`: shape and checksum are met by one random value in a thousand or fewer: reported wherever it stands.
   * - `likely`: by one in ten or so: reported beside its name, or alone in its line or cell.
   * - `named`: the shape says nothing: reported beside its name only.
   */
  readonly weight: 'certain' | 'likely' | 'named';
}

/** A row of a table of numbers of persons; the context as the source of an expression. */
export type IdentifierRow = readonly [
  title: string,
  weight: Identifier['weight'],
  shape: RegExp,
  context: string,
  isValid?: ((compact: string) => boolean) | undefined,
  written?: RegExp,
];
