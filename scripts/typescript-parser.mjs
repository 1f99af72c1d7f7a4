/** What the package is written as: one function that hands over an object. Its parts come in this order. */
const OPENING = '((module) => {';
const EXPORTS = '__export(typescript_exports, ';
const EXPORTED = 'module.exports = __toCommonJS(typescript_exports);';
/** What follows serves editors; the compiler, which the parser is part of, does without it. */
const AFTER_COMPILER = '\n// src/jsTyping/';

/** Calls that only fill namespaces, which nothing that is left asks for. */
export const PURE_CALLS = ['__export'];

/** A namespace of the package that something which is left asks for after all. */
const NAMESPACE = /\bts_\w+_exports\b/;

/**
 * Names that know their text, as the package declares them: those of the compiler do not, it is editors that need it. The fields are those
 * of the compiler's own, so that V8 gives all nodes few shapes.
 */
const NAMES = `
class NameNode {
  constructor(kind, pos, end) {
    this.pos = pos;
    this.end = end;
    this.kind = kind;
    this.id = 0;
    this.flags = 0;
    this.transformFlags = 0;
    this.parent = undefined;
    this.original = undefined;
    this.emitNode = undefined;
  }
  get text() {
    return idText(this);
  }
}
setObjectAllocator({
  getIdentifierConstructor: () => NameNode,
  getPrivateIdentifierConstructor: () => NameNode,
});
`;

/**
 * Whether one name and an arrow follow `async`. As published, the parser reads a whole expression to find out, calls and functions in it
 * included, and then reads it again: every asynchronous function in an argument doubles the time of what lies in it.
 */
const ARROW_BEHIND_ASYNC = {
  published:
    /const expr = parseBinaryExpressionOrHigher\(\s*0[^)]*\);\s*if \(!scanner2\.hasPrecedingLineBreak\(\) && expr\.kind === 80[^&]*&& token\(\) === 39/g,
  bundled:
    'if (!isIdentifier2()) return 0; nextToken(); if (!scanner2.hasPrecedingLineBreak() && token() === 39',
};

/** The parser's text with the one change; throws when the place is not there, or there twice. */
function withQuickArrows(text) {
  const { published, bundled } = ARROW_BEHIND_ASYNC;
  const places = text.match(published)?.length ?? 0;
  if (places !== 1) throw new Error(`the typescript package tells arrows behind async at ${places} places`);
  return text.replace(published, bundled);
}

/** Where a text holds another one; throws when it does not. */
function placeOf(text, part, from = 0) {
  const place = text.indexOf(part, from);
  if (place < 0) throw new Error(`the typescript package is not built as it was: no ${part.trim()}`);
  return place;
}

/**
 * A plug-in that makes a module of the `typescript` package that exports some of its parts alone, so that the bundler leaves out all that
 * these do without: nine megabytes of compiler and editor become one and a half of parser.
 * @param {readonly string[]} parts names of what is exported
 */
export function typescriptParser(parts) {
  return {
    name: 'typescript-parser',
    transform: {
      filter: { id: /[\\/]typescript[\\/]lib[\\/]typescript\.js$/ },
      handler(code) {
        const start = placeOf(code, OPENING) + OPENING.length;
        const exports = placeOf(code, EXPORTS, start);
        const exported = placeOf(code, EXPORTED, exports) + EXPORTED.length;
        const end = placeOf(code, AFTER_COMPILER, exported);
        const body = code.slice(start, exports) + code.slice(exported, end);
        return { code: `${withQuickArrows(body)}${NAMES}export { ${parts.join(', ')} };\n`, map: null };
      },
    },
    renderChunk(code, { name }) {
      const left = name === 'library-typescript' ? NAMESPACE.exec(code)?.[0] : undefined;
      if (left !== undefined) throw new Error(`the parser of the typescript package asks for ${left}`);
      return null;
    },
  };
}
