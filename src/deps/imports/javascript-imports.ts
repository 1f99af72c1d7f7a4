import { LineIndex } from '../../static/decode/lines.ts';
import type { FoundImport, ImportReading } from './import-place.ts';
import { UNREAD } from './import-place.ts';
import type { Token } from './javascript-tokens.ts';
import { javascriptTokens } from './javascript-tokens.ts';

/** No import names more things than fit in so many tokens. */
const MAX_CLAUSE = 5000;

type Scope = FoundImport['scope'];

/**
 * What a JavaScript or TypeScript text imports: `import`, `export … from`, `import()` and `require()` of literal names, and imports of
 * types. Never throws for bad text.
 * @param path tells declaration files (`.d.ts`), which hold nothing but types
 */
export function readJavascriptImports(text: string, path: string): ImportReading {
  // Most files that have none of these words are data or generated; every form of import needs one.
  if (!/\b(?:import|require|from)\b/.test(text)) return { imports: [], isWhole: true };
  const tokens = javascriptTokens(text);
  if (tokens === null) return UNREAD;
  const lines = new LineIndex(text);
  const isTypes = /\.d\.[cm]?ts$/.test(path);
  const found: FoundImport[] = [];
  /** Open braces; true for those of a `try`. */
  const blocks: boolean[] = [];
  let openTries = 0;
  let isWhole = true;
  const add = (token: Token, specifier: Token, scope: Scope): void => {
    const { line } = lines.position(token.start);
    if (specifier.text.includes('\\') || /^[./]/.test(specifier.text)) return;
    const tried = scope === 'runtime' && openTries > 0 ? 'optional' : scope;
    found.push({ module: specifier.text, names: [], line, scope: isTypes ? 'typing' : tried });
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const before = tokens[at - 1];
    if (isSign(token, '{')) {
      const isTry = before?.kind === 'word' && before.text === 'try';
      blocks.push(isTry);
      if (isTry) openTries += 1;
    } else if (isSign(token, '}') && blocks.pop() === true) openTries -= 1;
    if (token.kind !== 'word' || isMember(before)) continue;
    if (token.text === 'require' || token.text === 'import') {
      const argument = argumentOf(tokens, token.text === 'require' ? afterRequire(tokens, at) : at + 1);
      if (argument === 'computed') isWhole = false;
      else if (argument !== null) {
        add(token, argument, 'runtime');
        continue;
      }
    }
    if (token.text !== 'import' && token.text !== 'export') continue;
    const statement = fromOf(tokens, at);
    if (statement !== null) add(token, statement.specifier, statement.isTypes ? 'typing' : 'runtime');
  }
  return { imports: found, isWhole };
}

/** `module.require` is the same function; `loader.require` may be any. */
function isMember(before: Token | undefined): boolean {
  return before?.kind === 'sign' && before.text === '.';
}

/** `require.resolve(` asks for the same package. */
function afterRequire(tokens: readonly Token[], at: number): number {
  return isSign(tokens[at + 1], '.') && tokens[at + 2]?.text === 'resolve' ? at + 3 : at + 1;
}

/** The literal in `( 'name' )`; null when no call stands there. */
function argumentOf(tokens: readonly Token[], at: number): Token | 'computed' | null {
  if (!isSign(tokens[at], '(')) return null;
  const argument = tokens[at + 1];
  if (argument === undefined || isSign(argument, ')')) return null;
  const isLiteral = argument.kind === 'string' || (argument.kind === 'template' && argument.text !== '${');
  return isLiteral && (isSign(tokens[at + 2], ')') || isSign(tokens[at + 2], ',')) ? argument : 'computed';
}

/** What an `import` or `export` statement is from; null when it is from nowhere. */
function fromOf(
  tokens: readonly Token[],
  start: number,
): { readonly specifier: Token; readonly isTypes: boolean } | null {
  const isImport = tokens[start]!.text === 'import';
  const next = tokens[start + 1];
  if (isImport && next?.kind === 'string') return { specifier: next, isTypes: false };
  const isTypes =
    next?.text === 'type' && tokens[start + 2]?.text !== 'from' && !isSign(tokens[start + 2], ',');
  const clause = tokens[start + (isTypes ? 2 : 1)];
  const isClause = isSign(clause, '{') || isSign(clause, '*') || (isImport && clause?.kind === 'word');
  if (!isClause) return null;
  const last = Math.min(tokens.length, start + MAX_CLAUSE);
  for (let at = start + 1; at < last; at++) {
    const token = tokens[at]!;
    // The next statement: so each token is looked at for one of them.
    if (token.kind === 'word' && (token.text === 'import' || token.text === 'export')) return null;
    if (token.text === 'from' && token.kind === 'word' && tokens[at + 1]?.kind === 'string')
      return { specifier: tokens[at + 1]!, isTypes };
    const isInside = token.kind === 'word' || (token.kind === 'sign' && '{},*'.includes(token.text));
    // Names in an export list may be strings.
    if (!isInside && token.kind !== 'string') return null;
  }
  return null;
}

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}
