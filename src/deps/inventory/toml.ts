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

/** The lines on which `[[header]]` tables start, in order. */
export function tableLines(text: string, header: string): number[] {
  const lines: number[] = [];
  const wanted = `[[${header}]]`;
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    if (line.trimStart().startsWith(wanted)) lines.push(number);
  }
  return lines;
}
