import type { Expression, Span } from '../../model/program.ts';
import { type Constant, made, plain, textOf } from '../fold/constant.ts';
import { fillPercent, foldBinary, foldSlice } from '../fold/operations.ts';
import { assign } from './assignment.ts';
import { evaluateCall } from './calls.ts';
import { foldComprehension } from './comprehensions.ts';
import type { Frame } from './frame.ts';
import { eitherOf } from './frame.ts';
import { HOLE_NAME } from './inner-code.ts';
import { isGlobalObject, memberName } from './names.ts';
import { isReadByName, readOf } from './reads.ts';
import { environmentVariable } from './shell-calls.ts';
import { constantValue, knownText, namedValue, UNKNOWN, type Value } from './value.ts';
import { MAX_WALK_DEPTH, type Walk } from './walk.ts';

const NOWHERE: Span = { start: 0, end: 0 };

/** What an expression is evaluated for: its value, the object of a member, or the callee of a call. */
export type Use = 'value' | 'object';

const COMPARISONS = /^(?:={2,3}|!={1,2}|[<>]=?|in|not in|is|is not|instanceof|=~|-\w+)$/;
const CHOICES = new Set(['or', 'and', '||', '&&', '??']);

/** Notes a text that rules may look at; short ones say nothing. */
export function noteString(walk: Walk, text: string, constant: Constant, expression: Expression): void {
  if (walk.quiet > 0 || text.length < 4) return;
  walk.gathering.strings.push({
    text,
    origin: constant.origin,
    layer: walk.layer,
    span: expression.span,
    function: walk.function,
  });
}

/** The names of star imports that models know come before the bare name. */
function globalName(walk: Walk, name: string): string {
  for (const module of walk.starModules) {
    const candidate = `${module}.${name}`;
    if (walk.apis.lookup(candidate).length > 0) return candidate;
  }
  return name;
}

function evaluateName(walk: Walk, name: string, span: Span): Value {
  for (let frame: Frame | null = walk.frame; frame !== null; frame = frame.parent) {
    if (frame.kind === 'class' && frame !== walk.frame) continue;
    const value =
      frame === walk.frame && walk.uncertainty === 0 ? frame.read(name) : frame.readAnyTime(name, walk.graph);
    if (value !== null) return value;
  }
  return walk.language === 'shell'
    ? environmentVariable(walk, name, span)
    : namedValue(globalName(walk, name));
}

/** The member of a value: an entry, an attribute or method of the target's own class, or a name below its name. */
export function memberOf(walk: Walk, object: Value, property: string): Value {
  const entry = object.entries?.get(property);
  if (entry !== undefined) return object.node === 0 ? entry : { ...entry, node: entry.node || object.node };
  const owner = object.instance ?? object.class;
  if (owner !== null) {
    const queue = [owner];
    for (let at = 0; at < queue.length && at < 32; at++) {
      const candidate = queue[at];
      const method = candidate?.methods.get(property);
      if (method !== undefined) return { ...UNKNOWN, callable: method };
      const attribute = candidate?.attributes.get(property);
      if (attribute !== undefined) return { ...attribute.value, node: attribute.node };
      queue.push(...(candidate?.parents ?? []));
    }
    if (object.name === null) {
      // Set by a method whose body has not been walked yet: its node is there from now on.
      const node = walk.graph.newNode();
      owner.attributes.set(property, { value: UNKNOWN, node });
      return { ...UNKNOWN, node };
    }
  }
  return namedValue(memberName(object.name, property, walk.language), object.node);
}

/** `globals()['x']`, `sys.modules['os']`: what a table of names holds under a name. */
function namedEntry(walk: Walk, object: Value, key: string): Value | null {
  switch (object.name) {
    case 'globals()':
    case 'locals()':
    case 'vars()':
      return evaluateName(walk, key, NOWHERE);
    case 'sys.modules':
      return namedValue(key);
    default:
      return isGlobalObject(object.name, walk.language) ? namedValue(key) : null;
  }
}

