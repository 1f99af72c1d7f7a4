/** Fewer records may well be settings. */
const FEWEST_ROWS = 8;

/** Rows that are compared with the first; a list is told by its beginning. */
const COMPARED = 50;

/** Longer files are looked at line by line only, since a parser needs the whole of one. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Keys of what is called, run or said to an agent: a list of those is none of data. */
const FOR_AGENTS =
  /^(?:input_?schema|parameters|arguments|command|commands|hooks?|tools?|skills?|server|servers|role|system|system_?prompt)$/i;

/**
 * True for a text in JSON that is a table: a list, or lines, of records with the same keys, and many of them. Tasks for a model to be
 * tested with, questions with their answers, documents to search in.
 */
export function isTableOfRows(text: string): boolean {
  const rows = rowsOf(text);
  const [first] = rows;
  if (rows.length < FEWEST_ROWS || first === undefined) return false;
  const keys = Object.keys(first);
  if (keys.length < 2 || keys.some((key) => FOR_AGENTS.test(key))) return false;
  if (keys.includes('name') && keys.includes('description')) return false;
  return rows.every((row) => {
    const own = Object.keys(row);
    return (
      own.filter((key) => keys.includes(key)).length * 2 >= Math.max(own.length, keys.length) &&
      !own.some((key) => FOR_AGENTS.test(key))
    );
  });
}

function rowsOf(text: string): readonly object[] {
  const start = text.trimStart().charAt(0);
  if (start === '[' && text.length <= MAX_LENGTH) {
    const value = parsed(text);
    const list = Array.isArray(value) ? value.slice(0, COMPARED) : [];
    return list.every(isRecord) ? list : [];
  }
  if (start !== '{') return [];
  const lines = text.slice(0, MAX_LENGTH).split('\n', COMPARED);
  const values = lines.filter((line) => line.trim() !== '').map(parsed);
  return values.every(isRecord) ? values : [];
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
