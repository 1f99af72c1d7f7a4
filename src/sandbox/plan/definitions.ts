import { allExpressions, stringOf, withParts } from '../../deps/inventory/python-syntax.ts';
import type { ArgumentNode, Expression, FunctionNode, Program, Statement } from '../../model/program.ts';
import type { Wanted } from './values.ts';

/** An argument that a program defines for its command line. */
export interface Definition extends Wanted {
  /** `--url`, the longest spelling; null for one that is told by its place. */
  readonly flag: string | null;
  /** False for a switch. */
  readonly takesValue: boolean;
  readonly required: boolean;
  /** The subcommand it belongs to; null for the program as a whole. */
  readonly command: string | null;
}

/** What a program's source says of its command line. */
export interface CommandLine {
  readonly definitions: readonly Definition[];
  readonly commands: readonly string[];
}

const MOST = 60;
const SWITCHES = /^(?:store_true|store_false|store_const|count|append_const|help|version)$/;

/**
 * Reads definitions of argparse, click, typer, commander and yargs from a syntax tree. Constant names and settings only; what is put
 * together when the program runs is not known.
 */
export function commandLineOf(program: Program): CommandLine {
  const calls = allExpressions(program.body).flatMap(withParts).filter(isCall);
  const parsers = subparsersOf(program.body);
  const definitions = [
    ...calls.flatMap((call) => fromCall(call, parsers)),
    ...functionsIn(program.body).flatMap(fromDecorators),
  ];
  const commands = new Set([...parsers.values(), ...definitions.flatMap(({ command }) => command ?? [])]);
  return { definitions: definitions.slice(0, MOST), commands: [...commands].slice(0, 10) };
}

type Call = Extract<Expression, { kind: 'call' }>;

function isCall(expression: Expression): expression is Call {
  return expression.kind === 'call';
}

/** `p = sub.add_parser("fetch")`: which variable stands for which subcommand. */
function subparsersOf(body: readonly Statement[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const statement of statementsIn(body)) {
    if (statement.kind !== 'assign' || statement.target.kind !== 'name' || !isCall(statement.value)) continue;
    const { callee, args } = statement.value;
    if (callee.kind !== 'member' || callee.property !== 'add_parser' || args[0] === undefined) continue;
    const name = stringOf(args[0].value);
    if (name !== null && name !== '') found.set(statement.target.name, name);
  }
  return found;
}

function fromCall(call: Call, parsers: ReadonlyMap<string, string>): readonly Definition[] {
  const { callee, args } = call;
  if (callee.kind !== 'member') return [];
  const texts = args.flatMap(({ name, value }) => (name === null ? (stringOf(value) ?? []) : []));
  const owner = callee.object.kind === 'name' ? (parsers.get(callee.object.name) ?? null) : null;
  if (callee.property === 'add_argument') return fromSettings(texts, settingsOf(args), owner);
  if (
    callee.property === 'option' ||
    callee.property === 'requiredOption' ||
    callee.property === 'argument' ||
    callee.property === 'positional'
  )
    return fromChain(callee.property, texts, args);
  return [];
}

