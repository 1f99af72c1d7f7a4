/** What a path is put through so that neither `..` nor a link hides where it leads. */
const RESOLVES = /\b(?:resolve|realpath|realpathSync|abspath|normpath|normalize)\b/;

/** True for an expression, as written, that resolves a path. */
export function resolvesPath(text: string): boolean {
  return RESOLVES.test(text);
}
