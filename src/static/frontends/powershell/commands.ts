import type { ArgumentNode, Expression } from '../../../model/program.ts';
import { commandName, isSwitch, isTransparent, parameterName } from './names.ts';
import { expression } from './operators.ts';
import { callOf, type Grammar, literal, nameOf, type Reader, typeName } from './reader.ts';
import { escaped, variable } from './strings.ts';
import { primary, scriptBlock } from './values.ts';

/** What stands for the running of a command: its first argument is the command's name. */
const RUN = '&';

/** Ends a word of a command. */
const WORD_END = /[\s;|(){}"'`$,&<>]/;

/** A command begins here rather than an expression. */
function isCommand(reader: Reader): boolean {
  return reader.sees(/&(?!&)|\.(?=[\s"'$({\\/.])|\d\w*\.exe\b|7z\b|[A-Za-z_~\\/?%](?!:?\s*=[^=])|\*/y);
}

/** A word that is not quoted, with variables in it. */
function bareWord(reader: Reader): Expression {
  const start = reader.at;
  const parts: Expression[] = [];
  let plain = '';
  while (!reader.isAtEnd) {
    const character = reader.peek();
    if (character === '`') plain += escaped(reader);
    else if (character === '$' && reader.sees(/\$[\w{?]/y)) {
      if (plain !== '') parts.push(literal(plain, reader.spanFrom(start)));
      plain = '';
      parts.push(variable(reader));
    } else if (WORD_END.test(character)) break;
    else {
      plain += character;
      reader.at++;
    }
  }
  if (plain !== '' || parts.length === 0) parts.push(literal(plain, reader.spanFrom(start)));
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? only
    : { kind: 'template', parts, span: reader.spanFrom(start) };
}

/** One argument, or a list of them with commas between. */
function argument(reader: Reader, grammar: Grammar): Expression {
  const start = reader.at;
  const elements: Expression[] = [];
  do {
    reader.skip(elements.length > 0);
    const before = reader.at;
    const isValue = reader.sees(/["'\u2018-\u201e({]|@["'({\w]|\$(?![\w:]+[\\/.-][\w\\/])/y);
    let value = isValue ? primary(reader, grammar) : bareWord(reader);
    // `"$x"\rest` and `$x\rest` are one word.
    if (isValue && value.kind !== 'function' && !reader.isAtEnd && reader.sees(/[\\/\w]/y)) {
      const rest = bareWord(reader);
      value = { kind: 'template', parts: [value, rest], span: reader.spanFrom(before) };
    }
    elements.push(value);
    if (reader.at === before) break;
  } while (reader.take(','));
  const [only] = elements;
  return elements.length === 1 && only !== undefined
    ? only
    : { kind: 'list', elements, span: reader.spanFrom(start) };
}

/** Words and redirections up to the command's end. */
function words(reader: Reader, grammar: Grammar): ArgumentNode[] {
  const args: ArgumentNode[] = [];
  for (let turn = 0; turn < 100_000; turn++) {
    reader.skip();
    if (reader.isAtEnd || reader.sees(/[\r\n;|)}]|&&|&[ \t]*(?:[\r\n;]|$)/y)) return args;
    const start = reader.at;
    if (reader.match(/[*1-6]?>&[12]/y) !== null) continue;
    const redirection = reader.match(/[*1-6]?>>?/y);
    if (redirection !== null) {
      reader.skip();
      const name = redirection.startsWith('2')
        ? 'stderr'
        : redirection.endsWith('>>')
          ? 'stdout-append'
          : 'stdout';
      args.push({ name, value: argument(reader, grammar) });
      continue;
    }
    const parameter = reader.match(/-{1,2}[A-Za-z?][\w-]*(?=[\s:;|)}]|$)/y);
    if (parameter !== null) {
      args.push({ name: null, value: literal(parameterName(parameter), reader.spanFrom(start)) });
      if (reader.take(':') && !isSwitch(parameter)) reader.skip();
      continue;
    }
    args.push({ name: null, value: argument(reader, grammar) });
    if (reader.at === start) reader.stumble();
  }
  return args;
}

function textOf(value: Expression | undefined): string | null {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
}

/** `New-Object Net.WebClient`, `New-Object -ComObject WScript.Shell`: an object of a type. */
function newObject(args: readonly ArgumentNode[], span: Expression['span']): Expression | null {
  const operands = args
    .map(({ value }) => value)
    .filter((value) => !/^-(?:TypeName|ArgumentList|Property)$/.test(textOf(value) ?? ''));
  const isCom = textOf(operands[0]) === '-ComObject';
  const [type, ...given] = isCom ? operands.slice(1) : operands;
  const name = textOf(type);
  if (name === null) return null;
  const values = given.flatMap((value) => (value.kind === 'list' ? value.elements : [value]));
  return callOf(typeName(isCom ? `com.${name}` : name, span), values, span);
}

/** `curl` is the alias of a cmdlet in Windows PowerShell and a program in PowerShell 7: its options tell which is meant. */
function isWebRequest(name: string, args: readonly ArgumentNode[]): boolean {
  if (!/^(?:curl|wget)$/i.test(name)) return false;
  return args.some(({ value }) =>
    /^-(?:Uri|OutFile|Method|Body|Headers|InFile|UseB\w*)$/i.test(textOf(value) ?? ''),
  );
}

/** A command with its words. */
function command(reader: Reader, grammar: Grammar): Expression {
  const start = reader.at;
  const isCalled = reader.match(/&/y) !== null;
  reader.skip();
  let name: Expression;
  if (reader.peek() === '{') {
    const block = scriptBlock(reader, grammar);
    const args = words(reader, grammar);
    return { kind: 'call', callee: block, args, span: reader.spanFrom(start) };
  }
  if (!isCalled && reader.sees(/\.(?=[\s"'$({])/y)) {
    name = literal('.', reader.spanFrom(start));
    reader.at++;
  } else if (isCalled) name = argument(reader, grammar);
  else {
    const written = bareWord(reader);
    const text = textOf(written);
    name = text === null ? written : literal(commandName(text), written.span);
  }
  if (isCalled && textOf(name) !== null) name = literal(commandName(textOf(name)!), name.span);
  const args = words(reader, grammar);
  const span = reader.spanFrom(start);
  const text = textOf(name);
  if (text === 'New-Object') {
    const made = newObject(args, span);
    if (made !== null) return made;
  }
  if (text !== null && isWebRequest(text, args)) name = literal('Invoke-WebRequest', name.span);
  return { kind: 'call', callee: nameOf(RUN, name.span), args: [{ name: null, value: name }, ...args], span };
}

/** The body of `ForEach-Object` for each of what is piped into it. */
function forEach(
  reader: Reader,
  block: Extract<Expression, { kind: 'function' }>,
  input: Expression,
): Expression {
  const { body } = block.definition;
  const { span } = block;
  const binding = nameOf('$_', span);
  const [only] = body;
  const last = body.at(-1);
  if (body.length === 1 && only?.kind === 'return' && only.value !== null)
    return { kind: 'comprehension', element: only.value, binding, iterable: input, conditions: [], span };
  reader.pending.push({ kind: 'assign', target: binding, value: input, operator: '=', span });
  for (const statement of last?.kind === 'return' ? body.slice(0, -1) : body) reader.pending.push(statement);
  return last?.kind === 'return' && last.value !== null ? last.value : { kind: 'list', elements: [], span };
}

/** What a command of a pipeline makes of what comes in. */
function piped(reader: Reader, next: Expression, input: Expression): Expression {
  if (next.kind !== 'call') return next;
  const name = next.callee.kind === 'name' && next.callee.name === RUN ? textOf(next.args[0]?.value) : null;
  if (name !== null && isTransparent(name)) return input;
  const block = next.args.find(({ value }) => value.kind === 'function')?.value;
  if (block?.kind === 'function' && name === 'ForEach-Object') return forEach(reader, block, input);
  if (block?.kind === 'function' && name === 'Where-Object') {
    reader.pending.push({
      kind: 'assign',
      target: nameOf('$_', block.span),
      value: input,
      operator: '=',
      span: block.span,
    });
    reader.pending.push({ kind: 'expression', expression: block, span: block.span });
    return input;
  }
  return { ...next, args: [...next.args, { name: 'stdin', value: input }] };
}

/** Commands and expressions with `|` between them. */
export function pipeline(reader: Reader, grammar: Grammar): Expression {
  const first = (): Expression =>
    isCommand(reader) ? command(reader, grammar) : expression(reader, grammar);
  let value = first();
  for (let turn = 0; turn < 10_000; turn++) {
    const before = reader.at;
    reader.skip();
    // A pipe may stand at the beginning of the next line.
    const isNext = reader.sees(/(?:[^\S\n]*\n\s*)?\|(?!\|)/y);
    if (!isNext) {
      const target = reader.match(/[*1-6]?>>?(?!&)/y);
      if (target === null) {
        reader.at = before;
        return value;
      }
      reader.skip();
      const file = argument(reader, grammar);
      const span = { start: value.span.start, end: reader.at };
      value = {
        kind: 'call',
        callee: nameOf(RUN, span),
        args: [
          { name: null, value: literal('Out-File', span) },
          { name: null, value: file },
          { name: 'stdin', value },
        ],
        span,
      };
      continue;
    }
    reader.match(/\s*\|/y);
    reader.skip(true);
    if (reader.isAtEnd) return value;
    const at = reader.at;
    value = piped(reader, first(), value);
    if (reader.at === at) reader.stumble();
  }
  return value;
}
