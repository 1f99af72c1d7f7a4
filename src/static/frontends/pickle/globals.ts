import type { Expression, Span, Statement } from '../../../model/program.ts';

/** Names of Python 2 that pickles of protocols 0 to 2 use and Python 3 translates (Python's `_compat_pickle`). */
const RENAMED_MODULES: ReadonlyMap<string, string> = new Map([
  ['__builtin__', 'builtins'],
  ['copy_reg', 'copyreg'],
  ['cPickle', 'pickle'],
  ['commands', 'subprocess'],
  ['thread', '_thread'],
  ['dummy_thread', '_dummy_thread'],
  ['Queue', 'queue'],
  ['ConfigParser', 'configparser'],
  ['SocketServer', 'socketserver'],
  ['httplib', 'http.client'],
  ['urllib2', 'urllib.request'],
  ['urlparse', 'urllib.parse'],
  ['xmlrpclib', 'xmlrpc.client'],
  ['StringIO', 'io'],
  ['cStringIO', 'io'],
]);

/** A dotted name with more parts than this is no name that anybody means; the rest stays in the last part. */
const MAXIMUM_PARTS = 32;

/** A global as the unpickler looks it up: it imports the module, then follows the name, which may have dots from protocol 4 on. */
export interface GlobalReference {
  /** Under its name of today. */
  readonly module: string;
  readonly name: string;
  readonly span: Span;
}

/** The globals that a file refers to: one import for each module, in order of appearance. */
export class Globals {
  readonly imports: Statement[] = [];
  readonly #modules = new Set<string>();
  readonly #references = new Map<Expression, GlobalReference>();

  /** The expression `module.name`; `name` may have dots (protocol 4). */
  expression(module: string, name: string, protocol: number, span: Span): Expression {
    const current = protocol < 3 ? (RENAMED_MODULES.get(module) ?? module) : module;
    const parts = partsOf(current);
    if (!this.#modules.has(current)) {
      this.#modules.add(current);
      const bindings = [{ imported: null, local: parts[0]! }];
      this.imports.push({ kind: 'import', module: current, level: 0, bindings, span });
    }
    const [first, ...rest] = [...parts, ...partsOf(name)];
    let expression: Expression = { kind: 'name', name: first!, span };
    for (const property of rest) expression = { kind: 'member', object: expression, property, span };
    this.refer(expression, { module: current, name, span });
    return expression;
  }

  /** Notes that an expression stands for a global. */
  refer(expression: Expression, reference: GlobalReference): void {
    this.#references.set(expression, reference);
  }

  /** The global that an expression stands for; null for any other. */
  referenceOf(expression: Expression): GlobalReference | null {
    return this.#references.get(expression) ?? null;
  }

  /** Every global, with the expression that stands for it, in order of appearance. */
  get references(): ReadonlyMap<Expression, GlobalReference> {
    return this.#references;
  }
}

function partsOf(dotted: string): string[] {
  const parts = dotted.split('.', MAXIMUM_PARTS);
  const taken = parts.join('.').length;
  return taken === dotted.length ? parts : [...parts, dotted.slice(taken + 1)];
}
