import type { SourceLabel } from '../../../model/api-model.ts';
import type { ArgumentNode, Expression, Span } from '../../../model/program.ts';
import { commandOf, normalPath } from '../../evidence/detail.ts';
import { plain, textOf } from '../../fold/constant.ts';
import { foldMethod } from '../../fold/methods.ts';
import { applyApi, callFact, matchingApi, noteCall } from '../calls/apply-api.ts';
import { allArguments, NO_ARGUMENTS } from '../calls/arguments.ts';
import { withLoadedData } from '../calls/loaded-data.ts';
import { OWN_INTERPRETERS } from '../programs/fixed-program.ts';
import { withHandedPaths } from '../calls/handed-paths.ts';
import { evaluate } from '../walk/expressions.ts';
import { ANY_SITE } from '../flow-graph.ts';
import { noteGiven } from '../calls/local-calls.ts';
import { aliasWords, setByBuiltin, wordsOf } from './builtins.ts';
import { codeOfCommand, startedFile } from './code.ts';
import { readFromCoprocess, writeToCoprocess } from './coprocesses.ts';
import { openDescriptor } from './descriptors.ts';
import { commandMeant } from './disguised-names.ts';
import { keepDownloaded, runWritten } from './downloads.ts';
import { withInputWords } from './found-files.ts';
import { withOrders } from './ordered-files.ts';
import { outputOf } from './output.ts';
import { PIPE, runOn, writtenTo } from './process-substitutions.ts';
import { isPathLike, readFile, writeOutput } from './redirections.ts';
import { type Handed, noteStart, NOTHING_HANDED } from '../programs/program-starts.ts';
import { stagedFiles } from './staged-files.ts';
import { bindWords } from './words.ts';
import { runsItsWords, unwrap } from './wrappers.ts';
import { performTold } from '../walk/performed-calls.ts';
import { noteTurn, takeInside } from '../walk/turns.ts';
import { atNode, constantValue, flowingValue, knownText, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Commands that read standard input when they are not told otherwise. */
const FILTERS =
  /^(?:tee|jq|yq|base64|base32|gzip|bzip2|xz|xxd|od|hexdump|sort|uniq|head|tail|tr|cut|sed|awk|grep|rev|openssl|gpg|nc|ncat|netcat|socat|telnet|xargs|mail|sendmail|pbcopy|xclip)$/;

/** Commands that print what they make of the files that they name. */
const READERS =
  /^(?:base64|base32|xxd|od|hexdump|gzip|bzip2|xz|zstd|openssl|gpg|grep|sed|awk|cut|sort|jq|yq|rev|strings|uniq)$/;

/** Commands that send what their options name. */
const REQUESTERS = /^(?:curl|http|https|xh|wget)$/;

/** What a command reads that is given no input of its own: what the script around it is given. */
function withOwnInput(
  walk: Walk,
  command: string,
  words: readonly Value[],
  named: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  if (walk.language !== 'shell' || named.has('stdin')) return named;
  const texts = words.map((word) => knownText(word));
  const isRead =
    FILTERS.test(command) ||
    (command === 'cat' && texts.every((text) => text === '-' || text?.startsWith('-') === true)) ||
    (REQUESTERS.test(command) && texts.some((text) => text !== null && /(?:^|[@=])-$/.test(text)));
  return isRead ? new Map([...named, ['stdin', flowingValue(walk.program.input)]]) : named;
}

/** Commands that send the files that they name. */
const SENDERS =
  /^(?:scp|rsync|sftp|tftp|mutt|logger|az|aws|gsutil|gcloud|rclone|gh|glab|azcopy|s3cmd|s5cmd|mc|b2|kubectl|croc|wormhole|transfer)$/;

/** Those that get a key or settings by the word before. */
const NO_CONTENT = /^(?:-i|-e|-F|-o|-J|-S|--identity|--rsh|--config|--kubeconfig|--password-file|--profile)$/;

/** Those whose last word is where the others go. */
const COPIERS = /^(?:scp|rsync|aws|gsutil|gcloud|rclone|azcopy|s3cmd|s5cmd|mc|kubectl)$/;

/** `scp key host:`: what a private file holds is sent. */
function withSentFiles(walk: Walk, command: string, words: readonly Value[], span: Span): readonly Value[] {
  const { classes } = walk.gathering.knowledge;
  const operands = words.filter((word) => knownText(word)?.startsWith('-') !== true);
  return words.map((word, index) => {
    const text = knownText(word);
    if (text === null || text.startsWith('-') || !/[/.~]/.test(text)) return word;
    if (COPIERS.test(command) && word === operands.at(-1)) return word;
    if (NO_CONTENT.test(knownText(words[index - 1] ?? UNKNOWN) ?? '')) return word;
    if (!classes.belongs('private-path', normalPath(text.replace(/\/$/, '')))) return word;
    const content = readFile(walk, constantValue(plain(text)), span);
    return atNode(word, walk.graph.join([word.node, content.node]));
  });
}

/** `@path`, `name=@path`. */
const SENT_FILE = /^(?:[^=@\s]*=)?@([^@]+)$/;
/** In a form, `name=<path` as well: elsewhere it is a text that begins with this sign. */
const FORM_FILE = /^(?:[^=@\s]*=)?[@<]([^@]+)$/;

/** `-F f=@path`, `-d @path`, `-T path`: what the file holds is sent. */
function withFileContents(
  walk: Walk,
  command: string,
  words: readonly Value[],
  span: Span,
): readonly Value[] {
  if (SENDERS.test(command)) return withSentFiles(walk, command, words, span);
  if (!REQUESTERS.test(command)) return words;
  return words.map((word, index) => {
    const text = knownText(word);
    const previous = knownText(words[index - 1] ?? UNKNOWN);
    const isForm =
      previous === null || /^(?:-[a-zA-Z]{0,8}F|--form)$/.test(previous) || text?.startsWith('-') === true;
    const path =
      (isForm ? FORM_FILE : SENT_FILE).exec(text ?? '')?.[1] ??
      (/^(?:-[a-zA-Z]{0,8}T|--upload-file|--post-file|--body-file)$/.test(previous ?? '')
        ? text
        : /^--(?:post|body)-file=(.+)$/.exec(text ?? '')?.[1]);
    if (path === null || path === undefined || path === '-') return word;
    const content = readFile(walk, constantValue(plain(path.replace(/;type=.*$/, ''))), span);
    return atNode(word, walk.graph.join([word.node, content.node]));
  });
}

/**
 * Follows one command: its words (the command's own name first), redirections and pipe.
 * @param named redirections: `stdin`, `stdout`, `stdout-append`, `stderr`
 * @param isFromFile standard input is given as a file's path, not as content
 * @param handed what the caller in another language hands over beside words
 */
export function runCommand(
  walk: Walk,
  words: readonly Value[],
  named: ReadonlyMap<string, Value>,
  span: Span,
  isFromFile = false,
  handed: Handed = NOTHING_HANDED,
): Value {
  const inner = withInputWords(words, unwrap(words), named.get('stdin'));
  const [first, ...rest] = inner;
  const text = knownText(first ?? UNKNOWN) ?? OWN_INTERPRETERS.get(first?.name ?? '') ?? null;
  const command = text === null ? '' : commandOf(commandMeant(walk.gathering.knowledge.apis.shell, text));
  const sent = withOrders(walk, command, rest, named.get('stdin'), span);
  const given = withFileContents(walk, command, sent, span);
  const staged = stagedFiles(walk, command, rest);
  const known = staged === null ? named : new Map([...named, ['stdin', staged] as const]);
  const args = bindWords(walk, command, given, withOwnInput(walk, command, rest, known));
  const { shell } = walk.gathering.knowledge.apis;
  const apis = command === '' ? [] : shell.lookup(command);
  const api = matchingApi(walk, apis, args);
  let result: Value;
  if (api === null) {
    const call = noteCall(walk, command, null, args, span, 'shell');
    // The name of the program itself came from somewhere.
    if (text === null && walk.quiet === 0) walk.graph.addSink(first?.node ?? 0, { label: 'process', call });
    result = flowingValue(walk.graph.join(allArguments(args).map((value) => value.node)));
  } else {
    result = applyApi(walk, command, api, args, span, null, 'shell');
  }
  if (READERS.test(command))
    for (const word of rest) {
      const path = knownText(word);
      if (path !== null && !path.startsWith('-') && walk.graph.hasFile(normalPath(path)))
        walk.graph.connect(walk.graph.fileNode(normalPath(path)), result.node, ANY_SITE);
    }
  if (!SHELLS.test(command)) result = withLoadedData(walk, api, args, result);
  const started = noteStart(walk, words, inner, given, { ...handed, stdin: named.get('stdin') ?? null });
  if (started !== 0) {
    walk.graph.connect(started, result.node);
    if (result.node === 0) result = atNode(result, started);
  }
  keepDownloaded(walk, command, args, result.node);
  const file = startedFile(command, inner);
  if (file !== null) runWritten(walk, file, callFact(walk, command, api, args, span, 'shell'));
  setByBuiltin(walk, command, rest, named.get('stdin'), span);
  codeOfCommand(walk, command, inner, args, span, result.node, isFromFile);
  const output = outputOf(walk, command, rest, args);
  return output === null ? result : atNode(output, result.node);
}

/** True for a command whose name a variable holds. */
function isVariable({ layer }: Walk, { span }: Expression): boolean {
  return /^"?\$[\w{@*!]/.test(layer.source.text.slice(span.start, span.start + 3));
}

/** An unquoted word with an expansion, where the script itself says or uses what words are taken apart at. */
function takenApart(walk: Walk, expression: Expression, value: Value): readonly Value[] {
  const text = textOf(value.constant);
  if (text === null || expression.kind === 'literal') return [value];
  const { start, end } = expression.span;
  const written = walk.layer.source.text.slice(start, Math.min(end, start + 2_000));
  if (!/^[^"']*\$/.test(written)) return [value];
  const marks = textOf(walk.frame.read('IFS')?.constant ?? null) ?? (/\$\{?IFS\b/.test(written) ? ' ' : null);
  if (marks === null || marks === '' || ![...marks].some((mark) => text.includes(mark))) return [value];
  return text
    .split(new RegExp(`[${marks.replace(/[\\\]^-]/g, '\\$&')}]+`))
    .filter((word) => word !== '')
    .slice(0, 256)
    .map((word) => constantValue(plain(word)));
}

/** The command that a call names: what a variable in its place holds, or an alias stands for; split into words where the shell does. */
function commandWordsOf(walk: Walk, callee: Expression): readonly Value[] {
  if (callee.kind === 'name' && !isVariable(walk, callee)) {
    const unknown = walk.holes.get(callee.name);
    return unknown !== undefined
      ? [unknown]
      : (aliasWords(walk, callee.name) ?? [constantValue(plain(callee.name))]);
  }
  const value = evaluate(walk, callee);
  if (value.elements !== null && value.elements.length > 0) return value.elements;
  const apart = takenApart(walk, callee, value);
  if (apart.length > 1) return apart;
  const text = textOf(value.constant);
  return text !== null && /\S\s+\S/.test(text) ? wordsOf(text) : [value];
}

/** `${x//a/b}`, `${x^^}`: lowered to the method that other languages have for it. */
function evaluateExpansion(
  walk: Walk,
  { object, property }: Extract<Expression, { kind: 'member' }>,
  args: readonly ArgumentNode[],
): Value {
  const value = evaluate(walk, object);
  const constants = args.map((argument) => evaluate(walk, argument.value).constant);
  const folded = value.constant === null ? null : foldMethod(value.constant, property, constants);
  return constantValue(folded, value.node);
}

/** Shells, and what is one for its words. */
const SHELLS = /^(?:eval|(?:ba|z|da|k|a)?sh)$/;

/** True for a command that the script leaves to a variable, or has run by another. */
function isTold(walk: Walk, callee: Expression): boolean {
  if (callee.kind !== 'name' || isVariable(walk, callee)) return true;
  return SHELLS.test(callee.name) || runsItsWords(callee.name);
}

const SECRETS: ReadonlySet<SourceLabel> = new Set<SourceLabel>(['secret', 'credential', 'environment']);

/** True for a command that gives out secrets when it is told to: `kubectl "$@"`. */
function mayReadSecrets(walk: Walk, callee: Expression): boolean {
  if (callee.kind !== 'name') return false;
  return walk.apis
    .lookup(callee.name)
    .some(({ source = [], when }) => when !== undefined && source.some((label) => SECRETS.has(label)));
}

/** Evaluates a command of a shell text, with its redirections. */
export function evaluateShellCall(walk: Walk, expression: Extract<Expression, { kind: 'call' }>): Value {
  const { callee, args, span } = expression;
  if (callee.kind === 'member') return evaluateExpansion(walk, callee, args);
  const local = callee.kind === 'name' ? walk.moduleFrame.read(callee.name) : null;
  const words: Value[] = [];
  const named = new Map<string, Value>();
  let isFromFile = false;
  const readers = args.map(writtenTo).filter((each) => each !== null);
  for (const argument of args) {
    const { name, value } = argument;
    if (readers.length > 0 && writtenTo(argument) !== null) {
      if (name === null) words.push(PIPE);
      continue;
    }
    const given = (name === 'stdin' ? readFromCoprocess(walk, value) : null) ?? evaluate(walk, value);
    if (name === null) words.push(...(given.elements?.slice(0, 256) ?? takenApart(walk, value, given)));
    else if (name === 'stdin' && isPathLike(value, given)) {
      const content = readFile(walk, given, span);
      named.set('stdin', atNode(given, walk.graph.join([given.node, content.node])));
      isFromFile = true;
    } else {
      named.set(name, given);
      if (callee.kind === 'name' && callee.name === 'exec')
        openDescriptor(walk, name, given, isPathLike(value, given), span);
    }
  }
  let result: Value;
  if (local !== null && local.callable !== null) {
    walk.noteCallOf(local.callable);
    noteGiven(local.callable, words);
    const given = { ...NO_ARGUMENTS, positional: words };
    takeInside(walk, local.callable, given, null);
    const name = local.callable.name ?? '';
    const handed = withHandedPaths(walk, given, () => callFact(walk, name, null, given, span));
    for (const word of handed.positional)
      walk.graph.connect(word.node, local.callable.parameterNodes[0] ?? 0);
    const node = walk.graph.newNode();
    walk.graph.connect(local.callable.returnNode, node);
    noteTurn(walk, local.callable, words, span, node);
    result = flowingValue(node === 0 ? local.callable.returnNode : node);
  } else {
    const command = [...commandWordsOf(walk, callee), ...words];
    result = runCommand(walk, command, named, span, isFromFile);
    if (walk.turn !== null && (isTold(walk, callee) || mayReadSecrets(walk, callee)))
      performTold(walk.turn, command, span, (caller, told, at) =>
        runCommand(caller, told, named, at, isFromFile),
      );
  }
  for (const reader of readers) runOn(walk, reader, result);
  for (const { name, value } of args) if (name === 'stdout') writeToCoprocess(walk, value, result);
  // What goes to a file does not come out of the command.
  return writeOutput(walk, named, result, span) ? UNKNOWN : result;
}
