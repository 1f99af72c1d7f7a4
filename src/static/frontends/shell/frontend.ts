import type { Frontend, Language, ParsedText, Statement } from '../../../model/program.ts';
import { placeOf } from '../place.ts';
import { unparsed } from '../unparsed.ts';
import { readCommand } from './commands.ts';
import { readDollar } from './dollar.ts';
import { readHereDocuments } from './here-documents.ts';
import { readList } from './lists.ts';
import { type Grammar, Reader } from './reader.ts';
import { MAX_DEPTH, Script } from './script.ts';
import { readFlat } from './too-deep.ts';

/** Longest text that is parsed, in UTF-16 units; a script this long is generated or an attack. */
const MAX_LENGTH = 16_000_000;

/** Files that Zsh reads, by name or first line. */
const ZSH_PATH = /(?:\.zsh|\.zsh(?:rc|env)|\.z(?:profile|login|logout))$/;
const ZSH_LINE = /^#![^\n]*\bzsh\b/;

const GRAMMAR: Grammar = {
  list: readList,
  command: readCommand,
  dollar: readDollar,
  hereDocuments: readHereDocuments,
  flat: readFlat,
};

/** Makes the shell frontend. It reads bash and sh, and what zsh and ksh share with them. */
export function createShellFrontend(): Frontend {
  return { languages: ['shell'], parse };
}

function parse(text: string, _language: Language, path: string): ParsedText {
  if (text.length > MAX_LENGTH) {
    return unparsed(`longer than ${MAX_LENGTH.toLocaleString('en')} characters`);
  }
  const script = new Script(text.length, ZSH_PATH.test(path) || ZSH_LINE.test(text.slice(0, 80)));
  const reader = readerOf(text, script);
  const body: Statement[] = [];
  readList(reader, body, 0);
  const problem = problemOf(script, text);
  return {
    program: { language: 'shell', body, comments: script.comments },
    fragments: [],
    sentences: [],
    settings: [],
    status: problem === null ? 'complete' : 'recovered',
    problem,
    isCutOff: script.firstTooDeep >= 0 || script.firstTooWide >= 0,
  };
}

/** Shells leave out NUL characters: `c\0url` is `curl`. */
function readerOf(text: string, script: Script): Reader {
  if (!text.includes('\0')) return new Reader(text, script, GRAMMAR);
  const origins = new Int32Array(text.length + 1);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== 0) origins[length++] = at;
  }
  origins[length] = text.length;
  return new Reader(text.replaceAll('\0', ''), script, GRAMMAR, origins.subarray(0, length + 1));
}

function problemOf(script: Script, text: string): string | null {
  const problems: string[] = [];
  const note = (offset: number, what: (line: string) => string) => {
    if (offset >= 0) problems.push(what(placeOf(text, offset).replace(/,.*/, '')));
  };
  note(script.firstError, (line) => `syntax error at ${line}: ${script.errorMessage}`);
  note(script.firstTooDeep, (line) => `nested deeper than ${MAX_DEPTH} levels at ${line}`);
  note(script.firstTooWide, (line) => `braces that stand for too many words at ${line}`);
  return problems.length === 0 ? null : problems.join('; ');
}