function evaluateIndex(walk: Walk, expression: Extract<Expression, { kind: 'index' }>): Value {
  const object = evaluate(walk, expression.object, 'object');
  const index = evaluate(walk, expression.index);
  const key = index.constant?.value;
  if (typeof key === 'string') {
    const read = readOf(walk, object, index, expression.span);
    if (read !== null) return read;
    const named = namedEntry(walk, object, key);
    if (named !== null) return named;
    if (walk.language === 'javascript' || object.entries?.has(key) === true)
      return memberOf(walk, object, key);
    // `os.__dict__['system']`: the table of a module is the module.
    if (
      object.name !== null &&
      expression.object.kind === 'member' &&
      expression.object.property === '__dict__'
    ) {
      return memberOf(walk, object, key);
    }
  }
  if (typeof key === 'number') {
    const element = object.elements?.at(key);
    if (element !== undefined) return element;
    const text = textOf(object.constant);
    if (text !== null && object.constant !== null) {
      const character = text.at(key);
      if (character !== undefined) {
        return constantValue(
          object.constant.isBytes
            ? plain(character.charCodeAt(0))
            : made(character, [object.constant], 'assembled'),
        );
      }
    }
  }
  if (index.constant === null) {
    const read = readOf(walk, object, index, expression.span);
    if (read !== null) return read;
  }
  return object.node === 0 ? UNKNOWN : { ...UNKNOWN, node: object.node };
}

/** Literals put together in the middle of a word: text that its author took apart (`'ev' + 'al'`). Bounded by the text's length. */
function isPiecemeal(expression: Extract<Expression, { kind: 'binary' }>): boolean {
  const pieces: string[] = [];
  const waiting: Expression[] = [expression];
  for (let next = waiting.pop(); next !== undefined && pieces.length < 200; next = waiting.pop()) {
    if (next.kind === 'binary') waiting.push(next.right, next.left);
    else if (next.kind === 'literal' && typeof next.value === 'string') pieces.push(next.value);
    else return false;
  }
  return pieces.some((piece, index) => /[a-z]$/i.test(pieces[index - 1] ?? '') && /^[a-z]/i.test(piece));
}

function evaluateBinary(walk: Walk, expression: Extract<Expression, { kind: 'binary' }>): Value {
  const left = evaluate(walk, expression.left);
  const right = evaluate(walk, expression.right);
  const { operator } = expression;
  if (CHOICES.has(operator)) return eitherOf(walk.graph, right, left);
  if (COMPARISONS.test(operator)) return UNKNOWN;
  const node = walk.graph.join([left.node, right.node]);
  if (operator === '%' && left.constant !== null && right.elements !== null) {
    const format = textOf(left.constant);
    const values = right.elements.map((element) => element.constant);
    const filled = format === null ? null : fillPercent(format, values);
    if (filled !== null) return constantValue(made(filled, [left.constant]), node);
  }
  if (left.constant !== null && right.constant !== null) {
    const folded = foldBinary(operator, left.constant, right.constant);
    if (folded !== null) {
      const isShort = typeof folded.value === 'string' && folded.value.length <= 40;
      const constant =
        folded.origin === 'assembled' && !(isShort && isPiecemeal(expression))
          ? made(folded.value as string, [left.constant, right.constant])
          : folded;
      const text = textOf(constant);
      if (text !== null && constant !== null) noteString(walk, text, constant, expression);
      return constantValue(constant, node);
    }
  }
  if (operator === '/' && left.name === 'pathlib.Path') {
    const base = knownText(left);
    const rest = knownText(right);
    const joined = `${base ?? '*'}/${rest ?? '*'}`;
    return {
      ...UNKNOWN,
      name: 'pathlib.Path',
      constant: base === null || rest === null ? null : plain(joined),
      pieces: [joined],
      node,
    };
  }
  if (operator === '+') {
    if (
      left.elements !== null &&
      right.elements !== null &&
      left.elements.length + right.elements.length < 10_000
    ) {
      return { ...UNKNOWN, elements: [...left.elements, ...right.elements], node };
    }
    return { ...UNKNOWN, pieces: piecesOf([left, right]), node };
  }
  if (operator === '%' && left.constant !== null) {
    const format = textOf(left.constant);
    return {
      ...UNKNOWN,
      pieces:
        format === null
          ? null
          : format.split(/(?=%[a-z])|(?<=%[a-z])/).map((part) => (/^%[a-z]$/.test(part) ? right : part)),
      node,
    };
  }
  return node === 0 ? UNKNOWN : { ...UNKNOWN, node };
}

