import type { Language, Span } from '../../../model/program.ts';
import type { Detection } from '../detector.ts';
import { isPlaceholder, redact } from '../placeholder.ts';
import { addressCredentialsAt } from './address-credentials.ts';
import { passwordsInFile } from './credential-files.ts';
import type { SecretFormat, SecretGroup } from './format.ts';
import { GivenSecrets } from './given-secrets.ts';
import { passwordHashAt } from './password-hash.ts';
import { formatsAt } from './prefix-index.ts';
import { privateKeyAt } from './private-key.ts';

const COLON = 58;
const SLASH = 47;

/** Telegram's bot tokens begin with the bot's number. */
const BOT_TOKEN = /\d{8,10}:AA[\w-]{32,33}(?![A-Za-z0-9_-])/y;

/** Collects the credentials of one text from the places that a pass over it names. */
export class SecretFinder {
  readonly #text: string;
  readonly #path: string;
  readonly #given: GivenSecrets;
  readonly #found: Detection[] = [];
  /** Up to here the text belongs to a secret that was found. */
  #end = 0;

  constructor(text: string, language: Language, path: string) {
    this.#text = text;
    this.#path = path;
    this.#given = new GivenSecrets(text, language, path);
  }

  /** Everything found, in the order of the text. */
  finish(): readonly Detection[] {
    for (const span of passwordsInFile(this.#text, this.#path)) {
      if (this.#found.some((known) => known.span.start < span.end && span.start < known.span.end)) continue;
      this.#add(
        'secret-stored-credentials',
        'password of a client',
        span,
        this.#text.slice(span.start, span.end),
      );
    }
    return this.#found.sort((a, b) => a.span.start - b.span.start);
  }

  #add(group: SecretGroup, title: string, span: Span, secret: string, note = ''): void {
    this.#end = Math.max(this.#end, span.end);
    this.#found.push({ name: group, span, detail: `${title} ${redact(secret)}${note}`, secret });
  }

  word(index: number): void {
    if (index < this.#end) return;
    for (const format of formatsAt(this.#text, index)) if (this.#accepts(format, index)) return;
  }

  #accepts(format: SecretFormat, index: number): boolean {
    const { pattern } = format;
    pattern.lastIndex = index;
    const match = pattern.exec(this.#text);
    if (match === null) return false;
    const secret = match[1] ?? match[0];
    if (isPieceOfData(this.#text, index, index + match[0].length)) return false;
    if (format.accepts?.(secret) === false) return false;
    if (format.near !== undefined && !format.near.test(this.#around(index, match[0].length))) return false;
    const isVerified = format.hasChecksum?.(secret);
    // A checksum that fits is no accident; anything else may have been made up.
    if (isVerified !== true && isStandIn(secret, format)) return false;
    const span = { start: index, end: index + match[0].length };
    if (isVerified === false)
      this.#add('secret-unverified-token', format.title, span, secret, ', whose checksum does not fit');
    else this.#add(format.group, format.title, span, secret);
    return true;
  }

  /** The lines about a place: what a shape that many things have is judged by. */
  #around(index: number, length: number): string {
    return this.#text.slice(Math.max(0, index - 200), index + length + 120);
  }

  longWord(start: number, end: number): void {
    // Azure DevOps signs its tokens at a fixed place.
    if (end - start !== 84 || start < this.#end || !this.#text.startsWith('AZDO', start + 76)) return;
    const secret = this.#text.slice(start, end);
    this.#add('secret-code-host-token', 'Azure DevOps token', { start, end }, secret);
  }

  digit(index: number): void {
    let end = index + 8;
    while (end < index + 10 && this.#text.charCodeAt(end) !== COLON) end += 1;
    if (this.#text.charCodeAt(end) !== COLON || this.#text.charCodeAt(end + 1) !== 65) return;
    BOT_TOKEN.lastIndex = index;
    const match = BOT_TOKEN.exec(this.#text);
    if (match === null || isPlaceholder(match[0].slice(match[0].indexOf(':') + 3))) return;
    this.#add(
      'secret-messaging-token',
      'Telegram bot token',
      { start: index, end: index + match[0].length },
      match[0],
    );
  }

  sign(index: number, code: number): void {
    if (code === COLON && this.#text.charCodeAt(index + 1) === SLASH) return this.#address(index);
    if (index < this.#end) return;
    const given = this.#given.at(index, code);
    // What a provider's format says of the value says more than the name does.
    if (given === null || this.#isOfProvider(given.span)) return;
    this.#add(given.group, given.title, given.span, given.secret);
  }

  #isOfProvider({ start, end }: Span): boolean {
    for (let index = start; index < end; index += 1) {
      if (index > start && /\w/.test(this.#text[index - 1]!)) continue;
      const before = this.#end;
      this.word(index);
      if (this.#end !== before) return true;
    }
    return false;
  }

  #address(index: number): void {
    const found = addressCredentialsAt(this.#text, index);
    if (found === null || found.isWeak || found.end <= this.#end) return;
    const before = this.#found.length;
    const start = this.#text.indexOf(found.secret, index);
    // A token of a known service in an address is reported as what it is.
    if (this.#isOfProvider({ start, end: start + found.secret.length }) || this.#found.length > before)
      return;
    const title = `${found.scheme} address with the password`;
    this.#add('secret-connection-string', title, { start: found.start, end: found.end }, found.secret);
  }

  dollar(index: number): void {
    if (index < this.#end) return;
    const hash = passwordHashAt(this.#text, index);
    if (hash === null) return;
    this.#add('secret-password-hash', 'password hash', { start: index, end: index + hash.length }, hash);
  }

  dashes(index: number): void {
    const key = privateKeyAt(this.#text, index);
    if (key === null) return;
    const span = { start: index, end: key.end };
    this.#end = key.end;
    const secret = this.#text.slice(index, key.end).slice(-64);
    this.#found.push({ name: key.group, span, detail: key.title, secret });
  }
}

/** So many characters of base64 on one side of a token say that it is a piece of data, which holds every short text somewhere. */
const DATA_AROUND = 200;

/** True for a token inside a long run of base64, as fonts, pictures and WebAssembly stand in bundles. */
function isPieceOfData(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - DATA_AROUND), start);
  const after = text.slice(end, end + DATA_AROUND);
  return (
    (before.length === DATA_AROUND && /^[A-Za-z0-9+/]+$/.test(before)) ||
    (after.length === DATA_AROUND && /^[A-Za-z0-9+/]+$/.test(after))
  );
}

/** Looks behind the prefix: `sk_live_` says nothing about whether the rest was made up. */
function isStandIn(secret: string, format: SecretFormat): boolean {
  if (format.prefixes[0]!.startsWith('PuTTY')) return false;
  const prefix = format.prefixes.find((start) => secret.startsWith(start)) ?? '';
  return isPlaceholder(secret.slice(prefix.length).replace(/^[A-Za-z]{2,7}[-_.]/, ''));
}
