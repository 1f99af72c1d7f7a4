const THRESHOLDS = [1, 1.5, 2, 2.5, 3];

/**
 * How many passages reach a threshold, by label.
 * @param {{ label: string, text: string }[]} hostile
 * @param {{ label: string, text: string }[]} honest
 * @param {(text: string) => number} scoreOf
 */
export function table(hostile, honest, scoreOf) {
  const labels = [...new Set(hostile.map(({ label }) => label))];
  const scored = (passages) => passages.map(({ label, text }) => ({ label, score: scoreOf(text) }));
  const [bad, good] = [scored(hostile), scored(honest)];
  const share = (of, threshold) => `${of.filter(({ score }) => score >= threshold).length} of ${of.length}`;
  return [
    `| Threshold | hostile | near misses | ${labels.join(' | ')} |`,
    `|---|---|---|${labels.map(() => '---').join('|')}|`,
    ...THRESHOLDS.map(
      (threshold) =>
        `| ${threshold} | ${share(bad, threshold)} | ${share(good, threshold)} | ${labels
          .map((label) =>
            share(
              bad.filter((each) => each.label === label),
              threshold,
            ),
          )
          .join(' | ')} |`,
    ),
  ].join('\n');
}
