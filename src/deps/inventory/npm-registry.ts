import type { Reference } from './declaration.ts';

/** The hosts of npm's public registry: npm's own and Yarn's name for it. */
export const PUBLIC_HOSTS: ReadonlySet<string> = new Set([
  'registry.npmjs.org',
  'registry.yarnpkg.com',
  'registry.npmjs.com',
]);

/** Other hosts that one lock is told of; a lock that names more is no longer an accident, and the first are enough to see it. */
const MAX_HOSTS = 20;

/**
 * Hosts other than the public registry that a lock fetches archives from. A lock that was written by hand can give a known name and another
 * archive.
 */
export class ForeignRegistries {
  readonly #lines = new Map<string, number>();

  /** @param resolved where an entry's archive is; addresses of other kinds (git, files) are pins of their own and not looked at */
  see(resolved: string, line: number): void {
    const host = /^https?:\/\/([^/?#]{1,255})/i.exec(resolved)?.[1]?.replace(/^.*@/, '').toLowerCase();
    if (
      host === undefined ||
      PUBLIC_HOSTS.has(host) ||
      this.#lines.has(host) ||
      this.#lines.size >= MAX_HOSTS
    )
      return;
    this.#lines.set(host, line);
  }

  references(): Reference[] {
    return [...this.#lines].map(([host, line]): Reference => ({
      kind: 'index',
      to: `locked from ${host}`,
      line,
    }));
  }
}
