import { asText, decode } from '../../static/fold/decoders.ts';

/** What a hidden text turned out to be. */
export type DecodedKind = 'code' | 'command' | 'address';

const CODE =
  /\bimport\s+\w+|\b(?:exec|eval|compile|__import__|require)\s*\(|\bfunction\s*\(|=>|\bdef\s+\w+\s*\(|\blambda\b|\bsubprocess\b|\bsocket\.socket\b|\bchild_process\b/;
const COMMAND =
  /(?:^|[\s;&|`(])(?:curl|wget|bash|sh|nc|ncat|python3?|perl|powershell|rm|chmod|cat|eval|nohup|crontab|base64)\s+[-/~$'"\w]|\/bin\/(?:ba)?sh|\bIEX\b|Invoke-WebRequest/;
const ADDRESS = /\b(?:https?|wss?|ftp|tcp):\/\/[\w.-]+|\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/;

/** What a text is, most telling kind first; null for anything else, and for what is not readable. */
export function kindsOfText(text: string): readonly DecodedKind[] {
  const sample = text.slice(0, 20_000);
  const kinds: DecodedKind[] = [];
  if (COMMAND.test(sample)) kinds.push('command');
  if (CODE.test(sample)) kinds.push('code');
  if (ADDRESS.test(sample)) kinds.push('address');
  return kinds;
}

function isReadable(text: string): boolean {
  let printable = 0;
  const length = Math.min(text.length, 400);
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 32 && code < 127) || code === 9 || code === 10 || code === 13) printable++;
  }
  return length > 0 && printable / length > 0.95;
}

/** The texts that a constant hides in base64 or hexadecimal, one level deep, when it is of that shape and comes out readable. */
export function hiddenIn(text: string): string | null {
  if (text.length < 16 || text.length > 200_000) return null;
  const decoder = /^[0-9a-fA-F\s]+$/.test(text)
    ? 'hex'
    : /^[A-Za-z0-9+/_-]+={0,2}\s*$/.test(text)
      ? 'base64'
      : null;
  const hidden = decoder === null ? null : decode(decoder, text);
  return hidden !== null && isReadable(hidden) ? asText(hidden) : null;
}
