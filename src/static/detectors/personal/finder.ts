import type { Language, Span } from '../../../model/program.ts';
import type { Detection } from '../detector.ts';
import { redact } from '../placeholder.ts';
import { isShownOnly } from '../secrets/credential-files.ts';
import { placeOf } from '../text-events.ts';
import { internationalPhoneAt, mailAt, phonesIn, streetsIn } from './contacts.ts';
import type { Identifier, PersonalGroup } from './identifier.ts';
import { isHealthRecord, MENTION_STARTS, mentionsAt } from './mentions.ts';
import { IBAN_COUNTRIES, MONEY } from './money.ts';
import { NATIONAL_IDS } from './national.ts';
import { deviceAddressesIn, hostAddressesIn } from './network.ts';
import { numberIn, valuesNear } from './values.ts';
import { loneValues } from './lone-values.ts';

const IDENTIFIERS: readonly Identifier[] = [...MONEY, ...NATIONAL_IDS];
const CERTAIN = IDENTIFIERS.filter(({ weight }) => weight === 'certain');
/** Written in groups, a card's number is nothing else. */
const GROUPED_CARD = MONEY.filter(({ group }) => group === 'personal-payment-card');

/** 1 at the places of the three characters that something personal, or the word for it, begins with. */
export const PERSONAL_STARTS = new Uint8Array(32_768);
for (const start of MENTION_STARTS) {
  const [a, b, c] = [start.charCodeAt(0), start.charCodeAt(1), start.charCodeAt(2)];
  for (let third = 0; third < 32; third += 1) {
    if (Number.isNaN(c) || (c & 31) === third) PERSONAL_STARTS[placeOf(a, b, third)] = 1;
  }
}
for (const country of IBAN_COUNTRIES)
  for (let digit = 48; digit < 58; digit += 1)
    PERSONAL_STARTS[placeOf(country.charCodeAt(0), country.charCodeAt(1), digit)] = 1;

/** Languages that hold data and prose rather than code. */
const DATA = new Set<Language>(['text', 'json', 'yaml', 'toml', 'ini', 'markdown', 'notebook']);
/** Files that name the people who made something. */
const CREDITS =
  /(?:^|\/)(?:licen[cs]e|copying|notice|authors|contributors|maintainers|codeowners|credits|thanks|acknowledg\w+|pyproject\.toml|package(?:-lock)?\.json|setup\.(?:py|cfg)|cargo\.toml|composer\.json|pkg-info|metadata|conf\.py|.*\.gemspec|citation\.cff|.*\.bib|codemeta\.json|plugin\.json|marketplace\.json|security|code_of_conduct)[^/]*$/i;

/** From so many different ones on it is a list of people, not a mention. */
const MANY = 20;
const SOME = 5;

interface Kind {
  readonly group: PersonalGroup;
  readonly span: Span;
  readonly values: Set<string>;
}

/** Collects the personal data of one text from the places that a pass over it names: one detection for each kind. */
export class PersonalFinder {
  readonly #text: string;
  readonly #path: string;
  readonly #isData: boolean;
  readonly #isCredits: boolean;
  readonly #kinds = new Map<string, Kind>();
  #end = 0;
  #lookedTo = -30;

  constructor(text: string, language: Language, path: string) {
    this.#text = text;
    this.#path = path;
    this.#isData = DATA.has(language);
    this.#isCredits = CREDITS.test(path);
  }

