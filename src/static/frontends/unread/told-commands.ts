import type { Fragment, Language, Span } from '../../../model/program.ts';
import { fragmentsOfWords } from '../config/command-fragments.ts';
import { FAMILIES, type Family } from './families.ts';
import { type Literal, type Outline, outlineOf } from './outline.ts';

/** So many commands of a file are looked at. */
const MAX_COMMANDS = 5_000;
/** So long may a call be, from its bracket on (UTF-16 units). */
const MAX_CALL = 4_000;
/** So many calls are followed in a chain. */
const MAX_CHAIN = 40;

/** Where the call whose bracket has just been opened ends. */
function endOfCall(code: string, from: number): number {
  const last = Math.min(code.length, from + MAX_CALL);
  let depth = 1;
  for (let at = from; at < last; at++) {
    const sign = code[at]!;
    if (sign === '(' || sign === '[' || sign === '{') depth++;
    else if ((sign === ')' || sign === ']' || sign === '}') && --depth === 0) return at;
  }
  return last;
}

/** The first of the texts that begins at a place or behind it. */
function indexFrom(literals: readonly Literal[], place: number): number {
  let low = 0;
  let high = literals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (literals[middle]!.start < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Texts between two places as words: what stands between commas is one, with a variable for what is not known of it. */
function wordsBetween({ code, literals }: Outline, start: number, end: number): string[] {
  const words: string[] = [];
  let before: Literal | null = null;
  for (let index = indexFrom(literals, start); index < literals.length; index++) {
    const literal = literals[index]!;
    if (literal.start >= end) break;
    const gap = before === null ? ',' : code.slice(before.end, literal.start);
    // Two texts that only a blank or a sign of addition parts are one.
    if (/[,([{]|\bof\b/.test(gap)) words.push(literal.value);
    else words.push(`${words.pop() ?? ''}${/\w/.test(gap) ? '$unknown' : ''}${literal.value}`);
    before = literal;
  }
  return words;
}

/** One text is a command for a shell; several are a program and its arguments. */
function fragmentsOf(words: readonly string[], span: Span, { role, language = 'shell' }: Family): Fragment[] {
  const [first] = words;
  if (first === undefined || first.trim() === '') return [];
  // The program is named elsewhere; of those that are given `-c`, most are shells.
  const started = /^-[a-z]*c\b/.test(first) && language === 'shell' ? ['sh', ...words] : words;
  if (started.length > 1 && words.length > 1 && language === 'shell')
    return fragmentsOfWords(started, role, span);
  return [{ language, text: started.join(' '), role, layer: null, origin: { kind: 'fixed', span } }];
}

function fragmentsOfCalls(outline: Outline, family: Family): Fragment[] {
  const fragments: Fragment[] = [];
  for (const match of family.calls === undefined ? [] : outline.code.matchAll(family.calls)) {
    if (fragments.length > MAX_COMMANDS) break;
    const start = match.index;
    let from = start + match[0].length;
    let end = endOfCall(outline.code, from);
    const words = wordsBetween(outline, from, end);
    for (let count = 0; family.chained !== undefined && count < MAX_CHAIN; count++) {
      family.chained.lastIndex = end + 1;
      const next = family.chained.exec(outline.code);
      if (next === null) break;
      from = end + 1 + next[0].length;
      end = endOfCall(outline.code, from);
      words.push(...wordsBetween(outline, from, end));
    }
    fragments.push(...fragmentsOf(words, { start, end: Math.min(end + 1, outline.code.length) }, family));
  }
  return fragments;
}

/** Between the texts of a list there is nothing but commas. */
const GAP = /^[\s,]*$/;

function fragmentsOfKeys({ code, literals }: Outline, family: Family): Fragment[] {
  const fragments: Fragment[] = [];
  for (const match of family.keys === undefined ? [] : code.matchAll(family.keys)) {
    if (fragments.length > MAX_COMMANDS) break;
    const index = indexFrom(literals, match.index + match[0].length);
    const words: string[] = [];
    let last: Literal | undefined;
    for (const literal of literals.slice(index, index + 64)) {
      if (
        last !== undefined &&
        !(GAP.test(code.slice(last.end, literal.start)) && code.slice(last.end, literal.start).includes(','))
      )
        break;
      words.push(literal.value);
      last = literal;
    }
    if (last !== undefined)
      fragments.push(...fragmentsOf(words, { start: match.index, end: last.end }, family));
  }
  return fragments;
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

/** A command of a line as the program that reads the line hands it on. */
function plainLine(text: string, path: string): string {
  if (/\.reg$/i.test(path)) return text.replace(/\\(.)/g, '$1');
  return /(?:proj|targets|props|xml)$/i.test(path)
    ? text.replace(/&(quot|apos|amp|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? '')
    : text;
}

function fragmentsOfLines(text: string, path: string, family: Family): Fragment[] {
  const fragments: Fragment[] = [];
  const language: Language = family.language ?? 'shell';
  for (const match of family.lines === undefined ? [] : text.matchAll(family.lines)) {
    if (fragments.length > MAX_COMMANDS) break;
    const start = match.index;
    const span = { start, end: start + match[0].length };
    const command = plainLine(match[1] ?? match[2] ?? '', path);
    fragments.push({
      language,
      text: command,
      role: family.role,
      layer: null,
      origin: { kind: 'fixed', span },
    });
  }
  return fragments;
}

/** Commands that were found, and whether there are more of them than are looked at. */
export interface ToldCommands {
  readonly fragments: readonly Fragment[];
  readonly isCutOff: boolean;
}

/**
 * Commands that a program or a settings file tells the system to run, in languages that are not read otherwise: what stands as a text in
 * a call that starts a program, behind a key whose value is a command, or on a line that is one. What is put together elsewhere is not
 * followed: such a file stays one that was not analysed. Linear, whatever stands in it.
 */
export function toldCommands(text: string, path: string): ToldCommands {
  const fragments: Fragment[] = [];
  let isCutOff = false;
  for (const family of FAMILIES) {
    if (!family.files.test(path)) continue;
    fragments.push(...fragmentsOfLines(text, path, family));
    const { writing, calls, keys } = family;
    // Generated sources hold megabytes of texts and start nothing.
    if (writing === undefined || (keys === undefined && calls !== undefined && text.search(calls) === -1))
      continue;
    const outline = outlineOf(text, writing);
    fragments.push(...fragmentsOfCalls(outline, family), ...fragmentsOfKeys(outline, family));
    isCutOff ||= outline.isCutOff;
  }
  return {
    fragments: fragments.slice(0, MAX_COMMANDS),
    isCutOff: isCutOff || fragments.length > MAX_COMMANDS,
  };
}
