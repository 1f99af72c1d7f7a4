import type { Language, Span } from '../../../model/program.ts';
import { isCommonPassword, isPlaceholder } from '../placeholder.ts';
import { placeOf } from '../text-events.ts';
import { decodedPair, judgeValue } from './assigned.ts';
import { hasUserAndHostNear, isCredentialFile, isShownOnly } from './credential-files.ts';
import type { SecretGroup } from './format.ts';
import { type GivenValue, nameBefore, valueAt } from './given-value.ts';
import { kindOfName } from './secret-name.ts';

/** A secret that only the name before it tells. */
export interface GivenSecret {
  readonly group: SecretGroup;
  readonly title: string;
  readonly span: Span;
  readonly secret: string;
}

const COMMA = 44;
const PARENTHESIS = 40;
const GREATER = 62;
const EQUALS = 61;
const BACKSLASH = 92;
const NEWLINE = 10;
const SPACE = 32;

/** Languages whose values stand without quotes. */
const BARE_LANGUAGES = new Set<Language>(['yaml', 'ini', 'text', 'shell', 'dockerfile']);
/** Languages of settings: a password in them is there to be used. */
const SETTINGS = new Set<Language>(['yaml', 'ini', 'text', 'json', 'toml', 'shell', 'dockerfile']);

/** The last three characters of names worth a look, as places of a table (five bits each, so that case does not count). */
const isEnding = new Uint8Array(32_768);
for (const ending of 'ord pwd swd ase ode ass ken ret ial als alt key pat sas api gin umb dsn uth ion dev rod ive old new lue val b64 e64 hex ult raw ain'.split(
  ' ',
)) {
  isEnding[placeOf(ending.charCodeAt(0), ending.charCodeAt(1), ending.charCodeAt(2))] = 1;
}

/** Calls whose second argument is a password. */
const LOGIN = /(?:log[-_]?in|sign[-_]?in|log[-_]?on|authenticate|credentials?)$/i;

/** Finds values that a telling name is given, around the signs that stand between the two. */
export class GivenSecrets {
  readonly #text: string;
  readonly #language: Language;
  readonly #path: string;
  readonly #isBare: boolean;

  constructor(text: string, language: Language, path: string) {
    this.#text = text;
    this.#language = language;
    this.#path = path;
    this.#isBare = BARE_LANGUAGES.has(language);
  }

