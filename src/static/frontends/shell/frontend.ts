import type { Frontend, ParsedText, Statement } from '../../../model/program.ts';
import { LineIndex } from '../../decode/lines.ts';
import { handlersByKind } from '../handlers.ts';
import { unparsed } from '../unparsed.ts';
import { ARITHMETIC_HANDLERS } from './arithmetic.ts';
import { ASSIGNMENT_HANDLERS } from './assignments.ts';
import { COMMAND_HANDLERS } from './commands.ts';
import { COMPOUND_HANDLERS } from './compound.ts';
import { EXPANSION_HANDLERS } from './expansions.ts';
import { loadShellGrammar, type ShellGrammar } from './grammar.ts';
import { Lowering, MAX_DEPTH, type Handlers } from './lowering.ts';
import { PIPELINE_HANDLERS } from './pipelines.ts';
import { lowerTooDeep } from './too-deep.ts';
import { WORD_HANDLERS } from './words.ts';

/**
 * Makes the shell frontend ready to parse; loads its parser on first use. It reads bash and sh, and what zsh and ksh share with them.
 * @throws when the grammar's files are missing from the installation
 */
export async function createShellFrontend(): Promise<Frontend> {
  const grammar = await loadShellGrammar();
  const handlers = createHandlers(grammar);
  return {
    languages: ['shell'],
    parse: (text) => parse(text, grammar, handlers),
  };
}

function createHandlers({ grammar }: ShellGrammar): Handlers {
  return {
    expressions: handlersByKind(grammar, WORD_HANDLERS, EXPANSION_HANDLERS, ARITHMETIC_HANDLERS),
    statements: handlersByKind(
      grammar,
      COMMAND_HANDLERS,
      ASSIGNMENT_HANDLERS,
      PIPELINE_HANDLERS,
      COMPOUND_HANDLERS,
    ),
    tooDeep: lowerTooDeep,
  };
}

function parse(text: string, grammar: ShellGrammar, handlers: Handlers): ParsedText {
  const result = grammar.grammar.parse(text.includes('\0') ? text.replaceAll('\0', ' ') : text);
  if (result.kind === 'unparsed') return unparsed(result.problem);
  const { table } = result;
  const lowering = new Lowering(table, grammar, handlers);
  const body: Statement[] = [];
  lowering.statement(0, body);
  appendMissedCommands(lowering, body);
  const problem = problemOf(lowering, text);
  return {
    program: { language: 'shell', body, comments: table.comments },
    fragments: [],
    sentences: [],
    settings: [],
    status: problem === null ? 'complete' : 'recovered',
    problem,
    isCutOff: lowering.firstTooDeep >= 0,
  };
}

/** Around syntax errors the tree has shapes that no handler expects. No command may get lost by that. */
function appendMissedCommands(lowering: Lowering, body: Statement[]): void {
  const { table, kinds, seenCommands } = lowering;
  for (let row = 0; row < table.length; row++) {
    if (table.kinds[row] === kinds.command && seenCommands[row] === 0) {
      lowering.statement(row, body);
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