function piecesOf(values: readonly Value[]): readonly (string | Value)[] | null {
  const pieces: (string | Value)[] = [];
  let isKnown = false;
  for (const value of values) {
    const text = textOf(value.constant);
    if (text !== null) pieces.push(text);
    else if (value.pieces !== null && value.pieces.length < 1_000) pieces.push(...value.pieces);
    else pieces.push(value);
    isKnown ||= text !== null || value.pieces !== null;
  }
  return isKnown ? pieces : null;
}

function evaluateTemplate(walk: Walk, expression: Extract<Expression, { kind: 'template' }>): Value {
  const parts = expression.parts.map((part) => evaluate(walk, part));
  const node = walk.graph.join(parts.map((part) => part.node));
  const constants = parts.map((part) => part.constant);
  if (constants.every((constant) => constant !== null)) {
    const whole = made(constants.map((constant) => String(constant.value)).join(''), constants);
    const text = textOf(whole);
    if (text !== null && whole !== null) noteString(walk, text, whole, expression);
    return constantValue(whole, node);
  }
  return { ...UNKNOWN, pieces: piecesOf(parts), node };
}

function evaluateSlice(walk: Walk, expression: Extract<Expression, { kind: 'slice' }>): Value {
  const object = evaluate(walk, expression.object);
  const numberOf = (bound: Expression | null): number | null | undefined => {
    if (bound === null) return null;
    const value = evaluate(walk, bound).constant?.value;
    return typeof value === 'number' ? value : undefined;
  };
  const start = numberOf(expression.start);
  const stop = numberOf(expression.stop);
  const step = numberOf(expression.step);
  if (start === undefined || stop === undefined || step === undefined)
    return { ...UNKNOWN, node: object.node };
  if (object.elements !== null && (step === null || step === 1)) {
    return { ...UNKNOWN, elements: object.elements.slice(start ?? 0, stop ?? undefined), node: object.node };
  }
  return constantValue(
    object.constant === null ? null : foldSlice(object.constant, start, stop, step),
    object.node,
  );
}

function evaluateUnary(walk: Walk, expression: Extract<Expression, { kind: 'unary' }>): Value {
  const operand = evaluate(walk, expression.operand);
  const value = operand.constant?.value;
  if (typeof value === 'number' && expression.operator === '-') return constantValue(plain(-value));
  if (typeof value === 'number' && expression.operator === '~') return constantValue(plain(~value));
  if (expression.operator === 'not' || expression.operator === '!') return UNKNOWN;
  return operand.node === 0 ? UNKNOWN : { ...UNKNOWN, node: operand.node };
}

function evaluateLiteral(walk: Walk, expression: Extract<Expression, { kind: 'literal' }>): Value {
  if (walk.holes.size > 0 && typeof expression.value === 'string' && HOLE_NAME.test(expression.value)) {
    const pieces = expression.value
      .split(/(SBX_HOLE_\d+)/)
      .filter((piece) => piece !== '')
      .map((piece) => walk.holes.get(piece) ?? piece);
    const only = pieces[0];
    if (pieces.length === 1 && only !== undefined && typeof only !== 'string') return only;
    return {
      ...UNKNOWN,
      pieces,
      node: walk.graph.join(pieces.map((piece) => (typeof piece === 'string' ? 0 : piece.node))),
    };
  }
  const constant = plain(expression.value, expression.bytes === true);
  if (typeof expression.value === 'string') noteString(walk, expression.value, constant, expression);
  return constantValue(constant);
}

