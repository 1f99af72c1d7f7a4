import type { Frontend, ParsedText, Statement } from '../../../model/program.ts';
import { LineIndex } from '../../decode/lines.ts';
import { handlersByKind } from '../handlers.ts';
import { unparsed } from '../unparsed.ts';
import { COMPOUND_HANDLERS } from './compound.ts';
import { COMPREHENSION_HANDLERS } from './comprehensions.ts';
import { DEFINITION_HANDLERS } from './definitions.ts';
import { EXPRESSION_HANDLERS } from './expressions.ts';
import { loadPythonGrammar, type PythonGrammar } from './grammar.ts';
import { IMPORT_HANDLERS } from './imports.ts';
import { LITERAL_HANDLERS } from './literals.ts';
import { Lowering, MAX_DEPTH, type Handlers } from './lowering.ts';
import { MATCH_HANDLERS } from './matching.ts';
import { OPERATOR_HANDLERS } from './operators.ts';
import { STATEMENT_HANDLERS } from './statements.ts';
import { lowerTooDeep } from './too-deep.ts';

/**
 * Makes the Python frontend ready to parse; loads its parser on first use. It reads Python 2 and 3 and steps over syntax errors.
 * @throws when the grammar's files are missing from the installation
 */
export async function createPythonFrontend(): Promise<Frontend> {
  const grammar = await loadPythonGrammar();
  const handlers = createHandlers(grammar);
  return {
    languages: ['python'],
    parse: (text) => parse(text, grammar, handlers),
  };
}

function createHandlers({ grammar }: PythonGrammar): Handlers {
  return {
    expressions: handlersByKind(
      grammar,
      EXPRESSION_HANDLERS,
      OPERATOR_HANDLERS,
      LITERAL_HANDLERS,
      COMPREHENSION_HANDLERS,
    ),
    statements: handlersByKind(
      grammar,
      STATEMENT_HANDLERS,
      COMPOUND_HANDLERS,
      DEFINITION_HANDLERS,
      IMPORT_HANDLERS,
      MATCH_HANDLERS,
    ),
    tooDeep: lowerTooDeep,
  };
}

function parse(text: string, grammar: PythonGrammar, handlers: Handlers): ParsedText {
  const result = grammar.grammar.parse(normaliseLineBreaks(text));
  if (result.kind === 'unparsed') return unparsed(result.problem);
  const { table } = result;
  const lowering = new Lowering(table, grammar, handlers);
  const body: Statement[] = [];
  lowering.statement(0, body);
  appendMissedCalls(lowering, body);
  const problem = problemOf(lowering, text);
  return {
    program: { language: 'python', body, comments: table.comments },
    fragments: [],
    sentences: [],
    settings: [],
    status: problem === null ? 'complete' : 'recovered',
    problem,
    isCutOff: lowering.firstTooDeep >= 0,
  };
}

/**
 * CPython ends a line, and with it a comment, at a lone carriage return; the grammar does not. Offsets stay as they are. A NUL, which
 * the grammar takes for the end of the text, becomes a space.
 */
function normaliseLineBreaks(text: string): string {
  let result = text;
  if (result.includes('\r')) {
    result = result.replace(/\r(?!\n)/g, '\n');
  }
  return result.includes('\0') ? result.replaceAll('\0', ' ') : result;
}

/** Around syntax errors the tree has shapes that no handler expects. No call may get lost by that. */
function appendMissedCalls(lowering: Lowering, body: Statement[]): void {
  const { table, kinds, seenCalls } = lowering;
  for (let row = 0; row < table.length; row++) {
    if (table.kinds[row] === kinds.call && seenCalls[row] === 0) {
      const expression = lowering.expression(row);
      body.push({ kind: 'expression', expression, span: expression.span });
    }
  }
}

function problemOf(lowering: Lowering, text: string): string | null {
  const problems: string[] = [];
  const { firstError } = lowering.table;
  if (firstError >= 0) {
    problems.push(`syntax error at line ${new LineIndex(text).position(firstError).line}`);
  }
  if (lowering.firstTooDeep >= 0) {
    const { line } = new LineIndex(text).position(lowering.firstTooDeep);
    problems.push(`nested deeper than ${MAX_DEPTH} levels at line ${line}`);
  }
  return problems.length === 0 ? null : problems.join('; ');
}
