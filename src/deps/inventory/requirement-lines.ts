/** One line as pip sees it: continuations joined, comments gone. */
export interface LogicalLine {
  readonly text: string;
  /** Where it starts, counted by line feeds as editors do. */
  readonly line: number;
}

/** Where Python's `str.splitlines` ends a line. Editors show only the first three, so the others can hide a line behind a comment. */
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** The lines of a requirements file, as pip takes it apart (its documentation, "Requirements File Format"). */
export function* logicalLines(text: string): Generator<LogicalLine> {
  let pending = '';
  let startedAt = 0;
  for (const { text: raw, line } of physicalLines(text.replace(/^\uFEFF/, ''))) {
    if (pending === '') startedAt = line;
    const isComment = /^\s*#/.test(raw);
    // A comment ends a continuation, as in pip.
    if (!isComment && raw.endsWith('\\')) {
      pending += raw.slice(0, -1);
      continue;
    }
    const joined = withoutComment(isComment ? pending : pending + raw);
    pending = '';
    if (joined !== '') yield { text: joined, line: startedAt };
  }
  const rest = withoutComment(pending);
  if (rest !== '') yield { text: rest, line: startedAt };
}

function* physicalLines(text: string): Generator<LogicalLine> {
  let line = 1;
  let from = 0;
  for (const end of text.matchAll(LINE_END)) {
    yield { text: text.slice(from, end.index), line };
    from = end.index + end[0].length;
    if (/[\n\r]/.test(end[0])) line += 1;
  }
  yield { text: text.slice(from), line };
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/s, '').trim();
}

/**
 * The encoding that a comment in the first two lines asks pip for (`# -*- coding: … -*-`), when it is none that leaves ASCII as it is: the
 * file then says something else to pip than what is read here.
 */
export function strangeEncoding(text: string): string | null {
  for (const line of text.split('\n', 2)) {
    const name = line.startsWith('#') ? /coding[:=]\s*([-\w.]{1,60})/.exec(line)?.[1] : undefined;
    if (name !== undefined && !/^(?:utf[-_]?8|u8|(?:us[-_]?)?ascii|latin|iso|cp12|windows|l1\b)/i.test(name))
      return name;
  }
  return null;
}
