/** So many entries of schemas are looked at. */
const MAX_ENTRIES = 400;
/** An entry that is longer than this is not read to its end. */
const MAX_ENTRY = 1_000;

/** An entry with what its schema starts with, where it is one of Zod: `count: z.number()`, `kind: z.enum([…])`. */
const ENTRY =
  /(?<![\w$-])([A-Za-z_]\w{0,60})['"]?\s{0,20}:\s{0,20}(?:z\s{0,40}\.\s{0,20}(?:coerce\.)?(\w{1,30}))?/g;

/** What holds nothing that speaks to a shell or a query. */
const PLAIN = /^(?:number|int\d*|float\d*|bigint|boolean|stringbool|enum|nativeEnum|literal|date|uuid|guid)$/;

/** What is said of a schema and leaves it what it is; `or`, `transform`, `pipe` and `catch` do not. */
const KEEPS =
  /^(?:int|finite|safe|positive|negative|nonpositive|nonnegative|min|max|gt|gte|lt|lte|step|multipleOf|optional|nullable|nullish|default|prefault|describe|meta|brand|readonly|strict|exclude|extract|refine|superRefine|check|openapi)$/;

/** A quoted text of one line, or a template; a comment. What has no end is skipped as well, so that a text is read once. */
const SKIPPED =
  /'(?:[^'\\\n]|\\[^])*'?|"(?:[^"\\\n]|\\[^])*"?|`(?:[^`\\]|\\[^])*`?|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/y;
const METHOD = /\.\s{0,60}([A-Za-z]\w{0,30})/y;
const OTHER_SCHEMA = /\bz\s{0,40}\./y;

/** What a pattern finds at a place of a text. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** True when the rest of an entry's schema, from behind its sort, leaves it what it is. */
function staysPlain(text: string, from: number): boolean {
  const entry = text.slice(from, from + MAX_ENTRY);
  let depth = 0;
  for (let at = 0; at < entry.length;) {
    const character = entry[at]!;
    const skipped = matchAt(SKIPPED, entry, at);
    if (skipped !== null) {
      if (depth === 0 && character !== '/') return false;
      at += skipped[0].length;
      continue;
    }
    if (depth === 0) {
      if (/[,;})]/.test(character)) return true;
      const method = matchAt(METHOD, entry, at);
      if (method !== null && !KEEPS.test(method[1]!)) return false;
      if (method === null && !/[\s(]/.test(character)) return false;
      at += method?.[0].length ?? 1;
      if (character === '(') depth = 1;
      continue;
    }
    if (matchAt(OTHER_SCHEMA, entry, at) !== null && !/[\w$]/.test(entry[at - 1] ?? '')) return false;
    if (/[([{]/.test(character)) depth++;
    else if (/[)\]}]/.test(character)) depth--;
    at++;
  }
  return false;
}

/** Where texts in quotes and comments stand, by their starts. */
function* saidIn(text: string): Iterable<readonly [start: number, end: number]> {
  const pattern = new RegExp(SKIPPED.source, 'g');
  for (const { 0: said, index } of text.matchAll(pattern)) yield [index, index + said.length];
}

/**
 * Entries of a text that are plain wherever they stand in it. What stands in quotes or in a comment makes none plain.
 * @param isSchema the text holds schemas alone: an entry of another sort than Zod's is open
 */
function plainEntries(text: string, isSchema: boolean): Set<string> {
  const plain = new Set<string>();
  const open = new Set<string>();
  const said = saidIn(text)[Symbol.iterator]();
  let current = said.next();
  let count = 0;
  for (const { 0: whole, 1: name = '', 2: sort, index } of text.matchAll(ENTRY)) {
    if (sort === undefined && !isSchema) continue;
    if (++count > MAX_ENTRIES) return new Set();
    while (current.done !== true && current.value[1] <= index) current = said.next();
    const isSaid = current.done !== true && current.value[0] < index;
    const isPlain = sort !== undefined && PLAIN.test(sort) && staysPlain(text, index + whole.length);
    if (!isPlain) open.add(name);
    else if (!isSaid) plain.add(name);
  }
  for (const name of open) plain.delete(name);
  return plain;
}

/** Entries that are plain in what stands between a tool's name and its handler; null where no schema of Zod's stands there. */
export function plainEntriesNear(text: string): Set<string> | null {
  return /\bz\s*\./.test(text) ? plainEntries(text, true) : null;
}

/** Entries of all schemas in a text that are plain wherever they stand in it. */
export function plainEntriesOf(text: string): Set<string> {
  return plainEntries(text, false);
}
