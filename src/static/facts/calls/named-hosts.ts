/** A host behind the scheme of an address or behind the user of a place for `ssh`, anywhere in a text. */
const HOST = /(?:\b[a-z][a-z0-9+.-]{1,12}:\/\/(?:[^/@\s]{0,200}@)?|\b\w{1,30}@)([a-z0-9][a-z0-9.-]{0,250})/i;

/** A host that begins with what is not known, which stands as `*`, and what is known behind that. */
const UNKNOWN_HOST =
  /\b[a-z][a-z0-9+.-]{1,12}:\/\/(?:[^/@\s]{0,200}@)?\*(?:\.([a-z0-9][a-z0-9.-]{0,250}))?(?=[/:]|$)/i;

function namedHost(text: string): string | null {
  return HOST.exec(text.slice(0, 2_000))?.[1]?.toLowerCase().replace(/\.$/, '') ?? null;
}

/** What stands behind an unknown name in a host: of `https://$host.cache.example/` it is `cache.example`; empty where nothing does. */
function behindUnknown(text: string): string | null {
  const found = UNKNOWN_HOST.exec(text.slice(0, 2_000));
  return found === null ? null : (found[1] ?? '').toLowerCase();
}

/** Whether two texts name hosts of which neither is the other or lies below it. */
export function areOtherHosts(one: string, other: string): boolean {
  const [behind, whole] = [behindUnknown(one), behindUnknown(other)];
  // `https://$host.cache.example/` is never `https://$host/`.
  if (behind?.includes('.') === true && whole === '') return true;
  const [first, second] = [namedHost(one), namedHost(other)];
  if (first === null || second === null || first === second) return false;
  return !first.endsWith(`.${second}`) && !second.endsWith(`.${first}`);
}
