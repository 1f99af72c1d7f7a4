/** Hexadecimal digits of each digest that package managers write. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['md5', 32],
  ['sha1', 40],
  ['sha224', 56],
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/** Hashes that one declaration keeps: a lock of a package with a wheel for every platform has about a hundred. */
const MAX_HASHES = 1_000;

/**
 * A digest as it is written in Python's files: `sha256:<hex>`, or `sha256=<hex>` in the fragment of an address.
 * @returns `sha256:<hex>` in lower case; null when it is no digest, or not of its algorithm's length
 */
export function hexHash(text: string): string | null {
  const [, algorithm = '', digits = ''] = /^(\w{3,6})[:=]([0-9a-f]{32,128})$/i.exec(text.trim()) ?? [];
  return DIGITS.get(algorithm.toLowerCase()) === digits.length && digits !== ''
    ? `${algorithm}:${digits}`.toLowerCase()
    : null;
}

/** The digests of subresource integrity (`sha512-<base64>`, several apart by white space), as the locks of npm, pnpm, Yarn 1 and bun have. */
export function integrityHashes(integrity: string | null): string[] {
  if (integrity === null || integrity.length > MAX_HASHES * 200) return [];
  return integrity.split(/\s+/).flatMap((part) => {
    const dash = part.indexOf('-');
    const digits = Buffer.from(part.slice(dash + 1).replace(/\?.*$/, ''), 'base64').toString('hex');
    return hexHash(`${part.slice(0, dash)}:${digits}`) ?? [];
  });
}

/** The digest in the fragment of an address (`…whl#sha256=<hex>`). */
export function fragmentHashes(address: string): string[] {
  const fragment = address.slice(0, 4_096).split('#', 2)[1] ?? '';
  return fragment.split('&').flatMap((part) => hexHash(part) ?? []);
}

/** Sorted, each once; for a declaration to hold. Empty gives nothing, so that declarations without hashes stay small. */
export function withHashes(hashes: Iterable<string | null>): { readonly hashes?: readonly string[] } {
  const found = [...new Set([...hashes].filter((hash) => hash !== null))].sort().slice(0, MAX_HASHES);
  return found.length === 0 ? {} : { hashes: found };
}
