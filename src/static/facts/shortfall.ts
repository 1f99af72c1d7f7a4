import type { FragmentRole, Language, ParsedText } from '../../model/program.ts';
import { RUNNABLE } from '../frontends/runnable.ts';

/** Something of a file that was not understood or not followed, and why. */
export interface Shortfall {
  readonly reason: string;
  /** As in `Opaque`: what is missing may run, or steer an agent. */
  readonly blocking: boolean;
}

/** Texts in these languages hold values only: what cannot be read of them, their readers cannot read either. */
const INERT: ReadonlySet<Language> = new Set(['text', 'ini', 'toml']);

/** Longer texts go to the detectors, the text rules and the search for hidden texts only (UTF-16 units). */
const MAX_LENGTH = 4 * 1024 * 1024;

/** Bundles of programs for a browser are long, and so are files with pictures in them. */
const MAX_LENGTHS: Partial<Readonly<Record<Language, number>>> = {
  javascript: 8 * 1024 * 1024,
  typescript: 8 * 1024 * 1024,
  json: 8 * 1024 * 1024,
  notebook: 64 * 1024 * 1024,
  html: 64 * 1024 * 1024,
  text: Number.POSITIVE_INFINITY,
};

/** A longer text with a hole in it is not judged by its words (UTF-16 units). */
const MAX_HARMLESS_LENGTH = 100_000;

/** Files of values that say what is run; other large ones are data sets and vocabularies. */
const STEERING =
  /(?:^|\/)(?:package|\.?mcp|settings(?:\.local)?|plugin|hooks|marketplace|manifest)\.json$|(?:^|\/)\.(?:github|gitlab|circleci|claude|cursor|vscode)[^/]*(?:\/|$)|\.pre-commit/i;

/** Plain texts that agents are given to read as orders. */
const PROSE = /\.prompts?$|(?:^|\/)(?:AGENTS|CLAUDE|SKILL|GEMINI|\.cursorrules|\.windsurfrules)[^/]*$/i;

/** Names of what runs code, reaches the network or reads secrets; a text with a hole in it that names none of them is harmless enough. */
const TELLING =
  /\b(?:exec\w{0,4}|eval|compile|system|popen|subprocess|spawn\w{0,4}|child_process|__import__|import_module|marshal|c?pickle|ctypes|b64decode|atob|fromCharCode|urlopen|urllib\d?|requests|httpx|aiohttp|socket|fetch|XMLHttpRequest|curl|wget|nc|environ|getenv|process\.env|id_rsa|rmtree)\b|\bFunction\s{0,5}\(|\|\s{0,5}(?:ba|z)?sh\b/i;

/** True when nobody runs or obeys what is missing of a text. */
function isHarmlessData(language: Language, path: string): boolean {
  return INERT.has(language) || ((language === 'json' || language === 'yaml') && !STEERING.test(path));
}

/** What is missing of a text that is too long to be parsed as its language; null when it is not. @param length in UTF-16 units */
export function tooLongToParse(length: number, language: Language, path: string): Shortfall | null {
  if (length <= (MAX_LENGTHS[language] ?? MAX_LENGTH)) return null;
  return { reason: 'too large to be parsed', blocking: !isHarmlessData(language, path) };
}

/**
 * What is missing of a text that was parsed; null when nothing is, or when it is an example in a document, which nobody runs as it is.
 * A syntax error that was stepped over leaves a hole: the text's interpreter mostly stops there too, but its idea of the language may
 * differ from the parser's. So it blocks when the text names anything that could do harm from inside the hole.
 * @param role the part that an embedded text plays; null for the file itself
 */
export function shortfallOf(
  parsed: Pick<ParsedText, 'status' | 'problem' | 'isCutOff'>,
  language: Language,
  text: string,
  path: string,
  role: FragmentRole | null,
): Shortfall | null {
  if (parsed.status === 'complete' || role === 'example') return null;
  const reason = parsed.problem ?? 'not understood';
  if (parsed.status === 'unparsed') return { reason, blocking: !INERT.has(language) };
  if (language === 'json' || language === 'yaml')
    return { reason, blocking: role === null && STEERING.test(path) };
  if (parsed.isCutOff === true) return { reason, blocking: !INERT.has(language) || PROSE.test(path) };
  if (language === 'pickle') return { reason, blocking: true };
  // A runner fills in `${{ … }}` before any shell sees the text.
  const isRun = RUNNABLE.has(language) && role !== 'ci';
  return { reason, blocking: isRun && (text.length > MAX_HARMLESS_LENGTH || TELLING.test(text)) };
}
