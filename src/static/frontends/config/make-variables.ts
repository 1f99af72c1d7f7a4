/** What make itself sets (GNU make, "Implicit Variables" and "Choosing the Shell"). */
const BUILT_IN: Readonly<Record<string, string>> = { SHELL: '/bin/sh', MAKE: 'make', RM: 'rm -f' };

/** Variables stand in variables, so deep; a line comes out no longer than this (UTF-16 units). */
const MAX_DEPTH = 8;
const MAX_LENGTH = 16_384;
/** So much text is put into the lines of one file; the lines after that keep their variables, as ones that nothing is known of. */
const MAX_TOTAL = 8_000_000;

const REFERENCE = /\$(?:\(([\w.-]{1,200})\)|\{([\w.-]{1,200})\})/gu;

/** `$(call NAME,first,second)`, up to its arguments. */
const CALL = /\$([({])call[\t ]{1,9}([\w.-]{1,200})[\t ]{0,9}/u;
/** So many calls of one line are followed. */
const MAX_CALLS = 64;

/** Where the bracket is closed that is open at a place; -1: nowhere. */
function closeOf(text: string, from: number, open: string): number {
  const close = open === '(' ? ')' : '}';
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return at;
  }
  return -1;
}

/** What a call gives, taken apart at commas outside brackets; the first stands for the name. */
function argumentsOf(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(' || character === '{') depth++;
    else if (character === ')' || character === '}') depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** The variables of a makefile, which make puts into a line as text before a shell sees it. */
export class MakeVariables {
  readonly #values = new Map<string, string>(Object.entries(BUILT_IN));
  #total = 0;

  /** @param operator what stands before the equals sign: `?` keeps what is set, `+` adds to it */
  set(name: string, value: string, operator: string): void {
    const before = this.#values.get(name);
    if (operator === '?' && before !== undefined) return;
    // `!` is a command whose output nobody knows here.
    if (operator === '!') this.#values.delete(name);
    else this.#values.set(name, operator === '+' && before !== undefined ? `${before} ${value}` : value);
  }

  /** A line with what its calls of functions that the file defines come to. */
  #called(line: string): string {
    let text = line;
    for (let calls = 0; calls < MAX_CALLS && this.#total < MAX_TOTAL; calls++) {
      const found = CALL.exec(text);
      const body = this.#values.get(found?.[2] ?? '');
      if (found === null || body === undefined) break;
      const from = found.index + found[0].length;
      const end = closeOf(text, from, found[1] ?? '(');
      if (end < 0) break;
      const given = argumentsOf(text.slice(from, end));
      const meant = body.replace(
        /\$(?:\((\d)\)|\{(\d)\}|(\d))/gu,
        (_, a: string, b: string, c: string) => given[Number(a ?? b ?? c)] ?? '',
      );
      if (text.length + meant.length > MAX_LENGTH) break;
      text = text.slice(0, found.index) + meant + text.slice(end + 1);
      this.#total += text.length;
    }
    return text;
  }

  /** A line with the values of the variables that are known; one that would come out too long is left as it is. */
  expanded(line: string): string {
    let text = this.#called(line);
    for (let depth = 0; depth < MAX_DEPTH && this.#total < MAX_TOTAL; depth++) {
      let length = text.length;
      const next = text.replace(
        REFERENCE,
        (whole, one: string | undefined, other: string | undefined, at) => {
          const value = this.#values.get(one ?? other ?? '');
          // `$$(NAME)` is the shell's own.
          const isEscaped = /(?:^|[^$])(?:\$\$)*\$$/.test(
            text.slice(Math.max(0, Number(at) - 8), Number(at)),
          );
          if (value === undefined || isEscaped) return whole;
          length += value.length;
          return length > MAX_LENGTH ? whole : value;
        },
      );
      if (next === text) break;
      this.#total += next.length;
      text = next;
    }
    return text;
  }
}
