import { redact } from './detectors/placeholder.ts';

/** Shorter texts stand in too many places that have nothing to do with them. */
const SHORTEST = 6;

/** Of a file without secrets every text may be shown. */
export function shown(text: string): string {
  return text;
}

/**
 * What takes secrets out of the texts that leave the analysis: messages, traces, evidence.
 * @param secrets as they stand in the file
 */
export function hiderOf(secrets: readonly string[]): (text: string) => string {
  const hidden = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST);
  if (hidden.length === 0) return shown;
  // The longest first: a password may be part of an address that is a secret too.
  hidden.sort((a, b) => b.length - a.length);
  return (text) => {
    let rest = text;
    for (const secret of hidden) if (rest.includes(secret)) rest = rest.replaceAll(secret, redact(secret));
    return rest;
  };
}
