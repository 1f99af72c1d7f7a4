import type { Expression } from '../../../model/program.ts';
import { made, plain, textOf } from '../../fold/constant.ts';
import { assign } from './assignment.ts';
import { attributeOf } from './attributes.ts';
import { entryByMethod } from '../calls/protocol-methods.ts';
import { evaluateCall } from '../calls/calls.ts';
import { newClass } from './class-facts.ts';
import { convertedNode } from './conversions.ts';
import { foldComprehension } from './comprehensions.ts';
import type { ClassFact } from '../facts.ts';
import { eitherOf } from './frame.ts';
import { underGuard } from '../guards/guards-in.ts';
import { HOLE_NAME } from '../texts/inner-code.ts';
import { entryNode, parameterEntryNode } from './environment-entries.ts';
import { evaluateName, memberOf, namedEntry } from './members.ts';
import { evaluateBinary, evaluateSlice, evaluateTemplate, evaluateUnary } from './operators.ts';
import { runTold } from '../texts/told-tools.ts';
import { noteWritten } from '../texts/noted-strings.ts';
import { OPTIONS_TYPE } from '../programs/program-interface.ts';
import { isReadByName, readOf } from './reads.ts';
import { VARIABLES } from '../../frontends/shell/parameter-operators.ts';
import { memberNode } from '../calls/looked-up-names.ts';
import { entryThatMatters } from '../calls/handed-paths.ts';
import { carried } from '../texts/carried-commands.ts';
import { partOfUnread, unread } from '../texts/unread-data.ts';
import { anyEntry } from '../values/choices.ts';
import { truthOf } from '../values/truth.ts';
import { noteTableLookup } from '../calls/table-lookups.ts';
import {
  atNode,
  callableValue,
  changed,
  constantValue,
  flowingValue,
  knownValue,
  listValue,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { MAX_WALK_DEPTH, type Walk } from './walk.ts';

/** What an expression is evaluated for: its value, the object of a member, or the callee of a call. */
export type Use = 'value' | 'object';

/** `os.__dict__`, `vars(os)`. */
function isTableOfNames(expression: Expression): boolean {
  if (expression.kind === 'member') return expression.property === '__dict__';
  return expression.kind === 'call' && expression.callee.kind === 'name' && expression.callee.name === 'vars';
}

function evaluateIndex(walk: Walk, expression: Extract<Expression, { kind: 'index' }>): Value {
  const object = evaluate(walk, expression.object, 'object');
  return entryAt(walk, expression, object, evaluate(walk, expression.index));
}

/** What an object holds at an index or under a key, both of which have been evaluated. */
export function entryAt(
  walk: Walk,
  expression: Extract<Expression, { kind: 'index' }>,
  object: Value,
  index: Value,
): Value {
  if (object.instance !== null || object.class !== null) {
    const given = entryByMethod(walk, object, index);
    if (given !== null) return atNode(given, walk.graph.join([given.node, object.node]));
  }
  const written = index.constant?.value;
  // In a shell every word is a text.
  const key =
    walk.language === 'shell' && typeof written === 'string' && /^\d{1,5}$/.test(written)
      ? Number(written)
      : written;
  if (typeof key === 'string') {
    // `${!x}` is an entry of the table of all variables.
    if (
      walk.language === 'shell' &&
      expression.object.kind === 'name' &&
      expression.object.name === VARIABLES
    )
      return evaluateName(walk, key, expression.span);
    const read = readOf(walk, object, index, expression.span);
    if (read !== null) return read;
    const named = namedEntry(walk, object, key);
    if (named !== null) {
      noteTableLookup(walk, object, index, named, walk.language === 'python', expression.span);
      return named;
    }
    // `os.__dict__['system']`, `vars(os)['system']`: the table of a module is the module.
    const isTable = walk.language === 'python' && object.name !== null && isTableOfNames(expression.object);
    if (
      walk.language === 'javascript' ||
      isTable ||
      object.entries?.has(key) === true ||
      object.name === OPTIONS_TYPE
    ) {
      const member = memberOf(walk, object, key);
      noteTableLookup(walk, object, index, member, isTable, expression.span);
      return member;
    }
  }
  if (typeof key === 'number') {
    const read = object.elements === null ? readOf(walk, object, index, expression.span) : null;
    if (read !== null) return read;
    const element = object.elements?.at(key);
    if (element !== undefined) return partOfUnread(walk, object, element);
    const text = textOf(object.constant);
    if (text !== null && object.constant !== null) {
      const character = text.at(key);
      if (character !== undefined) {
        return partOfUnread(
          walk,
          object,
          constantValue(
            object.constant.isBytes || walk.language === 'go'
              ? plain(character.charCodeAt(0))
              : made(character, [object.constant], 'assembled'),
          ),
        );
      }
    }
  }
  if (index.constant === null) {
    const read =
      readOf(walk, object, index, expression.span) ??
      entryThatMatters(walk, object, index) ??
      anyEntry(object);
    if (read !== null) return partOfUnread(walk, object, read);
  }
  const node =
    typeof key === 'string'
      ? entryNode(walk, object, key)
      : index.constant === null
        ? (parameterEntryNode(walk, object, index) ?? memberNode(walk, object, index))
        : object.node;
  return partOfUnread(walk, object, node === 0 ? UNKNOWN : flowingValue(node));
}

function evaluateLiteral(walk: Walk, expression: Extract<Expression, { kind: 'literal' }>): Value {
  if (walk.holes.size > 0 && typeof expression.value === 'string' && HOLE_NAME.test(expression.value)) {
    const pieces = expression.value
      .split(/(SBX_HOLE_\d+)/)
      .filter((piece) => piece !== '')
      .map((piece) => walk.holes.get(piece) ?? piece);
    const only = pieces[0];
    if (pieces.length === 1 && only !== undefined && typeof only !== 'string') return only;
    return changed(UNKNOWN, {
      pieces,
      node: walk.graph.join(pieces.map((piece) => (typeof piece === 'string' ? 0 : piece.node))),
    });
  }
  const constant = plain(expression.value, expression.bytes === true);
  if (typeof expression.value === 'string') noteWritten(walk, expression.value, constant, expression.span);
  return unread(walk, carried(walk, constantValue(constant), expression.span), expression.span);
}

/** The node that all of these flow into; see {@link FlowGraph.join}. */
function joinedNode(walk: Walk, values: readonly Value[]): number {
  for (const { node } of values) if (node !== 0) return walk.graph.join(values.map((value) => value.node));
  return 0;
}

/** An object whose functions use `this` is one of a class that nobody named: what one of them sets, another reads. */
function ownClass(walk: Walk, { entries, span }: Extract<Expression, { kind: 'record' }>): ClassFact | null {
  if (walk.language !== 'javascript' || walk.quiet > 0) return null;
  const { text } = walk.layer.source;
  const usesThis = entries.some(
    ({ value }) =>
      value.kind === 'function' &&
      value.span.end - value.span.start < 20_000 &&
      text.slice(value.span.start, value.span.end).includes('this.'),
  );
  return usesThis ? newClass('', walk.layer, span) : null;
}

/** True for what stands for as many elements as it has: `*words`, `...words`, and `"${lines[@]}"` of a shell. */
function isTakenApart(walk: Walk, { span }: Expression): boolean {
  if (walk.language === 'shell') return true;
  const mark = walk.language === 'javascript' ? '...' : '*';
  return walk.layer.source.text.startsWith(mark, span.start - mark.length);
}

function evaluateRecord(walk: Walk, expression: Extract<Expression, { kind: 'record' }>): Value {
  const instance = ownClass(walk, expression);
  if (instance === null) return recordOf(walk, expression);
  const { owner } = walk;
  walk.owner = instance;
  const record = recordOf(walk, expression);
  walk.owner = owner;
  const entries = new Map<string, Value>();
  for (const [name, value] of record.entries ?? []) {
    if (value.callable?.owner === instance) {
      instance.methods.set(name, value.callable);
      entries.set(name, value);
      continue;
    }
    const attribute = attributeOf(walk, instance, name);
    walk.graph.connect(value.node, attribute.node);
    attribute.value = value;
    entries.set(name, atNode(value, attribute.node));
  }
  const node = walk.graph.join([record.node, ...[...instance.attributes.values()].map((each) => each.node)]);
  return { ...record, entries, instance, node };
}

function recordOf(walk: Walk, expression: Extract<Expression, { kind: 'record' }>): Value {
  const entries = new Map<string, Value>();
  const values: Value[] = [];
  let spread: string | null = null;
  for (const { key, value } of expression.entries) {
    const held = evaluate(walk, value);
    values.push(held);
    // `{**os.environ}`: still read by name.
    if (key === null && (isReadByName(walk, held.name) || walk.language === 'javascript'))
      spread ??= held.name;
    const name =
      key === null
        ? null
        : key.kind === 'name' && walk.language === 'javascript'
          ? key.name
          : keyText(evaluate(walk, key));
    if (name !== null) runTold(walk, name, held, value.span);
    if (name !== null && entries.size < 1_000) entries.set(name, held);
    else if (key === null && held.entries !== null)
      for (const [inner, each] of held.entries) entries.set(inner, each);
  }
  const converted = convertedNode(walk, (name) => entries.get(name)?.callable);
  const node = joinedNode(walk, values);
  return knownValue(spread, null, null, entries, converted === 0 ? node : walk.graph.join([node, converted]));
}

/** The text of a key; a symbol that the language knows is one by its name. */
function keyText({ constant, name }: Value): string | null {
  return textOf(constant) ?? (name?.startsWith('Symbol.') === true ? name : null);
}

/** Whose method a function in an expression is: in JavaScript it sees `this`, in Python it is one in the body of a class alone. */
function ownerOfFunction({ language, frame, owner }: Walk): ClassFact | null {
  return (language === 'python' || language === 'go') && frame.kind !== 'class' ? null : owner;
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
      const read = isReadByName(walk, object.name)
        ? readOf(walk, object, constantValue(plain(expression.property)), expression.span)
        : null;
      if (read !== null && walk.language === 'javascript') return read;
      const member = memberOf(walk, object, expression.property);
      // How long something is does not tell what it is.
      if (walk.language === 'javascript' && expression.property === 'length' && object.entries === null)
        return { ...member, node: 0 };
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
      const elements = expression.elements.flatMap((element) => {
        const value = evaluate(walk, element);
        return value.elements !== null && isTakenApart(walk, element) ? value.elements : [value];
      });
      return unread(walk, listValue(elements, joinedNode(walk, elements)), expression.span);
    }
    case 'record':
      return evaluateRecord(walk, expression);
    case 'conditional': {
      const truth = walk.quiet > 0 ? truthOf(evaluate(walk, expression.test), walk) : null;
      if (truth !== null) return evaluate(walk, truth ? expression.whenTrue : expression.whenFalse);
      if (walk.quiet === 0) evaluate(walk, expression.test);
      const whenTrue = underGuard(walk, expression.test, () => evaluate(walk, expression.whenTrue));
      return eitherOf(walk.graph, evaluate(walk, expression.whenFalse), whenTrue);
    }
    case 'comprehension':
      return foldComprehension(walk, expression);
    case 'function':
      return callableValue(walk.addFunction(expression.definition, ownerOfFunction(walk)));
    case 'assignment': {
      const value = evaluate(walk, expression.value);
      assign(walk, expression.target, value);
      return value;
    }
    case 'other': {
      const values = expression.children.map((child) => evaluate(walk, child));
      const node = joinedNode(walk, values);
      return values.length === 1 && values[0] !== undefined
        ? values[0]
        : node === 0
          ? UNKNOWN
          : flowingValue(node);
    }
  }
}

/** What an expression's value is, as far as it is known; records the calls, texts and reads in it. */
export function evaluate(walk: Walk, expression: Expression, use: Use = 'value'): Value {
  if (walk.depth >= MAX_WALK_DEPTH) {
    walk.gathering.miss({ reason: 'code nested too deep was not followed', blocking: true });
    return UNKNOWN;
  }
  if (walk.quiet > 0 && --walk.gathering.refoldBudget < 0) return UNKNOWN;
  walk.depth++;
  const value = evaluateKind(walk, expression, use);
  // A long text costs more than a short one to compute with.
  if (walk.quiet > 0 && typeof value.constant?.value === 'string')
    walk.gathering.refoldBudget -= value.constant.value.length >> 6;
  walk.depth--;
  return value;
}
