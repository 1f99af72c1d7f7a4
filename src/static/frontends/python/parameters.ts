import type { Expression, ParameterNode } from '../../../model/program.ts';
import type { Lowering } from './lowering.ts';
import { identifierText } from './names.ts';

/** What a parameter list holds. */
export interface LoweredParameters {
  readonly parameters: ParameterNode[];
  /** Annotations that call something; they run when the function is defined. */
  readonly annotations: Expression[];
}

/** @param row `parameters` or `lambda_parameters` */
export function lowerParameters(lowering: Lowering, row: number): LoweredParameters {
  const found: LoweredParameters = { parameters: [], annotations: [] };
  for (const child of lowering.children(row)) {
    lowerParameter(lowering, child, found);
  }
  return found;
}

function lowerParameter(lowering: Lowering, row: number, found: LoweredParameters): void {
  const { kinds } = lowering;
  const kind = lowering.kind(row);
  if (kind === kinds.identifier) {
    found.parameters.push({ name: identifierText(lowering, row), default: null, rest: null });
  } else if (kind === kinds.list_splat_pattern || kind === kinds.dictionary_splat_pattern) {
    const name = lowering.first(row);
    const rest = kind === kinds.list_splat_pattern ? '*' : '**';
    found.parameters.push({ name: name < 0 ? '' : identifierText(lowering, name), default: null, rest });
  } else if (kind === kinds.default_parameter || kind === kinds.typed_default_parameter) {
    const name = lowering.first(row);
    const value = lowering.last(row);
    const isPlain = name >= 0 && lowering.kind(name) === kinds.identifier;
    lowerAnnotation(lowering, lowering.child(row, kinds.type), found.annotations);
    found.parameters.push({
      name: isPlain ? identifierText(lowering, name) : '',
      default: value < 0 || value === name ? null : lowering.expression(value),
      rest: null,
    });
  } else if (kind === kinds.typed_parameter) {
    lowerAnnotation(lowering, lowering.child(row, kinds.type), found.annotations);
    const name = lowering.first(row);
    if (name >= 0) {
      lowerParameter(lowering, name, found);
    }
  } else if (kind === kinds.tuple_pattern) {
    // Python 2: `def f((a, b)):`. The parts stand as parameters of their own.
    for (const part of lowering.children(row)) {
      lowerParameter(lowering, part, found);
    }
  }
}

/** Lowers an annotation if it does anything. @param row -1: there is none */
export function lowerAnnotation(lowering: Lowering, row: number, annotations: Expression[]): void {
  if (row >= 0 && lowering.hasCall(row)) {
    annotations.push(lowering.expression(row));
  }
}
