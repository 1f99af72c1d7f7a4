/** Endings of addresses that prose names without more of them. */
export const TOP_LEVEL: readonly string[] = (
  'com net org io biz info dev app xyz co ru cn site online top example invalid test evil me cc tk ml ws de uk eu club live link store ' +
  'cloud tech'
).split(' ');

/** `https://…`, `name@host`, `host.com/path`: all of a word in lower case. */
const ADDRESS = new RegExp(
  `^(?:https?:\\/\\/[^\\s]+|[\\w.+-]{1,64}@[\\w-]{1,63}\\.[\\w.-]{2,63}|(?:[a-z0-9-]{1,63}\\.){1,5}(?:${TOP_LEVEL.join('|')})(?:[/:?].*)?)$`,
);

/** True for a word that is an address. */
export function isAddress(word: string): boolean {
  return ADDRESS.test(word);
}
