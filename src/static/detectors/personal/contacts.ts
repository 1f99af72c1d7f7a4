import type { Span } from '../../../model/program.ts';

/** Domains that nobody owns (RFC 2606, RFC 6761) or that programs make up. */
const NOBODYS_DOMAIN =
  /(?:^|\.)(?:example|test|invalid|localhost|local|internal|lan|home|corp|onmicrosoft)$|(?:^|\.)(?:example|test|domain|mydomain|yourdomain|company|acme|foo|bar|email|mail|sample|contoso|fabrikam|users\.noreply\.github|host|site|website|school|university|corp|server|xyz|abc|x|y)\.(?:com|org|net|edu|io|co|dev)$/i;

/** Mailboxes of functions, not of persons, and names that stand for anybody's. */
const NOBODYS_NAME =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|git|root|admin|administrator|info|support|contact|hello|help|sales|security|abuse|webmaster|postmaster|hostmaster|office|team|press|legal|privacy|conduct|coc|jobs|careers|billing|service|noreply|bot|notifications?|mailer-daemon|users?|username|name|first\.?last|firstname\.lastname|you|your[-_.]?\w*|me|my\w*|someone|somebody|test\w*|foo|bar|baz|demo|sample|example|abc|xyz|john|jane|(?:alice|bob|carol|charlie|dave|eve|mallory|john|jane)[._-]\w+|john[-_.]?doe|jane[-_.]?doe|jdoe|alice|bob|carol|dave|eve|joe|user\d*|author|maintainers?|dev|developers?|opensource|oss|.*\[bot\]|[a-z]|[0-9]+)$/i;

const LOCAL = /[A-Za-z0-9._%+-]{1,64}$/;
const DOMAIN =
  /@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}(?:[A-Za-z]{2,24}|xn--[a-z0-9-]{2,59}))(?![\w@(:-]|\.\w)/y;

/** What says that an address is somebody's own, whatever it looks like. */
const SOMEBODYS =
  /\b(?:my|his|her|their|mein\w*|mon|mi|il mio)\s+(?:personal\s+)?(?:e-?mail|mail|address|correo)/i;

/** What says that an address is published for people to write to. */
const PUBLISHED =
  /author|maintain|copyright|\(c\)|©|contact|signed-off|co-authored|licen[cs]e|report|bugs?\b|security|conduct|mailto:|committer|reviewed|contribut|mail me|write to|questions|feedback|homepage/i;

/** The address of mail around an `@`, when it is a person's and not published; null otherwise. */
export function mailAt(text: string, index: number): Span | null {
  DOMAIN.lastIndex = index;
  const domain = DOMAIN.exec(text);
  if (domain === null) return null;
  const local = LOCAL.exec(text.slice(Math.max(0, index - 64), index))?.[0] ?? '';
  if (
    local === '' ||
    local.startsWith('.') ||
    /\.(?:png|jpe?g|svg|gif|css|js|ts|py|md|json)$/i.test(domain[1]!)
  )
    return null;
  const start = index - local.length;
  if (
    /[/:@=\w]/.test(text[start - 1] ?? ' ') &&
    !/\bmailto:$|[=:]$/.test(text.slice(Math.max(0, start - 8), start))
  )
    return null;
  const line = text
    .slice(Math.max(0, start - 160), start)
    .split('\n')
    .at(-1)!;
  const isTheirs = SOMEBODYS.test(line);
  if (NOBODYS_DOMAIN.test(domain[1]!)) return null;
  if (!isTheirs && (NOBODYS_NAME.test(local) || PUBLISHED.test(line))) return null;
  return { start, end: index + domain[0].length };
}

const INTERNATIONAL = /\+[1-9]\d{0,2}(?:[ .()-]{0,2}\d){6,13}(?!\d)/y;
const NATIONAL = /(?<![\w.])(?:\(\d{2,5}\)|0?\d{2,5})[ .-]{0,2}\d{2,4}(?:[ .-]?\d{2,4}){1,3}(?![\w.]\d)/g;

/** Numbers of films and books, sequences, and one digit over and over. */
function isMadeUp(digits: string): boolean {
  return (
    /^1?\d{3}555\d{4}$|555(?:0|1)\d{2,3}$|(\d)\1{5}|0{5}|123456|234567|345678|456789|987654/.test(digits) ||
    new Set(digits).size < 4
  );
}

/** The telephone number with its country's code behind a `+`, or null. */
export function internationalPhoneAt(text: string, index: number): Span | null {
  INTERNATIONAL.lastIndex = index;
  const match = INTERNATIONAL.exec(text);
  if (match === null || /[\w)+]/.test(text[index - 1] ?? ' ')) return null;
  const digits = match[0].replace(/\D/g, '');
  return digits.length < 9 || digits.length > 15 || isMadeUp(digits)
    ? null
    : { start: index, end: index + match[0].length };
}

/** Telephone numbers in a piece of text that says it holds one. */
export function* phonesIn(text: string, from: number, to: number): Generator<Span> {
  for (const match of text.slice(from, to).matchAll(NATIONAL)) {
    const digits = match[0].replace(/\D/g, '');
    if (digits.length >= 9 && digits.length <= 13 && !isMadeUp(digits))
      yield { start: from + match.index, end: from + match.index + match[0].trimEnd().length };
  }
}

const STREET =
  /\b\d{1,5}[A-Za-z]?[ \t](?:[NSEW]\.?[ \t])?(?:[A-Z][A-Za-z'-]{1,20}[ \t]){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Square|Terrace|Way)\b\.?[^\n]{2,60}?\b(?:[A-Z]{2}[ \t]\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?[ \t]?\d[A-Z]{2})\b/g;

/** Postal addresses, with street and code, around a place that names a street. */
export function* streetsIn(text: string, from: number, to: number): Generator<Span> {
  for (const match of text.slice(from, to).matchAll(STREET))
    yield { start: from + match.index, end: from + match.index + match[0].length };
}
