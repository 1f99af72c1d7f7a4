import type { Frontend, ParsedText } from '../../../model/program.ts';
import { LineIndex } from '../../decode/lines.ts';
import { unparsed } from '../unparsed.ts';
import { MAX_DEPTH } from './parser/cursor.ts';
import { Parser, type Module } from './parser/parser.ts';

/** Longest text that is parsed, in UTF-16 units: a program takes many times the memory of its text, and this one is generated. */
const MAX_LENGTH = 4_000_000;

/** The Python frontend. It reads Python 2 and 3 and steps over syntax errors. */
export function createPythonFrontend(): Frontend {
  const parser = new Parser();
  return { languages: ['python'], parse: (text) => parse(parser, text) };
}

function parse(parser: Parser, text: string): ParsedText {
  if (text.length > MAX_LENGTH) {
    return unparsed(`longer than ${MAX_LENGTH.toLocaleString('en')} characters`);
  }
  const module = parser.module(text);
  const problem = problemOf(module, text);
  return {
    program: { language: 'python', body: module.body, comments: module.comments },
    fragments: [],
    sentences: [],
    settings: [],
    status: problem === null ? 'complete' : 'recovered',
    problem,
    isCutOff: module.firstTooDeep >= 0,
  };
}

function problemOf({ firstError, firstTooDeep }: Module, text: string): string | null {
  const problems: string[] = [];
  if (firstError >= 0) problems.push(`syntax error at line ${lineOf(text, firstError)}`);
  if (firstTooDeep >= 0) {
    problems.push(`nested deeper than ${MAX_DEPTH} levels at line ${lineOf(text, firstTooDeep)}`);
  }
  return problems.length === 0 ? null : problems.join('; ');
}

function lineOf(text: string, offset: number): number {
  return new LineIndex(text).position(offset).line;
}
