/** The name that a datagram asks a name server for, or null when it is no question (RFC 1035, 4.1); as `notify/names.py`. */
export function questionIn(data: Uint8Array): string | null {
  if (data.length < 17) return null;
  const number = (at: number): number => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  // An answer, another operation or an error is no question.
  if ((number(2) & 0xf80f) !== 0 || number(4) !== 1 || number(6) !== 0 || number(8) !== 0) return null;
  const labels: string[] = [];
  let at = 12;
  for (let length = data[at] ?? 0; length > 0; length = data[at] ?? 0) {
    const label = data.subarray(at + 1, at + 1 + length);
    if (length > 63 || label.length !== length) return null;
    labels.push(Buffer.from(label).toString('latin1'));
    at += 1 + length;
  }
  const [kind, group] = [number(at + 1), number(at + 3)];
  const isQuestion = labels.length > 0 && at + 5 <= data.length && group === 1 && kind > 0 && kind < 300;
  return isQuestion ? labels.join('.').toLowerCase() : null;
}
