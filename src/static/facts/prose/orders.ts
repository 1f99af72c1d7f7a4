import type { Api } from '../../../model/api-model.ts';
import type { Sentence } from '../../../model/program.ts';
import { normalPath } from '../../evidence/detail.ts';
import { plain } from '../../fold/constant.ts';
import type { CallFact, Layer } from '../facts.ts';
import { ANY_SITE, type FlowGraph } from '../flow-graph.ts';
import { handPath } from '../calls/handed-paths.ts';
import { namesConversation, orderIn, type OrderPatterns } from '../../prose/orders/index.ts';
import type { ProgramInterface } from '../programs/program-interface.ts';
import { constantValue } from '../values/value.ts';

/** What the agent read stays with it for so many orders. */
const MEMORY = 6;
/** Sentences are looked at up to here (UTF-16 units), and so many of one text. */
const MAX_LENGTH = 16_000;
const MAX_SENTENCES = 20_000;
/** Scripts and paths of one order. */
const MAX_NAMED = 200;

const SCRIPT = /[\w./-]{1,200}\.(?:py|sh|bash|[cm]?js|ts)\b/g;
const PATH = /(?:~|\$HOME|[\w.-]{0,100})(?:\/[\w.@-]{1,100}){1,20}|(?<![\w/])\.(?:env|netrc|npmrc|pypirc)\b/g;
const URL = /\bhttps?:\/\/[^\s)>\]"'`]{1,500}/;
/** Verbs that hand the content of something over, not its name. */
const HANDS =
  /\b(?:pass|pipe|feed|give|hand|provide|send|supply|forward|submit|paste|include|insert|embed|add|attach|put)(?:s|ing|ed)?\b/i;
/** Such a verb at the beginning, where it may be a noun elsewhere. */
const OPENS =
  /^(?:(?:then|next|now|finally|and|please|always|also|first),? ){0,3}(?:pass|feed|hand|supply) (?:the|its?|this|that|them|their|all|every|what)\b/i;
const CONTENT = /\b(?:contents?|text|values?|outputs?|results?|what (?:it|you|they)|everything)\b/i;
/** What was read in an earlier order. */
const BACK =
  /\b(?:it|its|them|their|(?:the|that|those|this|these) (?:contents?|results?|outputs?|texts?|values?|keys?|credentials?|secrets?|data|information|tokens?|strings?)|what you (?:have )?(?:read|found|collected|gathered))\b/i;
const WRITES = /\b(?:save|write|store|put|append|copy|dump|record)\b/i;
const SENDS = /\b(?:send|post|upload|submit|transmit|forward|report|deliver|push|share|email)\b/i;
/** What the user and the agent said to each other, as a whole; a single request is a script's ordinary input. */
const CONVERSATION =
  /\b(?:(?<!\b(?:(?:beginning|start|end|outset|course|rest|top|middle|flow) of|during|throughout|within) )(?:the|this|our|whole|entire|full|complete) (?:current )?(?:conversation|chat)(?: history| log| so far)?|(?:conversation|chat|session|message) (?:history|log|transcript)|transcript of (?:the|this|our)|system prompt|(?:all|every)(?: of)?(?: the)? (?:previous |user |user's )?messages?|everything (?:that )?(?:the user|I|we) (?:has |have )?(?:said|typed|wrote|told))\b/i;

/** Words of a command that stand for the conversation: `"<full conversation>"`, `{chat_history}`. */
const PLACEHOLDER =
  /[<{[]\s*(?:the |full |entire |whole |complete |current )*(?:conversation|chat|transcript|system[ _-]prompt|message[ _-]history)[\w -]{0,40}[>}\]]/i;

/** True for a word that an agent is to fill with what was said. */
export function isConversation(text: string): boolean {
  if (text.length >= 500) return false;
  return PLACEHOLDER.test(text) || (/[<{[][^>}\]]{4,}[>}\]]/.test(text) && namesConversation(text));
}

const ENGLISH: OrderPatterns = {
  hands: HANDS,
  content: CONTENT,
  back: BACK,
  writes: WRITES,
  sends: SENDS,
  conversation: CONVERSATION,
};

/** The patterns of the languages that a sentence orders in; none when it orders nothing. */
function patternsFor({ text, imperative, negated, quoted }: Sentence): readonly OrderPatterns[] {
  if (negated || quoted) return [];
  const isEnglish = imperative || OPENS.test(text.slice(0, 100));
  const other = orderIn(text);
  return [...(isEnglish ? [ENGLISH] : []), ...(other === null ? [] : [other])];
}

/** What an agent is told to do to files and programs, in the order of the text. */
interface Reader {
  readonly graph: FlowGraph;
  readonly isSecretPath: (path: string) => boolean;
  /** The programs that a name in the text may mean; none when its code is not at hand. */
  readonly programsOf: (layer: Layer, written: string) => readonly ProgramInterface[];
  /** Where a tool's handler is given what a sentence of its description orders; none for any other sentence. */
  readonly parametersOf: (layer: Layer, sentence: Sentence) => readonly number[];
  /** True for a sentence with a command line in it: that says by itself which word goes where. */
  readonly hasCommand: (layer: Layer, sentence: Sentence) => boolean;
}

