const MEGABYTE = 1024 * 1024;

function ms(value) {
  return `${value.toFixed(0)} ms`;
}

/** One line of the table: name, sbx, the other, the ratio with its quartiles, the aim, met or not. */
function cells({ name, missing, bytes, own, other, ratio, against, aim, isMet, runs }) {
  if (missing !== undefined) return [name, `left out: ${missing}`];
  const verdict = isMet ? 'met' : 'NOT MET';
  if (bytes !== undefined) return [name, `${(bytes / MEGABYTE).toFixed(0)} MB`, against, '', aim, verdict];
  const spread = `${ratio.median.toFixed(2)}x (${ratio.low.toFixed(2)}-${ratio.high.toFixed(2)}, ${runs} runs)`;
  return [name, ms(own.median), `${against} ${ms(other.median)}`, spread, aim, verdict];
}

/** The results as lines of text, columns below each other. */
export function table(results) {
  const rows = [['what', 'sbx', 'against', 'ratio (quartiles)', 'aim', ''], ...results.map(cells)];
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.filter((row) => row.length > 2).map((row) => row[column].length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
