import { parse, TomlError } from 'smol-toml';
import { messageOf } from '../../errors.ts';
import type { Parsed } from './parsed.ts';

/** Parses TOML; a document that is broken comes back as a problem with its line. */
export function parseToml(text: string): Parsed {
  try {
    return { table: parse(text.replace(/^\uFEFF/, '')), problem: null };
  } catch (error) {
    const detail = messageOf(error).replace(/^Invalid TOML document:\s*/, '');
    const line = error instanceof TomlError ? error.line : null;
    return { table: null, problem: { line, reason: `not valid TOML: ${detail}` } };
  }
}

/** The lines of the `name` in each of the `[[header]]` tables, in order; of the header where a table has none. */
export function nameLines(text: string, header: string): number[] {
  const lines: number[] = [];
  const wanted = `[[${header}]]`;
  let isNameless = false;
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    const start = line.trimStart();
    if (start.startsWith(wanted)) {
      lines.push(number);
      isNameless = true;
    } else if (start.startsWith('[')) {
      isNameless = false;
    } else if (isNameless && /^(?:name|"name"|'name')\s*=/.test(start)) {
      lines[lines.length - 1] = number;
      isNameless = false;
    }
  }
  return lines;
}
