/** What a token is. A `template` with expressions in it has no value; their tokens follow it. */
type TokenKind = 'word' | 'string' | 'template' | 'sign' | 'number' | 'expression';

/** A token of JavaScript or TypeScript; comments and blanks are none. */
export interface Token {
  readonly kind: TokenKind;
  /** The word, the sign, or what stands between the quotes, escapes as written. */
  readonly text: string;
  /** UTF-16 offset. */
  readonly start: number;
}

/** Words behind which a slash begins a regular expression. */
const BEFORE_EXPRESSION: ReadonlySet<string> = new Set(
  'return typeof case in of delete void instanceof new throw do else yield await'.split(' '),
);

const WORD = /[\p{ID_Continue}$\u200c\u200d\\]+/uy;

/**
 * The tokens of a text, in one pass and without recursion: exact on strings, templates, comments and, but for a slash behind a closing
 * bracket, regular expressions. Text between JSX tags comes out as words, and an apostrophe in it as a string that ends with its line.
 * @returns null when a template or comment never ends
 */
export function javascriptTokens(text: string): Token[] | null {
  const tokens: Token[] = [];
  /** Open braces; true for the ones of a template's expression. */
  const braces: boolean[] = [];
  /** No regular expression ends before this offset: asked once a line, so that a line of slashes costs one reading. */
  let noRegexBefore = 0;
  let at = text.startsWith('#!') ? lineEnd(text, 0) : 0;
  const push = (kind: TokenKind, value: string, start: number): void => {
    tokens.push({ kind, text: value, start });
  };
  while (at < text.length) {
    const character = text[at]!;
    const start = at;
    if (character <= ' ' || character === '\ufeff' || character === '\u00a0') at += 1;
    else if (character === '/' && text[at + 1] === '/') at = lineEnd(text, at);
    else if (character === '/' && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      if (end === -1) return null;
      at = end + 2;
    } else if (character === '"' || character === "'") {
      at = stringEnd(text, at, character);
      push('string', text.slice(start + 1, text[at - 1] === character ? at - 1 : at), start);
    } else if (character === '`' || (character === '}' && braces.at(-1) === true)) {
      const end = templateEnd(text, at + 1);
      if (end === -1) return null;
      if (character === '}') braces.pop();
      const isDone = text[end - 1] === '`';
      if (!isDone) braces.push(true);
      if (character === '`') push('template', isDone ? text.slice(start + 1, end - 1) : '${', start);
      else push('expression', '}', start);
      at = end;
    } else if (character === '/' && at >= noRegexBefore && mayBeRegex(tokens.at(-1))) {
      const end = regexEnd(text, at);
      if (end === -1) noRegexBefore = lineEnd(text, at);
      at = end === -1 ? at + 1 : end;
      push(end === -1 ? 'sign' : 'expression', '/', start);
    } else {
      WORD.lastIndex = at;
      if (WORD.test(text)) {
        at = WORD.lastIndex;
        const isNumber = character >= '0' && character <= '9';
        push(isNumber ? 'number' : 'word', text.slice(start, at), start);
      } else {
        if (character === '{') braces.push(false);
        else if (character === '}') braces.pop();
        at += 1;
        push('sign', character, start);
      }
    }
  }
  return tokens;
}

function mayBeRegex(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'word') return BEFORE_EXPRESSION.has(before.text);
  return before.kind === 'sign' && before.text !== ')' && before.text !== ']';
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** Behind the closing quote, or at the end of the line when there is none. */
function stringEnd(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at += text.startsWith('\r\n', at + 1) ? 2 : 1;
    else if (character === quote) return at + 1;
    else if (character === '\n') return at;
  }
  return text.length;
}

/** Behind the closing backtick, or behind the `${` that comes first; -1 when neither comes. */
function templateEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '`') return at + 1;
    else if (character === '$' && text[at + 1] === '{') return at + 2;
  }
  return -1;
}

/** Behind the closing slash (flags come out as a word behind it); -1 when the line ends first. */
function regexEnd(text: string, start: number): number {
  let isInClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '\n') return -1;
    if (character === '\\') at += 1;
    else if (character === '[') isInClass = true;
    else if (character === ']') isInClass = false;
    else if (character === '/' && !isInClass) return at + 1;
  }
  return -1;
}
