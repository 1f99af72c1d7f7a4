import { CONTROL_LETTERS } from '../../decode/control-letters.ts';
import { ASCII_CHARACTER_NAMES } from './character-names.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  ...CONTROL_LETTERS,
};

/** Every escape of a string literal, and a backslash before anything else, which Python keeps. */
const ESCAPE =
  /\\(?:(\r\n|[\n\\'"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}\n]{1,100})\})/g;

/**
 * The text that the inside of a literal stands for ("String and Bytes literals" in the Python language reference).
 * @param inside source between the quotes
 * @param options `raw`: backslashes stand for themselves; `bytes`: `\u`, `\U` and `\N` are not escapes; `format`: `{{` and `}}` are
 *   single braces
 */
export function decodeEscapes(
  inside: string,
  options: { readonly raw: boolean; readonly bytes: boolean; readonly format: boolean },
): string {
  let text = inside;
  if (text.includes('\r')) {
    text = text.replace(/\r\n?/g, '\n');
  }
  if (options.format && (text.includes('{{') || text.includes('}}'))) {
    text = text.replace(/\{\{|\}\}/g, (pair) => pair[0]!);
  }
  if (options.raw || !text.includes('\\')) {
    return text;
  }
  return text.replace(
    ESCAPE,
    (
      whole: string,
      simple?: string,
      octal?: string,
      hex?: string,
      short?: string,
      long?: string,
      name?: string,
    ) => {
      if (simple !== undefined) {
        return SIMPLE[simple] ?? '';
      }
      if (octal !== undefined) {
        return String.fromCharCode(Number.parseInt(octal, 8) & (options.bytes ? 0xff : 0x1ff));
      }
      if (hex !== undefined) {
        return String.fromCharCode(Number.parseInt(hex, 16));
      }
      if (options.bytes) {
        return whole;
      }
      if (name !== undefined) {
        return ASCII_CHARACTER_NAMES.get(name.toUpperCase()) ?? '\ufffd';
      }
      const codePoint = Number.parseInt(short ?? long ?? '', 16);
      return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
    },
  );
}
