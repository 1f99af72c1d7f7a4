import { loadGrammar, type Grammar } from '../tree-sitter.ts';
import type { GrammarShape } from '../tree-sitter-table.ts';

const SHAPE: GrammarShape = {
  leaves: [
    'word',
    'variable_name',
    'special_variable_name',
    'raw_string',
    'ansi_c_string',
    'regex',
    'extglob_pattern',
    'heredoc_start',
    'heredoc_content',
    'heredoc_end',
    'file_descriptor',
    'test_operator',
    'brace_expression',
    'string_content',
  ],
  dropped: [],
  keepTokensUnder: [
    'list',
    'if_statement',
    'elif_clause',
    'case_item',
    'file_redirect',
    'heredoc_redirect',
    'expansion',
    'variable_assignment',
    'declaration_command',
    'unset_command',
    'binary_expression',
    'unary_expression',
    'postfix_expression',
    'process_substitution',
  ],
  comment: 'comment',
};

const KIND_NAMES = [
  'case_item',
  'command',
  'command_name',
  'command_substitution',
  'concatenation',
  'do_group',
  'elif_clause',
  'else_clause',
  'file_descriptor',
  'file_redirect',
  'heredoc_body',
  'heredoc_end',
  'heredoc_redirect',
  'heredoc_start',
  'herestring_redirect',
  'list',
  'number',
  'pipeline',
  'raw_string',
  'redirected_statement',
  'simple_expansion',
  'expansion',
  'arithmetic_expansion',
  'special_variable_name',
  'string',
  'subscript',
  'subshell',
  'test_command',
  'variable_assignment',
  'variable_name',
  'word',
  'ERROR',
] as const;

/** Row kinds by node type name. */
export type ShellKinds = Readonly<Record<(typeof KIND_NAMES)[number], number>>;

/** The loaded grammar and what the lowering looks up in it. */
export interface ShellGrammar {
  readonly grammar: Grammar;
  readonly kinds: ShellKinds;
}

/** Loads tree-sitter's bash grammar, which covers POSIX sh and most of zsh and ksh. */
export async function loadShellGrammar(): Promise<ShellGrammar> {
  const grammar = await loadGrammar('bash', SHAPE);
  const kinds = Object.fromEntries(KIND_NAMES.map((name) => [name, grammar.kindOf(name)])) as ShellKinds;
  return { grammar, kinds };
}
