/** So many finds of one kind are told of in one file. */
const MAX_OF_KIND = 50;

/** The first finds of each kind: however many there are of one, those of another are not lost. */
export function fewOfEach<Found extends { readonly name: string }>(
  found: readonly Found[],
): readonly Found[] {
  const counts = new Map<string, number>();
  return found.filter(({ name }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count <= MAX_OF_KIND;
  });
}
