import type { Api } from '../../model/api-model.ts';
import type { Expression, Language, Span } from '../../model/program.ts';
import { commandOf } from '../evidence/detail.ts';
import { made, plain, textOf } from '../fold/constant.ts';
import { decode } from '../fold/decoders.ts';
import { applyApi, matchingApi, noteCall } from './apply-api.ts';
import { allArguments, type BoundArguments, NO_ARGUMENTS } from './arguments.ts';
import { evaluate } from './expressions.ts';
import { queueInnerCode } from './inner-code.ts';
import { constantValue, knownText, UNKNOWN, type Value } from './value.ts';
import type { Walk } from './walk.ts';

/** Commands that run the command given to them, and how many operands of their own come first. */
const WRAPPERS: ReadonlyMap<string, number> = new Map([
  ['sudo', 0],
  ['doas', 0],
  ['env', 0],
  ['nohup', 0],
  ['exec', 0],
  ['command', 0],
  ['builtin', 0],
  ['time', 0],
  ['nice', 0],
  ['ionice', 0],
  ['setsid', 0],
  ['stdbuf', 0],
  ['xargs', 0],
  ['timeout', 1],
  ['unbuffer', 0],
]);

/** Options of wrappers that take a value of their own. */
const WRAPPER_OPTIONS = /^-(?:u|g|n|I|P|L|s|k|C|p|c|S)$/;

/** Interpreters, the option that takes code, and the code's language. */
const INTERPRETERS: readonly {
  readonly command: RegExp;
  readonly option: RegExp;
  readonly language: Language;
}[] = [
  { command: /^(?:ba|z|da|k|a)?sh$/, option: /^-[a-z]*c$/, language: 'shell' },
  { command: /^(?:python|pypy)[\d.]*$/, option: /^-[a-zA-Z]*c$/, language: 'python' },
  {
    command: /^(?:node|nodejs|bun|deno)$/,
    option: /^(?:-e|-p|-pe|--eval|--print|eval)$/,
    language: 'javascript',
  },
];

/** Values that name the interpreter which runs the text itself. */
const OWN_INTERPRETERS: ReadonlyMap<string, string> = new Map([
  ['sys.executable', 'python3'],
  ['process.execPath', 'node'],
  ['process.argv0', 'node'],
]);

const WRITES: readonly Api[] = [
  {
    names: ['>'],
    when: [{ at: 'stdout', class: 'persistence-path' }],
    capabilities: ['persist'],
    detail: { argument: 'stdout', as: 'path' },
    sinks: [{ label: 'persist', arguments: ['stdin'] }],
  },
  {
    names: ['>'],
    when: [{ at: 'stdout', class: 'agent-config-path' }],
    capabilities: ['agent.control'],
    detail: { argument: 'stdout', as: 'path' },
    sinks: [{ label: 'agent-config', arguments: ['stdin'] }],
  },
  {
    names: ['>'],
    capabilities: ['fs.write'],
    detail: { argument: 'stdout', as: 'path' },
    sinks: [{ label: 'file', arguments: ['stdin'] }],
  },
];

const READS: readonly Api[] = [
  {
    names: ['<'],
    when: [{ at: 'stdin', class: 'secret-path' }],
    capabilities: ['secret.read'],
    detail: { argument: 'stdin', as: 'path' },
    source: ['secret'],
  },
  { names: ['<'], capabilities: ['fs.read'], detail: { argument: 'stdin', as: 'path' }, source: ['file'] },
];

const VARIABLES: readonly Api[] = [
  {
    names: ['$'],
    when: [{ at: 0, class: 'signing-variable' }],
    capabilities: ['secret.read'],
    detail: { argument: 0, as: 'variable' },
    source: ['secret'],
  },
  {
    names: ['$'],
    when: [{ at: 0, class: 'secret-variable' }],
    capabilities: ['secret.read'],
    detail: { argument: 0, as: 'variable' },
    source: ['credential'],
  },
];

/** A shell variable that the text does not set: it comes from the environment. */
export function environmentVariable(walk: Walk, name: string, span: Span): Value {
  if (name === 'HOME') return constantValue(plain('~'));
  if (/^(?:\d|[@*])$/.test(name)) return { ...UNKNOWN, node: walk.function?.parameterNodes[0] ?? 0 };
  const args: BoundArguments = { ...NO_ARGUMENTS, positional: [constantValue(plain(name))] };
  const api = matchingApi(walk, VARIABLES, args);
  return api === null ? UNKNOWN : applyApi(walk, '$', api, args, span);
}

function isNowhere(path: string | null): boolean {
  return path !== null && /^(?:\/dev\/(?:null|stdout|stderr|tty|fd\/.*)|&?\d+|-)$/.test(path);
}

function readFile(walk: Walk, path: Value, span: Span): Value {
  const args: BoundArguments = { ...NO_ARGUMENTS, named: new Map([['stdin', path]]) };
  const api = matchingApi(walk, READS, args);
  return api === null ? path : applyApi(walk, '<', api, args, span);
}

