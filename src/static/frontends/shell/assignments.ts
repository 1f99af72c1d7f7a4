import type { Expression, Statement } from '../../../model/program.ts';
import { push } from './commands.ts';
import type { StatementHandler } from './lowering.ts';

/** `export`, `local`, `declare`: assignments; without any, the command itself, which then lists variables. */
const lowerDeclaration: StatementHandler = (lowering, row, out) => {
  const words: Expression[] = [];
  let keyword = '';
  let hasAssignment = false;
  for (const child of lowering.children(row)) {
    if (lowering.kind(child) === lowering.kinds.variable_assignment) {
      hasAssignment = true;
      lowering.statement(child, out);
    } else if (lowering.isExpression(child)) {
      const word = lowering.expression(child);
      const assigned = assignedIn(word);
      hasAssignment ||= assigned !== null;
      if (assigned === null) {
        words.push(word.kind === 'name' ? { kind: 'literal', value: word.name, span: word.span } : word);
      } else {
        out.push(assigned);
      }
    } else {
      keyword ||= lowering.nodeType(child);
    }
  }
  if (!hasAssignment) {
    const span = lowering.span(row);
    push(out, {
      kind: 'call',
      callee: { kind: 'name', name: keyword, span },
      args: words.map((value) => ({ name: null, value })),
      span,
    });
  }
};

/** `export "NAME=value"`: the assignment in a quoted word; null when it is none. */
function assignedIn(word: Expression): Statement | null {
  const parts = word.kind === 'template' ? word.parts : [word];
  const [first, ...rest] = parts;
  const found =
    first?.kind === 'literal' ? /^(?<name>[A-Za-z_]\w*)=(?<value>[^]*)$/.exec(String(first.value)) : null;
  if (found?.groups === undefined || first === undefined) {
    return null;
  }
  const { span } = word;
  const start: Expression = { kind: 'literal', value: found.groups['value'] ?? '', span: first.span };
  return {
    kind: 'assign',
    target: { kind: 'name', name: found.groups['name'] ?? '', span: first.span },
    value: rest.length === 0 ? start : { kind: 'template', parts: [start, ...rest], span },
    operator: '=',
    span,
  };
}

const lowerAssignment: StatementHandler = (lowering, row, out) => {
  const [target, ...rest] = lowering.children(row);
  if (target === undefined) {
    return;
  }
  const span = lowering.span(row);
  const operator = rest.find((child) => !lowering.isExpression(child) && !lowering.isStatement(child));
  const value = rest.find((child) => child !== operator);
  out.push({
    kind: 'assign',
    target: lowering.expression(target),
    value: value === undefined ? { kind: 'literal', value: '', span } : lowering.expression(value),
    operator: operator === undefined ? '=' : lowering.nodeType(operator),
    span,
  });
};

/** Handlers by node type. */
export const ASSIGNMENT_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  declaration_command: lowerDeclaration,
  unset_command: lowerDeclaration,
  variable_assignment: lowerAssignment,
  variable_assignments: (lowering, row, out) => lowering.statements(row, out),
};
