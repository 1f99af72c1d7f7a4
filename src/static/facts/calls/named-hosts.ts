/** A host behind the scheme of an address or behind the user of a place for `ssh`, anywhere in a text. */
const HOST = /(?:\b[a-z][a-z0-9+.-]{1,12}:\/\/(?:[^/@\s]{0,200}@)?|\b\w{1,30}@)([a-z0-9][a-z0-9.-]{0,250})/i;

function namedHost(text: string): string | null {
  return HOST.exec(text.slice(0, 2_000))?.[1]?.toLowerCase().replace(/\.$/, '') ?? null;
}

/** Whether two texts name hosts of which neither is the other or lies below it. */
export function areOtherHosts(one: string, other: string): boolean {
  const [first, second] = [namedHost(one), namedHost(other)];
  if (first === null || second === null || first === second) return false;
  return !first.endsWith(`.${second}`) && !second.endsWith(`.${first}`);
}