/** `< file` names a path, a here-document and a pipe bring content. */
function isPathLike(expression: Expression | null, value: Value): boolean {
  if (expression === null || expression.kind === 'call') return false;
  const text = knownText(value);
  return text !== null && text.length < 300 && !/[\n ]/.test(text) && /[/.~]/.test(text);
}

/** Splits words into operands and options; an option's value is found under the option's name. */
function bindWords(
  walk: Walk,
  command: string,
  words: readonly Value[],
  named: ReadonlyMap<string, Value>,
): BoundArguments {
  const withValue = walk.gathering.knowledge.apis.shell.optionsOf(command);
  const positional: Value[] = [];
  const options = new Map(named);
  let isOptions = true;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? UNKNOWN;
    const text = knownText(word);
    if (!isOptions || text === null || !/^-[^\s]/.test(text)) {
      positional.push(word);
      continue;
    }
    if (text === '--') {
      isOptions = false;
      continue;
    }
    const next = words[at + 1];
    const equals = /^(--?[\w-]+)=/.exec(text);
    const short = /^-[A-Za-z]/.test(text) && !text.startsWith('--') ? text.slice(0, 2) : null;
    if (withValue.has(text) && next !== undefined) {
      options.set(text, joinedOption(walk, options.get(text), next));
      at++;
    } else if (equals?.[1] !== undefined) {
      options.set(equals[1], joinedOption(walk, options.get(equals[1]), afterPrefix(word, equals[0].length)));
    } else if (short !== null && text.length > 2 && withValue.has(short)) {
      options.set(short, joinedOption(walk, options.get(short), afterPrefix(word, 2)));
    } else {
      options.set(text, constantValue(plain(true)));
      // `-sd value`: the last letter of a group takes it.
      const last = short === null ? null : `-${text.at(-1) ?? ''}`;
      if (last !== null && text.length > 2 && withValue.has(last) && next !== undefined) {
        options.set(last, next);
        at++;
      }
    }
  }
  return { positional, named: options, receiver: null };
}

function afterPrefix(word: Value, length: number): Value {
  const text = textOf(word.constant);
  if (text !== null && word.constant !== null)
    return { ...word, constant: made(text.slice(length), [word.constant]) };
  const [first, ...rest] = word.pieces ?? [];
  return typeof first === 'string' ? { ...word, pieces: [first.slice(length), ...rest] } : word;
}

function joinedOption(walk: Walk, known: Value | undefined, value: Value): Value {
  return known === undefined ? value : { ...value, node: walk.graph.join([known.node, value.node]) };
}

/** `-F f=@path`, `-d @path`, `-T path`: what the file holds is sent. */
function withFileContents(
  walk: Walk,
  command: string,
  words: readonly Value[],
  span: Span,
): readonly Value[] {
  if (!/^(?:curl|http|https|xh|wget)$/.test(command)) return words;
  return words.map((word, index) => {
    const text = knownText(word);
    const previous = knownText(words[index - 1] ?? UNKNOWN);
    const path =
      /^(?:[^=@\s]*=)?[@<]([^@]+)$/.exec(text ?? '')?.[1] ??
      (/^(?:-T|--upload-file|--post-file|--body-file)$/.test(previous ?? '')
        ? text
        : /^--(?:post|body)-file=(.+)$/.exec(text ?? '')?.[1]);
    if (path === null || path === undefined || path === '-') return word;
    const content = readFile(walk, constantValue(plain(path.replace(/;type=.*$/, ''))), span);
    return { ...word, node: walk.graph.join([word.node, content.node]) };
  });
}

/** Takes wrappers (`sudo`, `env A=1`, `timeout 5`) off a command line. */
function unwrap(words: readonly Value[]): readonly Value[] {
  let rest = words;
  for (let turn = 0; turn < 8; turn++) {
    const name = commandOf(knownText(rest[0] ?? UNKNOWN) ?? '');
    const operands = WRAPPERS.get(name);
    if (operands === undefined || rest.length < 2) return rest;
    let at = 1;
    let left = operands;
    for (; at < rest.length; at++) {
      const text = knownText(rest[at] ?? UNKNOWN) ?? '';
      if (WRAPPER_OPTIONS.test(text)) at++;
      else if (text.startsWith('-') || /^[A-Za-z_]\w*=/.test(text)) continue;
      else if (left > 0) left--;
      else break;
    }
    if (at >= rest.length) return rest;
    rest = rest.slice(at);
  }
  return rest;
}

function innerCodeOfCommand(
  walk: Walk,
  command: string,
  words: readonly Value[],
  span: Span,
  node: number,
): void {
  if (command === 'eval') {
    const only = words.length === 2 ? words[1] : undefined;
    const value = only ?? { ...UNKNOWN, pieces: words.slice(1).flatMap((word) => [word, ' ']) };
    queueInnerCode(walk, 'shell', value, span, node);
    return;
  }
  const interpreter = INTERPRETERS.find((candidate) => candidate.command.test(command));
  if (interpreter === undefined) return;
  const at = words.findIndex((word) => interpreter.option.test(knownText(word) ?? ''));
  const code = at < 0 ? undefined : words[at + 1];
  if (code !== undefined) queueInnerCode(walk, interpreter.language, code, span, node);
}

