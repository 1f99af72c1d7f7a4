import type { FunctionNode } from '../../../model/program.ts';
import {
  atNode,
  changed,
  constantValue,
  flowingValue,
  listValue,
  UNKNOWN,
  type Value,
  withType,
} from '../values/value.ts';
import { isCalledByModel } from '../calls/tool-names.ts';
import type { ClassFact, FunctionFact } from '../facts.ts';
import { callsWhatItIsGiven } from '../calls/applied-calls.ts';
import { lendToMarked } from './lent-objects.ts';
import { evaluateDecorators } from './decorators.ts';
import { evaluate } from './expressions.ts';
import { isTestPath } from '../scopes/file-scope.ts';
import { lastPart } from '../names.ts';
import type { Walk } from './walk.ts';

const ENVIRONMENT_BASE =
  /^(?:gym|gymnasium|gym3|pettingzoo|gymnasium_robotics|minigrid|openenv|verifiers)(?:\..+)?\.\w*(?:Env|Wrapper|Environment)$/;

/** Commands of setup.py; what replaces them runs on install. */
const INSTALL_COMMAND_BASE = /^(?:setuptools|distutils)\.(?:command\.|Command$)/;

/** What is known of a class's bases. */
export function baseFacts(bases: readonly Value[]): Pick<ClassFact, 'bases' | 'parents'> {
  return {
    bases: bases.map((base) => base.name).filter((name) => name !== null),
    parents: bases.map((base) => base.class).filter((parent) => parent !== null),
  };
}

/** The class or one that it is made from defines a method. */
function hasMethod(owner: ClassFact, name: string): boolean {
  const line = new Set([owner]);
  for (const { methods, parents } of line) {
    if (methods.has(name)) return true;
    if (line.size < 500) for (const parent of parents) line.add(parent);
  }
  return false;
}

/** Gives methods the scopes that their class's kind says: an environment's (by its registration, its bases, or because it defines `step` and `reset`), a setup command's. */
export function markClass(created: ClassFact, registered: ReadonlySet<string>): void {
  created.isEnvironment =
    registered.has(created.name) ||
    created.bases.some((base) => ENVIRONMENT_BASE.test(base)) ||
    created.parents.some((parent) => parent.isEnvironment) ||
    (hasMethod(created, 'step') && hasMethod(created, 'reset'));
  if (created.bases.some((base) => INSTALL_COMMAND_BASE.test(base))) {
    for (const method of created.methods.values()) method.scopes.add('install-hook');
  }
  if (!created.isEnvironment) return;
  for (const [method, scope] of [
    ['__init__', 'env.init'],
    ['reset', 'env.reset'],
    ['step', 'env.step'],
    ['render', 'env.render'],
    ['close', 'env.close'],
  ] as const) {
    created.methods.get(method)?.scopes.add(scope);
  }
}

const ENTRY_DECORATOR = /^(?:command|main|cli|group)$/;