  /** The secret behind a sign whose name stands before it, or null. */
  at(index: number, code: number): GivenSecret | null {
    if (!this.#mayBeNamed(index, code)) return null;
    if (code === PARENTHESIS) return this.#argument(index);
    const name = code === GREATER ? this.#nameOfElement(index) : nameBefore(this.#text, index);
    const kind = kindOfName(name);
    if (kind === null) return null;
    const value = code === GREATER ? this.#element(index) : valueAt(this.#text, index + 1);
    if (value === null || !this.#mayStand(value, kind === 'header', index, name)) return null;
    if (kind === 'header' && value.scheme === null) return null;
    if (kind === 'encoded-pair' || /^basic$/i.test(value.scheme ?? '')) return this.#pair(name, value);
    return this.#judged(name, kind === 'header' ? 'key' : kind, value);
  }

  /** Looks at a few characters on both sides: most signs have no name before them, or no value behind. */
  #mayBeNamed(index: number, code: number): boolean {
    const text = this.#text;
    const before = text.charCodeAt(index - 1);
    const next = text.charCodeAt(index + 1);
    if (
      code === EQUALS &&
      (next === EQUALS || next === GREATER || next === 126 || '=!<>~'.includes(text[index - 1] ?? ' '))
    )
      return false;
    if (code === GREATER && before !== EQUALS)
      return this.#language === 'text' && (before === 34 || isEnding[this.#endingAt(index)] === 1);
    if (code === 58 && (next === 58 || before === 58)) return false;
    if (code === COMMA && before !== 34 && before !== 39) return false;
    if (code === PARENTHESIS) {
      const argument = next === 34 || next === 39;
      return argument && (isEnding[this.#endingAt(index)] === 1 || /[ns]$/i.test(text[index - 1] ?? ''));
    }
    if (!this.#hasValue(index + 1)) return false;
    const place = this.#endingAt(code === GREATER ? index - 1 : index);
    return (
      isEnding[place] === 1 || isDigit(text.charCodeAt(index - 1)) || isDigit(text.charCodeAt(index - 2))
    );
  }

  /** A quote, also behind a letter as in `b"…"`; where values stand bare, anything; elsewhere at least a character at once. */
  #hasValue(index: number): boolean {
    const first = this.#text.charCodeAt(index);
    if (isQuoted(first) || first === BACKSLASH) return true;
    if (this.#isBare) return first !== NEWLINE;
    let at = index;
    while (at < index + 8 && this.#text.charCodeAt(at) === SPACE) at += 1;
    const next = this.#text.charCodeAt(at);
    return (
      isQuoted(next) ||
      isQuoted(this.#text.charCodeAt(at + 1)) ||
      (at === index && this.#isQuery(next, index))
    );
  }

  /** `?token=…`, `access_token=…` at the start of a string: a value without quotes inside one. */
  #isQuery(next: number, index: number): boolean {
    return this.#text.charCodeAt(index - 1) === EQUALS && (isDigit(next) || (next | 32) >= 97);
  }

  #endingAt(index: number): number {
    const text = this.#text;
    let at = index - 1;
    for (let steps = 0; steps < 24; steps += 1) {
      const code = text.charCodeAt(at);
      if (
        code !== 32 &&
        code !== 9 &&
        code !== 34 &&
        code !== 39 &&
        code !== 93 &&
        code !== 92 &&
        code !== 58
      )
        break;
      at -= 1;
    }
    return placeOf(text.charCodeAt(at - 2), text.charCodeAt(at - 1), text.charCodeAt(at));
  }

  /** `<Pass encoding="base64">…</Pass>` */
  #nameOfElement(index: number): string {
    const before = this.#text.slice(Math.max(0, index - 80), index);
    if (before.endsWith('=')) return nameBefore(this.#text, index - 1);
    return /<([A-Za-z][\w.-]{1,40})(?:\s[^<>]{0,60})?$/.exec(before)?.[1] ?? '';
  }

  #element(index: number): GivenValue | null {
    if (this.#text.charCodeAt(index - 1) === EQUALS) return valueAt(this.#text, index + 1);
    const end = index + 1 + this.#text.slice(index + 1, index + 400).indexOf('<');
    if (end === index || this.#text.charCodeAt(end + 1) !== 47) return null;
    const text = this.#text.slice(index + 1, end).trim();
    const start = this.#text.indexOf(text, index + 1);
    return text === '' ? null : { text, start, end: start + text.length, isQuoted: true, scheme: null };
  }

  /** Without quotes a value stands in settings, behind `Bearer`, and in the query of an address. */
  #mayStand(value: GivenValue, isHeader: boolean, index: number, name: string): boolean {
    if (value.isQuoted || isHeader || this.#isBare) return true;
    return (
      /[?&"']/.test(this.#text[index - name.length - 1] ?? '') && this.#text.charCodeAt(index) === EQUALS
    );
  }

  /** `setPassword("…")`, `login("user", "…")` */
  #argument(index: number): GivenSecret | null {
    const name = nameBefore(this.#text, index);
    const first = valueAt(this.#text, index + 1);
    if (first === null) return null;
    const kind = kindOfName(name);
    if (kind === 'password' || kind === 'key') {
      const isSetter = /^(?:set|with|use|add)|\.(?:set|with|use|add)/i.test(name);
      if (isSetter) return this.#judged(name, kind, first);
    }
    if (!LOGIN.test(name) || isShownOnly(this.#path)) return null;
    const comma = first.end + this.#text.slice(first.end, first.end + 4).indexOf(',');
    if (comma < first.end) return null;
    const second = valueAt(this.#text, comma + 1);
    return second?.isQuoted === true ? this.#judged('password', 'password', second) : null;
  }

  #pair(name: string, value: GivenValue): GivenSecret | null {
    const pair = decodedPair(value.text);
    if (pair === null) return null;
    const isWeak = isCommonPassword(pair.password) || isPlaceholder(pair.password);
    if (isWeak ? !isCredentialFile(this.#path) : isShownOnly(this.#path)) return null;
    const group = isWeak ? 'secret-written-password' : 'secret-stored-credentials';
    return { group, title: `${name} with user and password`, span: value, secret: value.text };
  }

  #judged(name: string, kind: 'password' | 'key', value: GivenValue): GivenSecret | null {
    const judgement = judgeValue(kind, name, value.text);
    if (judgement === null) return null;
    const given = { title: name.slice(-40).toLowerCase(), span: value, secret: value.text };
    if (judgement === 'random') return { ...given, group: 'secret-generic' };
    if (judgement === 'common-password')
      return isCredentialFile(this.#path) ? { ...given, group: 'secret-written-password' } : null;
    if (isShownOnly(this.#path)) return null;
    const isUsable = SETTINGS.has(this.#language) && hasUserAndHostNear(this.#text, value);
    return { ...given, group: isUsable ? 'secret-stored-credentials' : 'secret-written-password' };
  }
}

function isQuoted(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
