import type { Expression, Span } from '../../../model/program.ts';
import { plain, textOf } from '../../fold/constant.ts';
import { evaluate } from '../walk/expressions.ts';
import { queueInnerCode } from '../texts/inner-code.ts';
import { enterFunction } from '../calls/local-calls.ts';
import { evaluateName } from '../walk/members.ts';
import { runCommand } from './calls.ts';
import { pathValue } from '../values/path-folding.ts';
import { atNode, constantValue, flowingValue, knownText, UNKNOWN, type Value } from '../values/value.ts';
import { writeOutput } from './redirections.ts';
import { performTold } from '../walk/performed-calls.ts';
import { givenTo, noteTurn, takeInside } from '../walk/turns.ts';
import type { Walk } from '../walk/walk.ts';

/** A function of the script, called as a command: words behind parameters are named, others come in order. */
function callFunction(
  walk: Walk,
  callee: NonNullable<Value['callable']>,
  words: readonly Value[],
  span: Span,
): Value {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const text = textOf(word.constant);
    const next = words[at + 1];
    if (text === null || !/^-[A-Za-z]\w*$/.test(text)) positional.push(word);
    else if (next !== undefined) {
      named.set(`$${text.slice(1).toLowerCase()}`, next);
      at++;
    }
  }
  const args = { positional, named, receiver: null };
  takeInside(walk, callee, args, null);
  if (walk.quiet > 0) return UNKNOWN;
  const result = enterFunction(walk, callee, args, null);
  noteTurn(walk, callee, givenTo(walk, callee, args, null), span, result.node);
  return result;
}

/** What a command of the language itself does with code and programs that it is given. */
function followGiven(
  walk: Walk,
  command: string,
  words: readonly Value[],
  input: Value | undefined,
  span: Expression['span'],
  node: number,
): void {
  const operands = words.filter((word) => !/^-[A-Z]/.test(knownText(word) ?? ''));
  const [first, ...rest] = operands;
  if (command === 'Invoke-Expression') {
    const code = first ?? input;
    if (code !== undefined) queueInnerCode(walk, 'powershell', code, span, node);
  } else if (command === 'Start-Process' && first !== undefined) {
    const given = rest.flatMap((word) => word.elements ?? [word]);
    const split = given.flatMap((word) => {
      const text = textOf(word.constant);
      return text === null ? [word] : text.split(/\s+/).map((part) => constantValue(plain(part)));
    });
    walk.graph.connect(runCommand(walk, [first, ...split.slice(0, 256)], new Map(), span).node, node);
  }
}

/** `Join-Path $HOME .ssh`, `Resolve-Path ~/notes`: the path itself; null for any other command. */
function pathOf(walk: Walk, command: string | null, words: readonly Value[]): Value | null {
  if (command !== 'Join-Path' && command !== 'Resolve-Path' && command !== 'Convert-Path') return null;
  const parts = words.filter((word) => !/^-[A-Z]/i.test(textOf(word.constant) ?? ''));
  const texts = parts.map((part) => knownText(part));
  const node = walk.graph.join(parts.map((part) => part.node));
  return texts.every((text) => text === null)
    ? flowingValue(node)
    : atNode(
        pathValue(
          texts.map((text) => text?.replaceAll('\\', '/') ?? null),
          null,
        ),
        node,
      );
}

/** Commands that run what they are given. */
const RUNNING = /^(?:Invoke-Expression|Start-Process|Start-Job|cmd|powershell|pwsh)$/;

/** Evaluates a command of a PowerShell text: its own function, a script block, or what the models of commands know. */
export function evaluateCommand(walk: Walk, { args, span }: Extract<Expression, { kind: 'call' }>): Value {
  const words: Value[] = [];
  const named = new Map<string, Value>();
  for (const { name, value } of args) {
    const given = evaluate(walk, value);
    if (name === null) words.push(given);
    else named.set(name, given);
    if (given.callable !== null) walk.noteCallOf(given.callable);
  }
  const [first = UNKNOWN, ...rest] = words;
  const command = textOf(first.constant);
  const isVariable = args[0]?.value.kind !== 'literal';
  const own = command === null ? first : evaluateName(walk, command.toLowerCase(), span);
  if (own.callable !== null) return callFunction(walk, own.callable, rest, span);
  const path = pathOf(walk, command, rest);
  if (path !== null) return path;
  const result = runCommand(walk, words, named, span);
  if (command !== null) followGiven(walk, command, rest, named.get('stdin'), span, result.node);
  if (walk.turn !== null && (isVariable || RUNNING.test(command ?? '')))
    performTold(walk.turn, words, span, (caller, told, at) => {
      const given = runCommand(caller, told, named, at);
      if (command !== null) followGiven(caller, command, told.slice(1), named.get('stdin'), at, given.node);
      return given;
    });
  writeOutput(walk, named, result, span);
  return result;
}
