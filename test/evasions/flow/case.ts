/**
 * A flow in the short form of the tables: `«attack¦honest»` stands where the attack and its honest twin differ, `--- path` begins a
 * file, `§` marks the line that the trace begins at (without it: the first difference), `¶` the one that it ends at.
 */
export interface FlowCase {
  readonly name: string;
  /** What the attack is found as, any of these. */
  readonly rule: RegExp;
  readonly code: string;
  /** Places that the trace goes through between its ends, in order (`send.py:3`). */
  readonly through?: readonly string[];
}

export type Language = 'python' | 'javascript' | 'shell';

/** The file that a case of one file is written into. */
const FILE_OF: Readonly<Record<Language, string>> = {
  python: 'main.py',
  javascript: 'main.js',
  shell: 'main.sh',
};

/** A case of one file. */
export function inFile(
  language: Language,
  name: string,
  rule: RegExp,
  lines: readonly string[],
  through?: readonly string[],
): FlowCase {
  const head = language === 'shell' ? ['#!/bin/sh'] : [];
  const code = `--- ${FILE_OF[language]}\n${[...head, ...lines].join('\n')}\n`;
  return { name: `${name} (${language})`, rule, code, ...(through === undefined ? {} : { through }) };
}

/**
 * The files of one side of a case, by path.
 * @param work what stands for `/tmp/WORK`: cases that are looked at together share no files
 */
export function filesOf(
  { code }: FlowCase,
  side: 'attack' | 'honest',
  work = 'a',
): Readonly<Record<string, string>> {
  const text = code
    .replaceAll('/tmp/WORK', `/tmp/${work}`)
    .replace(/«([^«»¦]*)¦([^«»]*)»/g, side === 'attack' ? '$1' : '$2')
    .replaceAll(/[§¶]/g, '');
  const files: Record<string, string> = {};
  for (const part of text.split(/^--- /m).slice(1)) {
    const end = part.indexOf('\n');
    files[part.slice(0, end)] = part.slice(end + 1);
  }
  return files;
}

/** Where a mark first stands in the attack, as `path:line`; null when it is not in it. */
function placeOf(code: string, mark: string): string | null {
  let path = '';
  let line = 0;
  for (const text of code.split('\n')) {
    if (text.startsWith('--- ')) [path, line] = [text.slice(4), 0];
    else line += 1;
    if (text.includes(mark)) return `${path}:${String(line)}`;
  }
  return null;
}

/** Where the trace of a case begins and ends. */
export function endsOf({ code }: FlowCase): { readonly first: string | null; readonly last: string | null } {
  return { first: placeOf(code, '§') ?? placeOf(code, '«'), last: placeOf(code, '¶') };
}
