/**
 * Every regular expression in rules and models as they were read: the texts under `matches`, and those listed under `all` and `none`
 * (members of a combination are records, not texts). Examples hold code, not expressions, and have no such keys.
 */
export function patternsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  const queue: { readonly key: string; readonly value: unknown }[] = [{ key: '', value }];
  // What is pushed on the way is visited too.
  for (const { key, value: item } of queue) {
    if (typeof item === 'string') {
      if (key === 'matches' || key === 'all' || key === 'none') found.add(item);
    } else if (Array.isArray(item)) {
      for (const member of item) queue.push({ key, value: member });
    } else if (typeof item === 'object' && item !== null) {
      for (const [name, member] of Object.entries(item)) queue.push({ key: name, value: member });
    }
  }
  return [...found].sort();
}