const READS: Api = { names: ['read'], capabilities: ['secret.read'], detail: { argument: 0, as: 'path' } };
const POSTS: Api = { names: ['send'], capabilities: ['net.connect'], detail: { argument: 0, as: 'host' } };

/** A sentence as the call that the agent makes when it obeys. */
function orderAs(api: Api | null, detail: string | null, sentence: Sentence, layer: Layer): CallFact {
  const positional = detail === null ? [] : [constantValue(plain(detail))];
  return {
    name: api?.names[0] ?? 'order',
    language: 'markdown',
    api,
    args: { positional, named: new Map(), receiver: null },
    layer,
    span: sentence.span,
    function: null,
    outerScope: 'prose',
    guard: null,
    isHidden: false,
  };
}

/** Lets a value flow wherever a program reads what it is given: prose does not say how it is handed over. */
function handAll(graph: FlowGraph, program: ProgramInterface, node: number): void {
  const { words, options } = program;
  for (const read of [program.anyWord, program.input, ...words.values(), ...options.values()])
    graph.connect(node, read, ANY_SITE);
}

/**
 * Follows what prose has an agent hand from files, the conversation and programs to programs, files and addresses: an order that a
 * script completes is one chain.
 */
export function followOrders(
  { graph, isSecretPath, programsOf, parametersOf, hasCommand }: Reader,
  sentences: readonly { readonly sentence: Sentence; readonly layer: Layer }[],
): void {
  let remembered = { node: 0, until: 0 };
  const source = (label: 'secret' | 'conversation', call: CallFact): number => {
    const node = graph.newNode();
    graph.calls.set(node, call);
    graph.sources.push({ node, label, call });
    return node;
  };
  /** What one order hands on, as a step of its own. */
  const stepOf = (node: number, sentence: Sentence, layer: Layer): number => {
    const step = node === 0 ? 0 : graph.newNode();
    if (step === 0) return 0;
    graph.calls.set(step, orderAs(null, null, sentence, layer));
    graph.connect(node, step);
    return step;
  };
  let turn = 0;
  // What is over a bound is not followed, and the file says so.
  if (sentences.length > MAX_SENTENCES) graph.isFull = true;
  for (const { sentence, layer } of sentences.slice(0, MAX_SENTENCES)) {
    const patterns = patternsFor(sentence);
    if (patterns.length === 0) continue;
    turn++;
    const text = sentence.text.slice(0, MAX_LENGTH);
    const says = (what: keyof OrderPatterns): boolean => patterns.some((each) => each[what].test(text));
    const scripts = [...text.matchAll(SCRIPT)];
    const named = [...text.matchAll(PATH)];
    if (sentence.text.length > MAX_LENGTH || scripts.length > MAX_NAMED || named.length > MAX_NAMED)
      graph.isFull = true;
    const programs = scripts.slice(0, MAX_NAMED).flatMap(([name]) => programsOf(layer, name));
    const paths = named.slice(0, MAX_NAMED).map(([path]) => normalPath(path.replace(/\.$/, '')));
    const secrets = paths.filter(isSecretPath);
    const before = graph.join([
      ...secrets.map((path) => source('secret', orderAs(READS, path, sentence, layer))),
      ...(says('conversation') ? [source('conversation', orderAs(null, null, sentence, layer))] : []),
      says('back') && turn <= remembered.until ? remembered.node : 0,
    ]);
    const outputs = says('content') || says('back') ? programs.map(({ output }) => output) : [];
    const step = stepOf(graph.join([before, ...outputs]), sentence, layer);
    // "Send it with `post.sh`": what the one script prints is not what it is given.
    const given = programs.length === 1 ? stepOf(before, sentence, layer) : step;
    if (step !== 0 && (says('hands') || says('content')))
      for (const parameter of parametersOf(layer, sentence)) graph.connect(step, parameter, ANY_SITE);
    for (const program of programs) {
      if (says('hands') || says('content')) handAll(graph, program, given);
      for (const path of hasCommand(layer, sentence) ? [] : paths) {
        const call = orderAs(null, null, sentence, layer);
        handAll(
          graph,
          program,
          handPath(graph, constantValue(plain(path)), isSecretPath, () => call),
        );
      }
    }
    if (step !== 0 && says('writes'))
      for (const path of paths) if (!isSecretPath(path)) graph.connect(step, graph.fileNode(path), ANY_SITE);
    const url = URL.exec(text)?.[0];
    // What one order reads and sends without a script, the rules for prose judge.
    const isChain = programs.length > 0 || secrets.length === 0;
    if (step !== 0 && url !== undefined && says('sends') && isChain)
      graph.addSink(step, { label: 'network', call: orderAs(POSTS, url, sentence, layer) });
    if (step !== 0 || programs.length > 0)
      remembered = {
        node: graph.join([step, ...programs.map(({ output }) => output)]),
        until: turn + MEMORY,
      };
  }
}