  finish(): readonly Detection[] {
    if (this.#isData) {
      for (const { identifier, span } of loneValues(this.#text, this.#path, IDENTIFIERS))
        this.#addNumber(identifier, span);
    }
    const found: Detection[] = [];
    const isShown = isShownOnly(this.#path);
    let people = 0;
    for (const [title, { group, span, values }] of this.#kinds) {
      // In tests and documentation one or two are examples; a list of them is data.
      if ((isShown || this.#isCreditOfCode(group)) && values.size < SOME) continue;
      people = Math.max(
        people,
        group === 'personal-health' || group === 'personal-device-address' ? 0 : values.size,
      );
      const [first] = values;
      const more = values.size > 1 ? ` and ${values.size - 1} more` : '';
      found.push({ name: group, span, detail: `${title} ${redact(first!)}${more}`, secret: first! });
    }
    if (people >= MANY && !this.#isCredits) {
      const { span } = [...this.#kinds.values()][0]!;
      found.push({ name: 'personal-records', span, detail: `data of ${people} people` });
    }
    return found;
  }

  /** Who wrote a program is said in its comments. */
  #isCreditOfCode(group: PersonalGroup): boolean {
    return group === 'personal-contact' && !this.#isData;
  }

  #add(group: PersonalGroup, title: string, span: Span): void {
    const value = this.#text.slice(span.start, span.end);
    const kind = this.#kinds.get(title);
    if (kind === undefined) this.#kinds.set(title, { group, span, values: new Set([value]) });
    else if (kind.values.size < 1_000) kind.values.add(value);
  }

  #addNumber({ group, title }: Identifier, span: Span): void {
    this.#add(group, title, span);
  }

  word(index: number): void {
    const third = this.#text.charCodeAt(index + 2);
    if (third >= 48 && third <= 57) return this.#number(index);
    if (index < this.#end) return;
    for (const { subject, end } of mentionsAt(this.#text, index)) {
      const to = Math.min(this.#text.length, end + 90);
      if (subject === 'number') this.#named(index, to);
      else if (subject === 'phone')
        this.#addAll('personal-contact', 'telephone number', phonesIn(this.#text, end, to));
      else if (subject === 'street')
        this.#addAll(
          'personal-contact',
          'postal address',
          streetsIn(this.#text, Math.max(0, index - 60), to),
        );
      else if (!this.#isData) continue;
      else if (subject === 'network')
        this.#addAll(
          'personal-device-address',
          'address on the Internet',
          hostAddressesIn(this.#text, end, to),
        );
      else if (subject === 'device')
        this.#addAll(
          'personal-device-address',
          'address of a network card',
          deviceAddressesIn(this.#text, end, to),
        );
      else if (isHealthRecord(this.#text, index, end))
        this.#add('personal-health', 'health or biometric data', { start: index, end });
    }
  }

  #addAll(group: PersonalGroup, title: string, spans: Iterable<Span>): void {
    if (this.#isCredits) return;
    for (const span of spans) this.#add(group, title, span);
  }

  /** Numbers beside what they are called. */
  #named(from: number, to: number): void {
    // What stands near the word before was looked at with it.
    if (to < this.#lookedTo + 30) return;
    this.#lookedTo = to;
    for (const { identifier, span } of valuesNear(this.#text, from, to, IDENTIFIERS))
      this.#addNumber(identifier, span);
  }

  #number(index: number): void {
    if (index < this.#end) return;
    const found = numberIn(this.#text, index, CERTAIN);
    if (found === null) return;
    this.#end = found.span.end;
    this.#addNumber(found.identifier, found.span);
  }

  digit(index: number): void {
    const text = this.#text;
    if (text.charCodeAt(index - 1) === 43) {
      const span = this.#isData ? internationalPhoneAt(text, index - 1) : null;
      if (span !== null && !this.#isCredits) this.#add('personal-contact', 'telephone number', span);
      return;
    }
    // Shorter than the shortest that is certain by itself, for the most part.
    const sixth = text.charCodeAt(index + 6);
    const tenth = text.charCodeAt(index + 9);
    if (!(sixth <= 57 && sixth >= 32) && !(sixth >= 65 && sixth <= 89)) return;
    if (!(tenth <= 57 && tenth >= 32)) return;
    this.#number(index);
    if (index < this.#end || !/[ -]/.test(text[index + 4] ?? '')) return;
    const card = numberIn(text, index, GROUPED_CARD);
    if (card !== null) this.#addNumber(card.identifier, card.span);
  }

  at(index: number): void {
    if (this.#isCredits) return;
    const span = mailAt(this.#text, index);
    if (span !== null) this.#add('personal-contact', 'address of mail', span);
  }
}