/** A decorator is called with the function: what the function gives, it gives there; what a model says comes in, its parameters are. */
function decorated(walk: Walk, fact: FunctionFact, { callable, node }: Value): void {
  if (walk.quiet > 0) return;
  const { graph } = walk;
  graph.connect(fact.returnNode, callable?.parameterNodes[0] ?? 0);
  if (graph.calls.get(node)?.api?.source === undefined) return;
  fact.definition.parameters.forEach((parameter, index) => {
    const isInjected =
      parameter.default?.kind === 'call' &&
      /(?:^|\.)(?:Depends|Security)\(/.test(
        walk.layer.source.text.slice(parameter.default.span.start, parameter.default.span.end),
      );
    if (!isInjected && !/^(?:self|cls)$/.test(parameter.name))
      graph.connect(node, fact.parameterNodes[index] ?? 0);
  });
}

/** What a function's decorators and name say about when it runs. */
export function noteDecorators(walk: Walk, fact: FunctionFact): void {
  const { decorators, span } = fact.definition;
  const values = evaluateDecorators(walk, decorators, span);
  for (const [index, decorator] of decorators.entries()) {
    const callee = decorator.kind === 'call' ? decorator.callee : decorator;
    const name =
      callee.kind === 'member'
        ? callee.property
        : callee.kind === 'name'
          ? lastPart(values[index]?.name ?? callee.name)
          : '';
    decorated(walk, fact, values[index] ?? UNKNOWN);
    lendToMarked(fact, values[index]?.name ?? null);
    if (callsWhatItIsGiven(values[index]?.name ?? '')) walk.noteCallOf(fact);
    if (isCalledByModel(name)) {
      fact.scopes.add('tool-handler');
      fact.isTool = true;
    }
    if (ENTRY_DECORATOR.test(name)) fact.scopes.add('cli-entry');
  }
  if (isTestPath(walk.layer.source.path) && /^test/i.test(fact.name ?? '')) fact.scopes.add('test');
  if (fact.name === 'main' && fact.owner === null && walk.language !== 'shell') fact.scopes.add('cli-entry');
}

/** A JavaScript function that names no parameters and takes them from `arguments`. */
export function usesArguments(
  { language, layer }: Pick<Walk, 'language' | 'layer'>,
  { parameters, span }: FunctionNode,
): boolean {
  if (language !== 'javascript' || parameters.length > 0) return false;
  return layer.source.text.slice(span.start, Math.min(span.end, span.start + 2_000)).includes('arguments');
}

/** True for a method whose first parameter is the object. */
function hasReceiver(walk: Walk, fact: FunctionFact): boolean {
  if (!walk.customs.namesReceiver || fact.owner === null) return false;
  return !fact.definition.decorators.some(
    (decorator) => decorator.kind === 'name' && decorator.name === 'staticmethod',
  );
}

/** How many leading parameters a call does not give: `self`. */
export function receiverCount(walk: Walk, fact: FunctionFact): number {
  return hasReceiver(walk, fact) ? 1 : 0;
}

/** A value that a call gives: others may give another, so a text stands for what it may be, not for what it is, unless it was hidden. */
function asGiven(value: Value): Value {
  const { constant } = value;
  if (constant === null || constant.origin !== 'plain') return value;
  return changed(value, {
    constant: null,
    pieces: typeof constant.value === 'string' ? [constant.value] : null,
  });
}

/** The names that a function's body sees, with what is known of them before it runs. */
export function parameterValues(walk: Walk, fact: FunctionFact): (readonly [string, Value])[] {
  const values: (readonly [string, Value])[] = [];
  const owner = fact.owner ?? fact.prototype;
  const self: Value | null = owner === null ? null : changed(UNKNOWN, { instance: owner });
  if (self !== null && walk.language === 'javascript') values.push(['this', self]);
  if (usesArguments(walk, fact.definition))
    values.push(['arguments', flowingValue(walk.graph.join(fact.parameterNodes))]);
  if (walk.language === 'shell') {
    const node = fact.parameterNodes[0] ?? 0;
    for (const [index, word] of fact.given.entries())
      if (index < 9) values.push([String(index + 1), atNode(word, node)]);
    if (fact.given.length > 0)
      for (const name of ['@', '*'])
        values.push([
          name,
          changed(UNKNOWN, { elements: fact.given.map((word) => atNode(word, node)), node }),
        ]);
    return values;
  }
  fact.definition.parameters.forEach((parameter, index) => {
    if (index === 0 && self !== null && hasReceiver(walk, fact)) {
      values.push([parameter.name, self]);
      return;
    }
    const node = fact.parameterNodes[index] ?? 0;
    const standard = parameter.default === null ? null : evaluate(walk, parameter.default);
    walk.graph.connect(standard?.node ?? 0, node);
    const given = fact.given[index];
    const typed = walk.customs.typed?.ofType(walk, parameter.annotation, fact.outer) ?? UNKNOWN;
    if (typed.instance !== null) fact.parameterClasses.set(index, typed.instance);
    if (given !== undefined && parameter.rest === null) {
      values.push([parameter.name, atNode(withType(asGiven(given), typed), node)]);
      return;
    }
    if (parameter.rest === '*' && given !== undefined) {
      const elements = fact.given.slice(index).map((each) => atNode(asGiven(each), node));
      values.push([parameter.name, listValue(elements, node)]);
      return;
    }
    const text = typeof standard?.constant?.value === 'string' ? standard.constant : null;
    // The default of a tool's parameter stands for nothing: a model gives what it likes in its place.
    const isReplaced = fact.isTool && text?.origin === 'plain';
    values.push([
      parameter.name,
      text !== null && !isReplaced
        ? constantValue(text, node)
        : withType(
            changed(UNKNOWN, { name: standard?.name ?? null, callable: standard?.callable ?? null, node }),
            typed,
          ),
    ]);
  });
  return values;
}
