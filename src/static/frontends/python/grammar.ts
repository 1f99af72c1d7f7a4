import { loadGrammar, type Grammar } from '../tree-sitter.ts';
import type { GrammarShape } from '../tree-sitter-table.ts';

const SHAPE: GrammarShape = {
  leaves: [
    'identifier',
    'integer',
    'float',
    'true',
    'false',
    'none',
    'ellipsis',
    'dotted_name',
    'import_prefix',
    'wildcard_import',
    'string_start',
    'string_content',
    'string_end',
    'type_conversion',
    'splat_pattern',
    'complex_pattern',
    'keyword_separator',
    'positional_separator',
    'pass_statement',
    'break_statement',
    'continue_statement',
  ],
  dropped: ['line_continuation'],
  keepTokensUnder: [
    'slice',
    'binary_operator',
    'boolean_operator',
    'comparison_operator',
    'unary_operator',
    'augmented_assignment',
    'yield',
  ],
  comment: 'comment',
};

/** Node types that the lowering looks for by name; everything else is reached through the handlers' tables. */
const KIND_NAMES = [
  'argument_list',
  'as_pattern',
  'as_pattern_target',
  'assignment',
  'binary_operator',
  'block',
  'boolean_operator',
  'call',
  'case_clause',
  'chevron',
  'class_definition',
  'class_pattern',
  'concatenated_string',
  'decorator',
  'default_parameter',
  'dictionary_splat',
  'dictionary_splat_pattern',
  'dotted_name',
  'elif_clause',
  'else_clause',
  'except_clause',
  'expression_list',
  'expression_statement',
  'finally_clause',
  'for_in_clause',
  'format_expression',
  'format_specifier',
  'function_definition',
  'generator_expression',
  'identifier',
  'if_clause',
  'import_prefix',
  'interpolation',
  'keyword_argument',
  'keyword_pattern',
  'lambda_parameters',
  'list_splat',
  'list_splat_pattern',
  'aliased_import',
  'pair',
  'parameters',
  'relative_import',
  'slice',
  'splat_pattern',
  'string',
  'string_content',
  'string_start',
  'tuple',
  'tuple_pattern',
  'type',
  'type_conversion',
  'type_parameter',
  'typed_default_parameter',
  'typed_parameter',
  'wildcard_import',
  'with_clause',
  'with_item',
  'attribute',
  'ERROR',
] as const;

/** Row kinds by node type name. */
export type PythonKinds = Readonly<Record<(typeof KIND_NAMES)[number], number>>;

/** The loaded grammar and what the lowering looks up in it. */
export interface PythonGrammar {
  readonly grammar: Grammar;
  readonly kinds: PythonKinds;
}

/** Loads tree-sitter's Python grammar, which covers Python 2 and 3. */
export async function loadPythonGrammar(): Promise<PythonGrammar> {
  const grammar = await loadGrammar('python', SHAPE);
  const kinds = Object.fromEntries(KIND_NAMES.map((name) => [name, grammar.kindOf(name)])) as PythonKinds;
  return { grammar, kinds };
}
