/** True when the restricted Damerau-Levenshtein distance is exactly one. */
export function isOneEdit(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  const short = a.length <= b.length ? a : b;
  const long = a.length <= b.length ? b : a;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at += 1;
  if (short.length < long.length) return isRest(short, at, long, at + 1);
  if (isRest(short, at + 1, long, at + 1)) return true;
  return (
    short.charCodeAt(at) === long.charCodeAt(at + 1) &&
    short.charCodeAt(at + 1) === long.charCodeAt(at) &&
    isRest(short, at + 2, long, at + 2)
  );
}

/** Whether two texts end alike from two places on. */
function isRest(a: string, fromA: number, b: string, fromB: number): boolean {
  if (a.length - fromA !== b.length - fromB) return false;
  for (let at = fromA; at < a.length; at += 1)
    if (a.charCodeAt(at) !== b.charCodeAt(at - fromA + fromB)) return false;
  return true;
}
