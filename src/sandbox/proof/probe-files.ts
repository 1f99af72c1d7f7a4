import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CHECKS } from './catalogue.ts';
import { WASM_CHECKS } from './wasm-catalogue.ts';

/** The programs that attack, on the host. */
export const PROBE_FOLDER = fileURLToPath(new URL('./probe/', import.meta.url));

/** Digest of what attacks and of what is asked: another probe proves something else. */
export function probeDigest(): string {
  const hash = createHash('sha256').update(JSON.stringify([CHECKS, WASM_CHECKS]));
  const names = readdirSync(PROBE_FOLDER).filter((name) => name.endsWith('.py'));
  for (const name of names.sort()) hash.update(`\0${name}\0`).update(readFileSync(`${PROBE_FOLDER}${name}`));
  return hash.digest('hex');
}
