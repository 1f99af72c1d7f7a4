import type { Language } from '../../model/program.ts';
import type { Detection, Detector } from './detector.ts';
import { entropyOf } from './entropy.ts';
import { genericSecretAt, SECRET_NAME } from './generic-secret.ts';
import { isPlaceholder, redact } from './placeholder.ts';
import { SECRET_FORMATS } from './providers.ts';
import type { SecretFormat } from './providers.ts';

const FORMATS_BY_KEYWORD = new Map<string, SecretFormat[]>();
for (const format of SECRET_FORMATS) {
  for (const keyword of format.keywords) {
    const sharing = FORMATS_BY_KEYWORD.get(keyword);
    if (sharing === undefined) FORMATS_BY_KEYWORD.set(keyword, [format]);
    else sharing.push(format);
  }
}

/** One pass finds every place where a secret may start; longer keywords first, so that `sk-ant-` is not taken for `sk-`. */
const KEYWORDS = new RegExp(
  [...FORMATS_BY_KEYWORD.keys()]
    .sort((left, right) => right.length - left.length)
    .map((keyword) => keyword.replace(/[.+*?^$()[\]{}|\\/]/g, '\\$&'))
    .join('|'),
  'g',
);

/** Finds credentials: formats of providers first, then values that look random and are given to a name that says secret. */
export const secretDetector: Detector = {
  names: [
    ...new Set(SECRET_FORMATS.map((format) => format.name)),
    'secret-unverified-token',
    'secret-generic',
  ],
  inspect(text: string, language: Language): readonly Detection[] {
    const found: Detection[] = [];
    let end = 0;
    KEYWORDS.lastIndex = 0;
    for (let hit = KEYWORDS.exec(text); hit !== null; hit = KEYWORDS.exec(text)) {
      if (hit.index < end || isInsideWord(text, hit.index, hit[0])) continue;
      const detection = detectAt(text, hit.index, FORMATS_BY_KEYWORD.get(hit[0])!);
      if (detection === null) continue;
      found.push(detection);
      end = detection.span.end;
      KEYWORDS.lastIndex = end;
    }
    return [...found, ...genericSecrets(text, language, found)];
  },
};

function detectAt(text: string, index: number, formats: readonly SecretFormat[]): Detection | null {
  for (const format of formats) {
    format.pattern.lastIndex = index;
    const match = format.pattern.exec(text);
    if (match === null) continue;
    const secret = match[1] ?? match[0];
    if (isStandIn(format, secret) || format.accepts?.(secret) === false) continue;
    const isVerified = format.hasChecksum?.(secret) ?? true;
    return {
      // What fails its own checksum was never issued, or was tampered with: worth a look, no more.
      name: isVerified ? format.name : 'secret-unverified-token',
      span: { start: index, end: index + match[0].length },
      detail:
        format.name === 'secret-private-key'
          ? format.title
          : `${format.title} ${redact(secret)}${isVerified ? '' : ', whose checksum does not fit'}`,
    };
  }
  return null;
}

/** Looks behind the prefix: `sk_live_` says nothing about whether the rest was made up. */
function isStandIn(format: SecretFormat, secret: string): boolean {
  // Real keys hold long runs of one character (padding, small numbers), so only their variety counts.
  if (format.name === 'secret-private-key')
    return entropyOf(secret.replace(/^-----[^-]{1,60}-----/, '')) < 3.5;
  if (format.name === 'secret-connection-string' && COMMON_PASSWORD.test(secret)) return true;
  return isPlaceholder(secret.replace(/^[A-Za-z]{2,7}[-_.]/, ''));
}

const COMMON_PASSWORD =
  /^(?:pass|password\d{0,3}|passwd|secret|admin|root|user|postgres|mysql|test|guest|default|mongo|redis)+$/i;

function isInsideWord(text: string, index: number, keyword: string): boolean {
  return (
    /^\w/.test(keyword) &&
    /[A-Za-z0-9_]/.test(text[index - 1] ?? '') &&
    !/\\[nrt]$/.test(text.slice(index - 2, index))
  );
}

function* genericSecrets(
  text: string,
  language: Language,
  known: readonly Detection[],
): Generator<Detection> {
  let next = 0;
  SECRET_NAME.lastIndex = 0;
  for (let hit = SECRET_NAME.exec(text); hit !== null; hit = SECRET_NAME.exec(text)) {
    const value = genericSecretAt(text, hit.index + hit[0].length, language);
    if (value === null) continue;
    SECRET_NAME.lastIndex = value.end;
    while (next < known.length && known[next]!.span.end <= value.start) next += 1;
    if (next < known.length && known[next]!.span.start < value.end) continue;
    yield {
      name: 'secret-generic',
      span: value,
      detail: `${hit[0].toLowerCase()} ${redact(text.slice(value.start, value.end))}`,
    };
  }
}