function evaluateRecord(walk: Walk, expression: Extract<Expression, { kind: 'record' }>): Value {
  const entries = new Map<string, Value>();
  const values: Value[] = [];
  let spread: string | null = null;
  for (const { key, value } of expression.entries) {
    const held = evaluate(walk, value);
    values.push(held);
    // `{**os.environ}`: still read by name.
    if (key === null && isReadByName(walk, held.name)) spread = held.name;
    const name =
      key === null
        ? null
        : key.kind === 'name' && walk.language === 'javascript'
          ? key.name
          : textOf(evaluate(walk, key).constant);
    if (name !== null && entries.size < 1_000) entries.set(name, held);
    else if (key === null && held.entries !== null)
      for (const [inner, each] of held.entries) entries.set(inner, each);
  }
  return { ...UNKNOWN, name: spread, entries, node: walk.graph.join(values.map((value) => value.node)) };
}

function evaluateKind(walk: Walk, expression: Expression, use: Use): Value {
  switch (expression.kind) {
    case 'literal':
      return evaluateLiteral(walk, expression);
    case 'name': {
      const value = evaluateName(walk, expression.name, expression.span);
      return use === 'value' && value.name !== null
        ? (readOf(walk, value, null, expression.span) ?? value)
        : value;
    }
    case 'member': {
      const object = evaluate(walk, expression.object, 'object');
      const read = readOf(walk, object, constantValue(plain(expression.property)), expression.span);
      if (read !== null && walk.language === 'javascript') return read;
      const member = memberOf(walk, object, expression.property);
      return use === 'value' && member.name !== null
        ? (readOf(walk, member, null, expression.span) ?? member)
        : member;
    }
    case 'index':
      return evaluateIndex(walk, expression);
    case 'slice':
      return evaluateSlice(walk, expression);
    case 'call':
      return evaluateCall(walk, expression);
    case 'binary':
      return evaluateBinary(walk, expression);
    case 'unary':
      return evaluateUnary(walk, expression);
    case 'template':
      return evaluateTemplate(walk, expression);
    case 'list': {
      const elements = expression.elements.map((element) => evaluate(walk, element));
      return { ...UNKNOWN, elements, node: walk.graph.join(elements.map((element) => element.node)) };
    }
    case 'record':
      return evaluateRecord(walk, expression);
    case 'conditional': {
      evaluate(walk, expression.test);
      const whenTrue = evaluate(walk, expression.whenTrue);
      return eitherOf(walk.graph, evaluate(walk, expression.whenFalse), whenTrue);
    }
    case 'comprehension':
      return foldComprehension(walk, expression);
    case 'function':
      return { ...UNKNOWN, callable: walk.addFunction(expression.definition, walk.owner) };
    case 'assignment': {
      const value = evaluate(walk, expression.value);
      assign(walk, expression.target, value);
      return value;
    }
    case 'other': {
      const values = expression.children.map((child) => evaluate(walk, child));
      const node = walk.graph.join(values.map((value) => value.node));
      return values.length === 1 && values[0] !== undefined
        ? values[0]
        : node === 0
          ? UNKNOWN
          : { ...UNKNOWN, node };
    }
  }
}

/** What an expression's value is, as far as it is known; records the calls, texts and reads in it. */
export function evaluate(walk: Walk, expression: Expression, use: Use = 'value'): Value {
  if (walk.depth >= MAX_WALK_DEPTH) {
    walk.gathering.miss({ reason: 'code nested too deep was not followed', blocking: true });
    return UNKNOWN;
  }
  walk.depth++;
  const value = evaluateKind(walk, expression, use);
  walk.depth--;
  return value;
}