function decodedOutput(command: string, args: BoundArguments): Value | null {
  const stdin = args.named.get('stdin');
  const text = textOf(stdin?.constant ?? null);
  if (text === null) return null;
  const isDecoding = ['-d', '--decode', '-D'].some((option) => args.named.has(option));
  const decoder =
    command === 'base64' && isDecoding
      ? 'base64'
      : command === 'base32' && isDecoding
        ? 'base32'
        : command === 'rev'
          ? 'reverse'
          : command === 'xxd' && args.named.has('-r')
            ? 'hex'
            : null;
  const hidden = decoder === null ? null : decode(decoder, text.trim());
  return hidden === null
    ? null
    : constantValue({ value: hidden, isBytes: false, origin: 'decoded' }, stdin?.node ?? 0);
}

/**
 * Follows one command: its words (the command's own name first), redirections and pipe.
 * @param named redirections: `stdin`, `stdout`, `stdout-append`, `stderr`
 * @param isFromFile standard input is given as a file's path, not as content
 */
export function runCommand(
  walk: Walk,
  words: readonly Value[],
  named: ReadonlyMap<string, Value>,
  span: Span,
  isFromFile = false,
): Value {
  const inner = unwrap(words);
  const [first, ...rest] = inner;
  const text = knownText(first ?? UNKNOWN) ?? OWN_INTERPRETERS.get(first?.name ?? '') ?? null;
  const command = text === null ? '' : commandOf(text);
  const given = withFileContents(walk, command, rest, span);
  const args = bindWords(walk, command, given, named);
  const { shell } = walk.gathering.knowledge.apis;
  const apis = command === '' ? [] : shell.lookup(command);
  const api = matchingApi(walk, apis, args);
  let result: Value;
  if (api === null) {
    noteCall(walk, command, null, args, span, 'shell');
    result = { ...UNKNOWN, node: walk.graph.join(allArguments(args).map((value) => value.node)) };
  } else {
    result = applyApi(walk, command, api, args, span, null, 'shell');
  }
  if (command === 'echo' || command === 'printf') {
    const parts = args.positional.map((value) => value.constant);
    const known = parts.filter((constant) => constant !== null);
    if (known.length === parts.length) {
      result = {
        ...result,
        constant: made(known.map((constant) => String(constant.value)).join(' '), known),
      };
    } else {
      result = {
        ...result,
        pieces: args.positional.flatMap((value, index) => (index === 0 ? [value] : [' ', value])),
      };
    }
  }
  innerCodeOfCommand(walk, command, inner, span, result.node);
  const interpreter = INTERPRETERS.find((candidate) => candidate.command.test(command));
  const stdin = args.named.get('stdin');
  if (interpreter !== undefined && stdin !== undefined && !isFromFile)
    queueInnerCode(walk, interpreter.language, stdin, span, result.node);
  const decoded = decodedOutput(command, args);
  return decoded === null ? result : { ...decoded, node: result.node };
}

/** Evaluates a command of a shell text, with its redirections. */
export function evaluateShellCall(walk: Walk, expression: Extract<Expression, { kind: 'call' }>): Value {
  const { callee, args, span } = expression;
  const local = callee.kind === 'name' ? walk.moduleFrame.read(callee.name) : null;
  const words: Value[] = [];
  const named = new Map<string, Value>();
  let isFromFile = false;
  for (const { name, value } of args) {
    const given = evaluate(walk, value);
    if (name === null) words.push(given);
    else if (name === 'stdin' && isPathLike(value, given)) {
      const content = readFile(walk, given, span);
      named.set('stdin', { ...given, node: walk.graph.join([given.node, content.node]) });
      isFromFile = true;
    } else named.set(name, given);
  }
  let result: Value;
  if (local !== null && local.callable !== null) {
    walk.noteCallOf(local.callable);
    for (const word of words) walk.graph.connect(word.node, local.callable.parameterNodes[0] ?? 0);
    result = { ...UNKNOWN, node: local.callable.returnNode };
  } else {
    const command = callee.kind === 'name' ? constantValue(plain(callee.name)) : evaluate(walk, callee);
    result = runCommand(walk, [command, ...words], named, span, isFromFile);
  }
  const target = named.get('stdout') ?? named.get('stdout-append');
  if (target !== undefined && !isNowhere(knownText(target))) {
    const written: BoundArguments = {
      positional: [],
      named: new Map([
        ['stdout', target],
        ['stdin', result],
      ]),
      receiver: null,
    };
    const api = matchingApi(walk, WRITES, written);
    if (api !== null) applyApi(walk, named.has('stdout') ? '>' : '>>', api, written, span);
  }
  return result;
}
