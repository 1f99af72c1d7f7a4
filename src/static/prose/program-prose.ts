import type {
  Expression,
  FunctionNode,
  Program,
  Sentence,
  Setting,
  Span,
  SpeechAct,
} from '../../model/program.ts';
import { literalsOf, literalText } from './literal-text.ts';
import type { Literals } from './literal-text.ts';
import { sentencesOf } from './index.ts';
import { withoutReference } from './docstring.ts';

/** Decorators and calls that hand a function or record to an agent as a tool: its description is read by the agent, not by people. */
const TOOL =
  /^(?:tool|resource|prompt|function_tool|register_?tool|add_?tool|Tool|new_?tool|StructuredTool)$/i;

/** Calls that describe a tool or one parameter of it: pydantic's `Field`, `Doc` (PEP 727), zod's `.describe()`, mcp-go's options. */
const PARAMETER = /^(?:Field|Doc|describe|(?:With)?Description|WithTitleAnnotation)$/;

/** Keys of a tool's record or keyword arguments that an agent reads. */
const DESCRIPTIVE = /^(?:description|instructions|system_?prompt)$/i;

/** Nodes looked at for each character of a program: no tree has as many. */
const NODES_BY_LENGTH = 16;

/** No file that is parsed is longer: comments and descriptions are read to their end (UTF-16 units). */
const MAX_TEXT = 4 * 1024 * 1024;

/** Words without which a comment or docstring does not speak to an agent; an address (`docs.claude.com`) is not one of them. */
const NAMES_AN_AGENT =
  /(?<![\w./@-])(?:claude|chatgpt|copilot|gemini|assistants?|agents?|llms?|language models?|ai)\b(?!\.\w)/i;

/** Words without which a comment does not steer an agent that it does not name. */
const STEERS =
  /\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules|told)\b|\bsystem prompt\b|\byou are now\b/i;

/** What a comment may do to an agent without any doubt; "forget everything" is said of programs too. */
const CLEAR_ACTS: ReadonlySet<SpeechAct> = new Set<SpeechAct>([
  'drop-instructions',
  'hide-from-user',
  'send-private-data',
  'persona-without-limits',
  'comply-with-harm',
]);

