import { MAXIMUM_DEPTH } from './document.ts';
import type { ConfigDocument, ConfigEntry, ConfigNode } from './document.ts';

const BLANK = /[\s\ufeff]+|\/\/[^\n\r]*/uy;
const WORD = /[^\s,:[\]{}"']+/uy;
const STRING_END = /["'\\\n]/gu;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/iu;

/** Thrown and caught within this file: where the text stops being JSON. */
class Stop extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * Reads JSON as its many readers do: with comments, trailing commas, single quotes and bare keys (JSON5, the files of editors), keeping
 * repeated keys. What stands before an error is kept.
 * @param isLines one value per line, as in `.jsonl`: they become a list
 */
export function readJson(text: string, isLines: boolean): ConfigDocument {
  let at = 0;
  let depth = 0;

  const skipBlanks = (): void => {
    for (;;) {
      BLANK.lastIndex = at;
      if (BLANK.test(text)) {
        at = BLANK.lastIndex;
        continue;
      }
      if (!text.startsWith('/*', at)) return;
      const end = text.indexOf('*/', at + 2);
      if (end === -1) throw new Stop(at, 'a comment that does not end');
      at = end + 2;
    }
  };

  const string = (): string => {
    const start = at;
    const quote = text[at++];
    const pieces: string[] = [];
    for (;;) {
      STRING_END.lastIndex = at;
      const stop = STRING_END.exec(text);
      if (stop === null || stop[0] === '\n') throw new Stop(start, 'a string that does not end');
      pieces.push(text.slice(at, stop.index));
      at = stop.index + 1;
      if (stop[0] === quote) return pieces.join('');
      if (stop[0] === '\\') pieces.push(escape());
      else pieces.push(stop[0]);
    }
  };

  const escape = (): string => {
    const letter = text[at++] ?? '';
    const simple: Readonly<Record<string, string>> = {
      b: '\b',
      f: '\f',
      n: '\n',
      r: '\r',
      t: '\t',
      '\n': '',
    };
    if (letter !== 'u') return simple[letter] ?? letter;
    const digits = text.slice(at, at + 4);
    if (!/^[\da-f]{4}$/iu.test(digits)) throw new Stop(at, 'a broken \\u escape');
    at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  };

  const word = (): string => {
    WORD.lastIndex = at;
    const found = WORD.exec(text)?.[0];
    if (found === undefined) {
      throw new Stop(at, at >= text.length ? 'the text ends too early' : `unexpected ${text[at]!}`);
    }
    at += found.length;
    return found;
  };

  const container = (closing: string, element: () => void, finish: () => ConfigNode): ConfigNode => {
    at++;
    if (++depth > MAXIMUM_DEPTH) throw new Stop(at, 'nests too deep');
    for (;;) {
      skipBlanks();
      if (text[at] === closing) break;
      element();
      skipBlanks();
      if (text[at] === ',') at++;
      else if (text[at] !== closing) {
        throw new Stop(at, at >= text.length ? 'the text ends too early' : `expected , or ${closing}`);
      }
    }
    depth--;
    at++;
    return finish();
  };

  const value = (keep: (node: ConfigNode) => void): void => {
    skipBlanks();
    const start = at;
    const span = (): { start: number; end: number } => ({ start, end: at });
    const first = text[at];
    if (first === '{') {
      const entries: ConfigEntry[] = [];
      const finish = (): ConfigNode => ({ kind: 'map', entries, span: span() });
      const element = (): void => {
        const key = text[at] === '"' || text[at] === "'" ? string() : word();
        skipBlanks();
        if (text[at] !== ':') throw new Stop(at, 'expected :');
        at++;
        value((node) => entries.push({ key, value: node }));
      };
      keepOnStop(keep, () => container('}', element, finish), finish);
    } else if (first === '[') {
      const items: ConfigNode[] = [];
      const finish = (): ConfigNode => ({ kind: 'list', items, span: span() });
      keepOnStop(
        keep,
        () =>
          container(
            ']',
            () => {
              value((node) => items.push(node));
            },
            finish,
          ),
        finish,
      );
    } else if (first === '"' || first === "'") {
      const content = string();
      keep({ kind: 'scalar', value: content, span: span(), block: null });
    } else {
      const content = scalar(word());
      keep({ kind: 'scalar', value: content, span: span(), block: null });
    }
  };

  const roots: ConfigNode[] = [];
  let problem: ConfigDocument['problem'] = null;
  try {
    skipBlanks();
    do {
      value((node) => roots.push(node));
      skipBlanks();
    } while (isLines && at < text.length);
    if (at < text.length) problem = { at, message: 'text after the value' };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    problem = { at: error.at, message: error.message };
  }
  const whole = { start: 0, end: text.length };
  const root = isLines ? undefined : roots[0];
  return { root: root ?? { kind: 'list', items: roots, span: whole }, problem };
}

/** Hands over a container also when reading stops inside it. */
function keepOnStop(
  keep: (node: ConfigNode) => void,
  read: () => ConfigNode,
  partly: () => ConfigNode,
): void {
  try {
    keep(read());
  } catch (error) {
    if (error instanceof Stop) keep(partly());
    throw error;
  }
}

function scalar(word: string): string | number | boolean | null {
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  return NUMBER.test(word) ? Number(word) : word;
}
