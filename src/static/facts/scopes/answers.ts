import type { SinkLabel } from '../../../model/api-model.ts';
import type { Span } from '../../../model/program.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import type { FunctionFact } from '../facts.ts';
import { hasRoute } from './routes.ts';
import type { Value } from '../values/value.ts';
import type { Gathering } from '../gathering.ts';

/** Servers that send what a handler returns as HTML when it is a text. */
const PAGE_SERVERS = /^(?:flask|quart|bottle|cherrypy)(?:\.|$)/;

/** Notes what a `return` statement gives: `return page, 404` gives the page. */
export function noteAnswer(fact: FunctionFact, value: Value, span: Span): void {
  const body = value.elements?.[0] ?? value;
  if (value.node !== 0 || body.node !== 0)
    fact.answers.push({ node: value.node || body.node, span, isTable: body.entries !== null });
}

/** What a tool returns ends with the model that called it; a text that a web server's handler returns is a page. */
export function labelAnswers({ functions, imports, graph }: Gathering): void {
  const pages = new Set(imports.filter(({ module }) => PAGE_SERVERS.test(module)).map(({ layer }) => layer));
  const end = (fact: FunctionFact, label: SinkLabel): void => {
    for (const { node, span, isTable } of fact.answers) {
      if (isTable && label === 'page') continue;
      const { layer } = fact;
      const call = {
        name: 'return',
        language: layer.language,
        api: null,
        args: NO_ARGUMENTS,
        layer,
        span,
        function: fact,
        outerScope: layer.scope,
        guard: null,
        isHidden: false,
      };
      graph.addSink(node, { label, call });
    }
  };
  for (const fact of functions) {
    if (fact.isTool) end(fact, 'answer');
    else if (pages.has(fact.layer) && hasRoute(fact)) end(fact, 'page');
  }
}
