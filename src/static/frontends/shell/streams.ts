import type { Expression, Span, Statement } from '../../../model/program.ts';
import { type Redirection, redirectionArguments, hasStream } from './redirections.ts';
import type { Reader } from './reader.ts';
import type { LateValue, ReadCall, Script } from './script.ts';

/** A statement whose value may come later. */
type LateAssignment = LateValue & Extract<Statement, { kind: 'assign' }>;

/** `{ a; b; } > file`, `while …; done < file`: the commands inside share the streams. @param since the first of its commands */
export function redirectGroup(
  reader: Reader,
  since: number,
  redirections: readonly Redirection[],
  own: readonly Statement[],
  out: Statement[],
  span: Span,
): void {
  const { script } = reader;
  if (script.calls.length === since) {
    // No command takes them, but the files are opened.
    const call: Expression = {
      kind: 'call',
      callee: { kind: 'name', name: ':', span },
      args: redirectionArguments(redirections),
      span,
    };
    out.push(...own, { kind: 'expression', expression: call, span });
    return;
  }
  for (const redirection of redirections) {
    const { name } = redirection;
    const shared = shareable(redirection.value, name, redirection, out);
    for (let at = since; at < script.calls.length; at++) {
      const call = script.calls[at]!;
      if (name === 'stdin') giveInput(call, shared);
      else giveOutput(call, name, shared);
    }
  }
  for (const statement of own) out.push(statement);
}

/** Gives what is piped into a stage to its command, or to the commands inside it. */
export function pipeInto(
  script: Script,
  since: number,
  only: ReadCall | null,
  input: Expression,
  out: Statement[],
): void {
  if (only !== null) {
    if (!hasStream(only, 'stdin')) only.args.push({ name: 'stdin', value: input });
    return;
  }
  const shared = shareable(input, 'stdin', null, out);
  for (let at = since; at < script.calls.length; at++) giveInput(script.calls[at]!, shared);
}

/** A value that several commands use stands once, under a name that no variable can have. */
export function shareable(
  value: Expression,
  stream: string,
  redirection: Redirection | null,
  out: Statement[],
): Expression {
  const document = redirection?.document ?? null;
  if (document === null && (value.kind === 'literal' || value.kind === 'name')) return value;
  const { span } = value;
  const name: Expression = { kind: 'name', name: `<${stream}>`, span };
  const assignment: LateAssignment = { kind: 'assign', target: name, value, operator: '=', span };
  document?.holders.push(assignment);
  out.push(assignment);
  return name;
}

function giveInput(call: ReadCall, value: Expression): void {
  if (call.reads && !hasStream(call, 'stdin')) call.args.push({ name: 'stdin', value });
}

function giveOutput(call: ReadCall, name: string, value: Expression): void {
  const stream = name.replace('-append', '');
  const isElsewhere = call.isCaptured && stream === 'stdout';
  if (!isElsewhere && !hasStream(call, stream)) call.args.push({ name, value });
}