/** commander: `.option('-p, --port <number>', 'help', default)`; yargs: `.option('port', { type: 'number', demandOption: true })`. */
function fromChain(
  method: string,
  [spelling = '', help = '']: readonly string[],
  args: readonly ArgumentNode[],
): readonly Definition[] {
  if (spelling === '') return [];
  const record = args.find(({ value }) => value.kind === 'record')?.value;
  const settings = record?.kind === 'record' ? entriesOf(record) : new Map<string, Expression>();
  const type = textIn(settings, 'type') ?? '';
  const choices = listIn(settings, 'choices');
  const defaultText = null;
  if (method === 'argument' || method === 'positional') {
    const name = spelling.replace(/[<>[\].]/g, '');
    return [
      {
        name,
        type,
        choices,
        defaultText,
        help,
        flag: null,
        takesValue: true,
        required: !spelling.startsWith('['),
        command: null,
      },
    ];
  }
  const long = /--([\w-]+)/.exec(spelling)?.[1];
  const isCommander = spelling.startsWith('-');
  const name = isCommander ? (long ?? spelling.replace(/^-+/, '').split(/[\s,]/)[0] ?? '') : spelling;
  const takesValue = isCommander ? /[<[]/.test(spelling) : type !== '' && type !== 'boolean';
  const required =
    method === 'requiredOption' || isTrue(settings.get('demandOption') ?? settings.get('required'));
  const flag = isCommander && long === undefined ? `-${name}` : `--${name}`;
  return [
    {
      name,
      type,
      choices,
      defaultText,
      help: textIn(settings, 'describe') ?? help,
      flag,
      takesValue,
      required,
      command: null,
    },
  ];
}

/** argparse's `add_argument` and click's `option` and `argument`: spellings, then keywords. */
function fromSettings(
  spellings: readonly string[],
  settings: ReadonlyMap<string, Expression>,
  command: string | null,
  isClickArgument = false,
): readonly Definition[] {
  const flags = spellings.filter((each) => each.startsWith('-'));
  const flag = [...flags].sort((one, other) => other.length - one.length)[0] ?? null;
  const name = flag ?? spellings[0] ?? '';
  if (name === '' || flag === '--help' || flag === '--version') return [];
  const action = textIn(settings, 'action') ?? '';
  const takesValue =
    !SWITCHES.test(action) && !isTrue(settings.get('is_flag')) && !isTrue(settings.get('count'));
  const nargs = settings.get('nargs');
  const optional = nargs !== undefined && /^[?*]$/.test(stringOf(nargs) ?? '');
  const defaultValue = settings.get('default');
  return [
    {
      name,
      type: typeName(settings.get('type')),
      choices: [...listIn(settings, 'choices'), ...choicesOf(settings.get('type'))],
      defaultText:
        defaultValue?.kind === 'literal' && defaultValue.value !== null ? String(defaultValue.value) : null,
      help: textIn(settings, 'help') ?? '',
      flag,
      takesValue,
      required: flag === null ? !optional || isClickArgument : isTrue(settings.get('required')),
      command,
    },
  ];
}

/** click's decorators, and typer's parameters, which are arguments unless they have a default. */
function fromDecorators({ decorators, parameters, name }: FunctionNode): readonly Definition[] {
  const definitions: Definition[] = [];
  let isCommand = false;
  for (const decorator of decorators) {
    const callee = isCall(decorator) ? decorator.callee : decorator;
    if (callee.kind !== 'member') continue;
    isCommand ||= callee.property === 'command';
    if (!isCall(decorator) || (callee.property !== 'option' && callee.property !== 'argument')) continue;
    const texts = decorator.args.flatMap((each) => (each.name === null ? (stringOf(each.value) ?? []) : []));
    definitions.push(
      ...fromSettings(texts, settingsOf(decorator.args), null, callee.property === 'argument'),
    );
  }
  if (!isCommand || definitions.length > 0 || name === null) return definitions;
  return parameters.flatMap((parameter): readonly Definition[] => {
    if (
      parameter.rest !== null ||
      parameter.default !== null ||
      /^(?:ctx|context|self)$/.test(parameter.name)
    )
      return [];
    return fromSettings([parameter.name], new Map(), null, true);
  });
}

function settingsOf(args: readonly ArgumentNode[]): ReadonlyMap<string, Expression> {
  return new Map(args.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const])));
}

function entriesOf(record: Extract<Expression, { kind: 'record' }>): ReadonlyMap<string, Expression> {
  return new Map(
    record.entries.flatMap(({ key, value }) => {
      const name = key === null ? null : key.kind === 'name' ? key.name : stringOf(key);
      return name === null ? [] : [[name, value] as const];
    }),
  );
}

function textIn(settings: ReadonlyMap<string, Expression>, key: string): string | null {
  const value = settings.get(key);
  return value === undefined ? null : stringOf(value);
}

function listIn(settings: ReadonlyMap<string, Expression>, key: string): readonly string[] {
  const value = settings.get(key);
  if (value?.kind !== 'list') return [];
  return value.elements.flatMap((each) =>
    each.kind === 'literal' && each.value !== null ? [String(each.value)] : [],
  );
}

/** `click.Choice(["a", "b"])`. */
function choicesOf(type: Expression | undefined): readonly string[] {
  if (type === undefined || !isCall(type) || !/Choice$/.test(typeName(type.callee))) return [];
  return listIn(new Map([['choices', type.args[0]?.value ?? type]]), 'choices');
}

function typeName(type: Expression | undefined): string {
  if (type === undefined) return '';
  if (type.kind === 'name') return type.name;
  if (type.kind === 'member') return type.property;
  return isCall(type) ? typeName(type.callee) : '';
}

function isTrue(value: Expression | undefined): boolean {
  return value?.kind === 'literal' && value.value === true;
}

function statementsIn(body: readonly Statement[]): readonly Statement[] {
  const found: Statement[] = [];
  const waiting: (readonly Statement[])[] = [body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const statement of next) {
      found.push(statement);
      if (statement.kind === 'function') waiting.push(statement.definition.body);
      else if (statement.kind === 'branch') waiting.push(...statement.branches);
      else if (statement.kind === 'block') waiting.push(...statement.bodies);
      else if ('body' in statement) waiting.push(statement.body);
    }
  return found;
}

function functionsIn(body: readonly Statement[]): readonly FunctionNode[] {
  return statementsIn(body).flatMap((each) => (each.kind === 'function' ? [each.definition] : []));
}
