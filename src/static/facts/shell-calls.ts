import type { Expression, Language, Span } from '../../model/program.ts';
import { commandOf } from '../evidence/detail.ts';
import { made, plain } from '../fold/constant.ts';
import { matchingApi, applyApi, noteCall } from './apply-api.ts';
import { allArguments } from './arguments.ts';
import { evaluate } from './expressions.ts';
import { queueInnerCode } from './inner-code.ts';
import { decodedOutput } from './shell-output.ts';
import { isPathLike, readFile, writeOutput } from './shell-redirections.ts';
import { bindWords } from './shell-words.ts';
import { unwrap } from './shell-wrappers.ts';
import { constantValue, knownText, UNKNOWN, type Value } from './value.ts';
import type { Walk } from './walk.ts';

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
  writeOutput(walk, named, result, span);
  return result;
}
