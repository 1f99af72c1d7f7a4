import type * as TreeSitter from 'web-tree-sitter';
import type { Language, Parser, Tree } from 'web-tree-sitter';
import { messageOf } from '../../errors.ts';
import { compiledWasm, instantiate, type WasmImports, type WasmModule } from './wasm-modules.ts';
import { treeFunctions, type TreeFunctions } from './tree-sitter-walk.ts';
import { rolesOf, tabulate, type GrammarShape, type Roles, type SyntaxTable } from './tree-sitter-table.ts';

/** The grammars that lie in `grammars/` as wasm files. */
export type GrammarName = 'python' | 'bash';

/**
 * Longest text that is parsed, in UTF-16 units. A syntax tree takes some hundred times the memory of its text; a text this long is
 * generated or an attack.
 */
const MAX_LENGTH = 4_000_000;

/** How long one parse may take. The longest text takes under a second on an idle machine. */
const PARSE_DEADLINE_MS = 10_000;

/** A tree in rows, or why there is none. */
type ParseResult =
  | { readonly kind: 'table'; readonly table: SyntaxTable }
  | { readonly kind: 'unparsed'; readonly problem: string };

/** A loaded grammar: turns text into rows, bounded in length and time. */
export interface Grammar {
  /**
   * Row kinds are ids of this grammar's node types, one id a name.
   * @returns the kind of the named node type, -1 when the grammar has none of that name
   */
  kindOf(nodeType: string): number;
  /** Node type by kind; `ERROR` for {@link SyntaxTable.errorKind}. */
  readonly kindNames: readonly string[];
  /** Never throws. The table is valid until the next call: all tables of a process share their memory. */
  parse(text: string): ParseResult;
}

const loaded = new Map<GrammarName, Promise<Grammar>>();

/**
 * Loads the parser and a grammar, once a process.
 * @param shape which nodes of the tree the frontend needs; the one given first counts
 */
export function loadGrammar(name: GrammarName, shape: GrammarShape): Promise<Grammar> {
  let grammar = loaded.get(name);
  if (grammar === undefined) {
    grammar = load(name, shape);
    loaded.set(name, grammar);
  }
  return grammar;
}

interface Runtime {
  readonly library: typeof TreeSitter;
  readonly functions: TreeFunctions;
}

let runtime: Promise<Runtime> | undefined;

function loadRuntime(): Promise<Runtime> {
  runtime ??= (async () => {
    const compiled = compiledWasm('runtime');
    const library = await import('web-tree-sitter');
    const module = {
      instantiateWasm(imports: WasmImports, done: (instance: object, module: WasmModule) => void): object {
        void compiled.then(async (wasm) => {
          done(await instantiate(wasm, imports), wasm);
        });
        return {};
      },
    };
    await Promise.all([compiled, library.Parser.init(module)]);
    return { library, functions: treeFunctions(module) };
  })();
  return runtime;
}

async function load(name: GrammarName, shape: GrammarShape): Promise<Grammar> {
  const [{ library, functions }, wasm] = await Promise.all([loadRuntime(), compiledWasm(name)]);
  const language = library.Language.loadSync(wasm);
  const parser = new library.Parser();
  parser.setLanguage(language);
  return createGrammar(language, parser, rolesOf(language, shape), functions);
}

function createGrammar(language: Language, parser: Parser, roles: Roles, functions: TreeFunctions): Grammar {
  return {
    kindOf: (nodeType) => roles.kindByName.get(nodeType) ?? -1,
    kindNames: [...language.types, 'ERROR'],
    parse(text) {
      if (text.length > MAX_LENGTH) {
        return {
          kind: 'unparsed',
          problem: `longer than ${MAX_LENGTH.toLocaleString('en')} characters`,
        };
      }
      let tree: Tree | null = null;
      try {
        tree = parseWithin(parser, text, PARSE_DEADLINE_MS);
        if (tree === null) {
          return { kind: 'unparsed', problem: `not parsed within ${PARSE_DEADLINE_MS / 1000} s` };
        }
        return { kind: 'table', table: tabulate(tree, text, roles, functions) };
      } catch (error) {
        // The parser's own memory ran out, or it broke; nothing can be said of this text.
        return { kind: 'unparsed', problem: `the parser failed: ${messageOf(error)}` };
      } finally {
        tree?.delete();
      }
    },
  };
}

/** @returns null when time ran out; the parser is ready for the next text either way */
function parseWithin(parser: Parser, text: string, deadlineMs: number): Tree | null {
  const end = performance.now() + deadlineMs;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
  if (tree === null) {
    // Otherwise the next parse would go on where this one was cut off.
    parser.reset();
  }
  return tree;
}
