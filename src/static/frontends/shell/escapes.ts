const ANSI_C: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text of `$'…'` (Bash manual, "ANSI-C Quoting"). @param inside between the quotes */
export function decodeAnsiC(inside: string): string {
  return inside.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c([^])|([^]))/g,
    (
      whole: string,
      hex?: string,
      short?: string,
      long?: string,
      octal?: string,
      control?: string,
      simple = '',
    ) => {
      const digits = hex ?? short ?? long;
      if (digits !== undefined) {
        const codePoint = Number.parseInt(digits, 16);
        return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
      }
      if (octal !== undefined) {
        return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      }
      if (control !== undefined) {
        return String.fromCharCode(control.charCodeAt(0) & 0x1f);
      }
      return ANSI_C[simple] ?? (/['"?\\]/.test(simple) ? simple : whole);
    },
  );
}
