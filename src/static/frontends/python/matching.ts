import type { Expression, Statement } from '../../../model/program.ts';
import type { Lowering, StatementHandler } from './lowering.ts';
import { identifierText } from './names.ts';

/** Stands for the value that is matched, where it may not be written twice. */
const SUBJECT = '<subject>';

/** `match`: one branch a case; the names a pattern captures are bound to the subject at the start of its branch. */
const lowerMatch: StatementHandler = (lowering, row, out) => {
  const { kinds } = lowering;
  const block = lowering.child(row, kinds.block);
  const subjects = lowering.children(row).filter((child) => child !== block && lowering.isExpression(child));
  const span = lowering.span(row);
  const written: Expression =
    subjects.length === 1
      ? lowering.expression(subjects[0]!)
      : { kind: 'list', elements: subjects.map((subject) => lowering.expression(subject)), span };
  let subject = written;
  if (written.kind !== 'name') {
    subject = { kind: 'name', name: SUBJECT, span: written.span };
    out.push({ kind: 'assign', target: subject, value: written, operator: '=', span: written.span });
  }
  const cases = block < 0 ? [] : lowering.children(block);
  const branches = cases.map((clause) => lowerCase(lowering, clause, subject));
  out.push({ kind: 'branch', test: subject, branches, span });
};

function lowerCase(lowering: Lowering, row: number, subject: Expression): Statement[] {
  const { kinds } = lowering;
  if (lowering.kind(row) !== kinds.case_clause) {
    const strayed: Statement[] = [];
    lowering.statement(row, strayed);
    return strayed;
  }
  const body: Statement[] = [];
  const guard = lowering.child(row, kinds.if_clause);
  const block = lowering.child(row, kinds.block);
  for (const child of lowering.children(row)) {
    if (child !== guard && child !== block) {
      for (const target of captures(lowering, child)) {
        body.push({ kind: 'assign', target, value: subject, operator: '=', span: target.span });
      }
    }
  }
  const statements = block < 0 ? [] : lowering.statements(block);
  const condition = guard < 0 ? -1 : lowering.first(guard);
  if (condition < 0) {
    body.push(...statements);
  } else {
    const test = lowering.expression(condition);
    body.push({ kind: 'branch', test, branches: [statements], span: lowering.span(row) });
  }
  return body;
}

/** The names that a pattern binds. Walks the rows in order, so no nesting can be too deep. */
function captures(lowering: Lowering, pattern: number): Expression[] {
  const { kinds, table } = lowering;
  const found: Expression[] = [];
  const end = table.next[pattern]!;
  for (let row = pattern; row < end; row++) {
    const kind = lowering.kind(row);
    const isCapture = kind === kinds.splat_pattern || kind === kinds.dotted_name || kind === kinds.identifier;
    if (isCapture && !isPartOfName(lowering, row)) {
      const name = identifierText(lowering, row).replace(/^[*\s]+/, '');
      if (/^[^\s.]+$/.test(name) && name !== '_') {
        found.push({ kind: 'name', name, span: lowering.span(row) });
      }
    }
  }
  return found;
}

/** True for the class of a class pattern and the keyword of a keyword pattern: the first child of either. */
function isPartOfName(lowering: Lowering, row: number): boolean {
  const parentKind = row > 0 ? lowering.kind(row - 1) : -1;
  return (
    lowering.table.next[row - 1]! > row &&
    (parentKind === lowering.kinds.class_pattern || parentKind === lowering.kinds.keyword_pattern)
  );
}

/** Handlers by node type. */
export const MATCH_HANDLERS: Readonly<Record<string, StatementHandler>> = {
  match_statement: lowerMatch,
};
