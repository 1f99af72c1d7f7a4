import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where sbx keeps what it may forget: prepared Python environments, advisory databases, proofs of backends. Outside every target.
 * `SBX_CACHE_DIR` moves it; else `$XDG_CACHE_HOME/sbx`, else `~/.cache/sbx`.
 */
export function cacheFolder(...parts: readonly string[]): string {
  const base =
    process.env['SBX_CACHE_DIR'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'sbx');
  return join(base, ...parts);
}
