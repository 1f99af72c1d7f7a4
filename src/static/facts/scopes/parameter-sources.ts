import type { SourceLabel } from '../../../model/api-model.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import type { CallFact, FunctionFact } from '../facts.ts';
import { isTypedPlainly } from '../calls/plain-types.ts';
import { visitorParameters } from './routes.ts';
import type { Gathering } from '../gathering.ts';

function addSource(gathering: Gathering, fact: FunctionFact, index: number, label: SourceLabel): void {
  const parameter = fact.definition.parameters[index];
  const node = fact.parameterNodes[index] ?? 0;
  if (parameter === undefined || node === 0) return;
  const call: CallFact = {
    name: parameter.name,
    language: fact.layer.language,
    api: null,
    args: NO_ARGUMENTS,
    layer: fact.layer,
    span: { start: fact.definition.span.start, end: fact.definition.span.start },
    function: fact,
    outerScope: fact.layer.scope,
    guard: null,
    isHidden: false,
  };
  gathering.graph.calls.set(node, call);
  gathering.graph.sources.push({ node, label, call });
}

/**
 * What comes in from outside through parameters: the agent's action into `step`, the model's arguments into a tool, a visitor's request
 * into the handler of a route.
 */
export function labelParameters(gathering: Gathering): void {
  const { functions, calls, imports } = gathering;
  for (const [fact, parameters] of visitorParameters(functions, calls, imports))
    for (const index of parameters) addSource(gathering, fact, index, 'user-input');
  for (const fact of functions) {
    if (fact.owner?.isEnvironment === true && fact.name === 'step') addSource(gathering, fact, 1, 'action');
    if (!fact.isTool) continue;
    fact.definition.parameters.forEach((parameter, index) => {
      const isOwn = parameter.name === 'self' || /^(?:ctx|context)$/.test(parameter.name);
      if (isOwn || isTypedPlainly(fact, parameter)) return;
      addSource(gathering, fact, index, 'model-output');
      // What is given to it as a whole is in each of its fields.
      for (const { node } of fact.parameterClasses.get(index)?.attributes.values() ?? [])
        gathering.graph.connect(fact.parameterNodes[index] ?? 0, node);
    });
  }
}