/** Text of a program that may define a tool: a cheap look before every node is gone through. */
const MAY_DESCRIBE =
  /@[\w.]{0,100}\b(?:tool|resource|prompt)|(?:tool|resource|prompt)[({]|input_?schema|["'\s]parameters["']?\s?[:=]/i;

interface Node {
  readonly kind?: unknown;
  readonly [key: string]: unknown;
}

/**
 * Sentences of a program that an agent reads: the descriptions of the tools it defines, and those comments and docstrings that name
 * an agent. What speaks to developers is left out.
 * @param text the text that the program's spans count in
 */
export function sentencesOfProgram(program: Program, text: string): readonly Sentence[] {
  if (!NAMES_AN_AGENT.test(text) && !MAY_DESCRIBE.test(text) && !STEERS.test(text)) return [];
  const definesTools = MAY_DESCRIBE.test(text);
  const literals = literalsOf(program.body);
  const sentences: Sentence[] = [];
  const add = (prose: string, role: Sentence['role'], span: Span): void => {
    if (role !== 'description' && !NAMES_AN_AGENT.test(prose) && !STEERS.test(prose)) return;
    const said = role === 'docstring' ? withoutReference(prose.slice(0, MAX_TEXT)) : prose.slice(0, MAX_TEXT);
    const found = sentencesOf(said, { role, base: span.start });
    const isVerbatim = text.startsWith(prose.slice(0, MAX_TEXT), span.start);
    for (const sentence of found) {
      const kept = role === 'description' ? sentence : withClearActs(sentence);
      if (kept !== null) sentences.push(isVerbatim ? kept : { ...kept, span });
    }
  };
  for (const comment of joinedComments(program.comments, text)) {
    add(text.slice(comment.start, comment.end), 'code-comment', comment);
  }
  const open: unknown[] = [program.body];
  const most = 1_000 + NODES_BY_LENGTH * text.length;
  for (let seen = 0; open.length > 0 && seen < most; seen += 1) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (Array.isArray(node)) {
      for (const child of node) if (typeof child === 'object') open.push(child);
      continue;
    }
    inspect(node as Node, text, literals, add);
    if (definesTools) inspectParameter(node as Node, literals, add);
    for (const key in node) {
      const child = (node as Node)[key];
      if (typeof child === 'object' && child !== null && key !== 'span') open.push(child);
    }
  }
  return sentences;
}

/** A comment's sentence, if it speaks to an agent or plainly steers one. */
function withClearActs(sentence: Sentence): Sentence | null {
  const { acts, ...rest } = sentence;
  const isSaidToIt = sentence.addressee === 'agent' || sentence.imperative;
  const clear =
    acts?.filter((act) => CLEAR_ACTS.has(act) && (act !== 'persona-without-limits' || isSaidToIt)) ?? [];
  if (clear.length > 0) return { ...rest, acts: clear };
  return sentence.addressee === 'agent' ? rest : null;
}

/** Keys of a configuration file below which things are described to agents. */
const FOR_AGENTS =
  /^(?:(?:sub)?agents?|assistants?|commands?|functions?|hooks?|(?:mcp_?)?servers?|modes?|plug-?ins?|personas?|prompts?|resources?|rules?|skills?|tools?|workflows?)$/i;

/** Keys beside the description of something that an agent can call. */
const SCHEMA = /^(?:input_?schema|parameters|arguments)$/i;

/** What a file is itself described as stands no deeper. */
const MAX_OWN_DEPTH = 2;

/**
 * Descriptions in a configuration file, such as a list of tools. Of what lies elsewhere in a file, as rows of data do, only what speaks to
 * an agent or plainly steers one.
 */
export function sentencesOfSettings(settings: readonly Setting[]): readonly Sentence[] {
  const described = settings.filter(
    ({ path, value }) => typeof value === 'string' && DESCRIPTIVE.test(path.at(-1) ?? ''),
  );
  if (described.length === 0) return [];
  const callable = new Set<string>();
  for (const { path } of settings) {
    const at = path.findIndex((key) => SCHEMA.test(key));
    if (at > 0) callable.add(path.slice(0, at).join('\0'));
  }
  const named = new Set(
    settings.flatMap(({ path }) => (path.at(-1) === 'name' ? [path.slice(0, -1).join('\0')] : [])),
  );
  return described.flatMap(({ path, value, span }) => {
    // A row of a list describes something that can be called only if that has a name.
    const isRow = /^\d+$/.test(path[0] ?? '') && !named.has(path.slice(0, -1).join('\0'));
    const isForAgents =
      (path.length <= MAX_OWN_DEPTH && !isRow) ||
      path.some((key) => FOR_AGENTS.test(key)) ||
      callable.has(path.slice(0, -1).join('\0'));
    const audience = isForAgents ? 'agent' : 'unknown';
    const said = sentencesOf(String(value).slice(0, MAX_TEXT), { role: 'description', audience });
    return said.flatMap((sentence) => {
      const kept = isForAgents ? sentence : withClearActs(sentence);
      return kept === null ? [] : [{ ...kept, span }];
    });
  });
}

type Add = (prose: string, role: Sentence['role'], span: Span) => void;

function inspect(node: Node, text: string, literals: Literals, add: Add): void {
  if (typeof node['documentation'] === 'string') {
    const definition = node as unknown as FunctionNode;
    const isTool =
      'parameters' in node && definition.decorators.some((decorator) => TOOL.test(nameOf(decorator)));
    add(definition.documentation!, isTool ? 'description' : 'docstring', spanOfText(definition, text));
  } else if (node.kind === 'expression' && (node['expression'] as Node).kind === 'literal') {
    addText(node['expression'] as Node, 'docstring', literals, add);
  } else if (node.kind === 'assign' && nameOf(node['target']) === '__doc__') {
    addText(node['value'] as Node, 'description', literals, add);
  } else if (node.kind === 'call' && TOOL.test(nameOf(node['callee']))) {
    for (const argument of node['args'] as readonly { name: string | null; value: Node }[]) {
      const isDescription =
        argument.name === null ? isSentenceLike(argument.value, literals) : DESCRIPTIVE.test(argument.name);
      if (isDescription) addText(argument.value, 'description', literals, add);
      if (argument.value.kind === 'record') addRecord(argument.value, literals, add);
    }
  } else if (node.kind === 'record' && hasKeys(node)) {
    addRecord(node, literals, add);
  }
}

/** What a tool's schema says of a parameter is read by the agent as its description is. */
function inspectParameter(node: Node, literals: Literals, add: Add): void {
  if (node.kind === 'record') {
    const keys = entriesOf(node).map(([key]) => key);
    if (keys.includes('type') && keys.includes('description')) addRecord(node, literals, add);
  } else if (node.kind === 'call') {
    const callee = nameOf(node['callee']);
    if (!PARAMETER.test(callee)) return;
    for (const { name, value } of node['args'] as readonly { name: string | null; value: Node }[]) {
      if (name === null ? callee !== 'Field' : DESCRIPTIVE.test(name))
        addText(value, 'description', literals, add);
    }
  }
}

/** A record that describes a tool has a schema of its input beside the description. */
function hasKeys(record: Node): boolean {
  const keys = entriesOf(record).map(([key]) => key);
  return (
    keys.some((key) => DESCRIPTIVE.test(key)) &&
    keys.some((key) => /^(?:input_?schema|parameters)$/i.test(key))
  );
}

function addRecord(record: Node, literals: Literals, add: Add): void {
  for (const [key, value] of entriesOf(record)) {
    if (DESCRIPTIVE.test(key)) addText(value, 'description', literals, add);
  }
}

function entriesOf(record: Node): readonly (readonly [string, Node])[] {
  return (record['entries'] as readonly { key: Node | null; value: Node }[]).map(({ key, value }) => [
    key?.kind === 'literal' ? String(key['value']) : key?.kind === 'name' ? String(key['name']) : '',
    value,
  ]);
}

function addText(node: Node, role: Sentence['role'], literals: Literals, add: Add): void {
  const text = literalText(node as unknown as Expression, literals);
  if (text !== null) add(text, role, node['span'] as Span);
}

function isSentenceLike(node: Node, literals: Literals): boolean {
  const text = literalText(node as unknown as Expression, literals);
  return text !== null && /\s\S+\s/.test(text);
}

/** The last part of a name, a member or a call of one; empty for anything else. */
function nameOf(expression: unknown): string {
  let node = expression as Node | null | undefined;
  if (node?.kind === 'call') node = node['callee'] as Node;
  if (node?.kind === 'member') return String(node['property']);
  return node?.kind === 'name' ? String(node['name']) : '';
}

/** Where a docstring stands, if the source has it as it is; else the definition's first line. */
function spanOfText(definition: FunctionNode, text: string): Span {
  const { start, end } = definition.span;
  const at = text.slice(start, Math.min(end, start + MAX_TEXT)).indexOf(definition.documentation!);
  if (at >= 0) return { start: start + at, end: start + at + definition.documentation!.length };
  const feed = text.indexOf('\n', start);
  return { start, end: feed === -1 ? end : Math.min(feed, end) };
}

/** Comments on neighbouring lines say one thing. */
function* joinedComments(comments: readonly Span[], text: string): Generator<Span> {
  let open: Span | null = null;
  for (const comment of comments) {
    if (
      open !== null &&
      comment.start >= open.end &&
      /^[ \t]*\r?\n?[ \t]*$/.test(text.slice(open.end, Math.min(comment.start, open.end + 200)))
    ) {
      open = { start: open.start, end: comment.end };
      continue;
    }
    if (open !== null) yield open;
    open = comment;
  }
  if (open !== null) yield open;
}
