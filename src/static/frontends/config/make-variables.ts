/** What make itself sets (GNU make, "Implicit Variables" and "Choosing the Shell"). */
const BUILT_IN: Readonly<Record<string, string>> = { SHELL: '/bin/sh', MAKE: 'make', RM: 'rm -f' };

/** Variables stand in variables, so deep; a line comes out no longer than this (UTF-16 units). */
const MAX_DEPTH = 8;
const MAX_LENGTH = 16_384;
/** So much text is put into the lines of one file; the lines after that keep their variables, as ones that nothing is known of. */
const MAX_TOTAL = 8_000_000;

const REFERENCE = /\$(?:\(([\w.-]{1,200})\)|\{([\w.-]{1,200})\})/gu;

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

  /** A line with the values of the variables that are known; one that would come out too long is left as it is. */
  expanded(line: string): string {
    let text = line;
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
