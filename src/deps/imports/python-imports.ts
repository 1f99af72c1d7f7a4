import { LineIndex } from '../../static/decode/lines.ts';
import { Lexer } from '../../static/frontends/python/lexer/lexer.ts';
import {
  AS,
  COLON,
  COMMA,
  DEDENT,
  DEF,
  DOT,
  ELLIPSIS,
  ELSE,
  END,
  EXCEPT,
  FINALLY,
  FROM,
  IF,
  IMPORT,
  INDENT,
  NAME,
  NEWLINE,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  SEMICOLON,
  STRING,
  TRY,
  WITH,
} from '../../static/frontends/python/tokens.ts';
import type { FoundImport, ImportReading } from './import-place.ts';

/** A module may name so many things in one import; the rest adds nothing to which package it is. */
const MAX_NAMES = 200;
/** Longer names are no module's, in UTF-16 units. */
const MAX_NAME_LENGTH = 300;

/** Calls that import what their first argument names. */
const IMPORTING_CALLS: ReadonlySet<string> = new Set(['import_module', '__import__', 'importorskip']);

/** What has to be caught for an import to be optional. */
const IMPORT_ERRORS: ReadonlySet<string> = new Set([
  'ImportError',
  'ModuleNotFoundError',
  'Exception',
  'BaseException',
]);

type BlockKind = 'plain' | 'try' | 'typing' | 'optional';

interface Block {
  readonly kind: BlockKind;
  /** How many imports were known when it began. */
  readonly from: number;
  /** Imports of the `try` that has just ended on this level, as long as its `except` may still come. */
  tried: { readonly from: number; readonly to: number } | null;
}

type Found = { -readonly [Key in keyof FoundImport]: FoundImport[Key] };

let shared: PythonImports | null = null;

/** What a Python text imports: statements, and calls with a literal name. Reads Python 2 and 3; never throws for bad text. */
export function readPythonImports(text: string): ImportReading {
  shared ??= new PythonImports();
  return shared.read(text);
}

/** Goes over the tokens once, a logical line at a time, without recursion. */
class PythonImports {
  readonly #lexer = new Lexer();
  #lines = new LineIndex('');
  #found: Found[] = [];
  #blocks: Block[] = [];
  #header: BlockKind = 'plain';
  #isComputed = false;

  read(text: string): ImportReading {
    const lexer = this.#lexer;
    lexer.read(text);
    this.#lines = new LineIndex(text);
    this.#found = [];
    this.#blocks = [{ kind: 'plain', from: 0, tried: null }];
    this.#isComputed = false;
    for (let at = 0; at < lexer.count;) at = this.#step(at);
    return { imports: this.#found, isWhole: !this.#isComputed && lexer.firstError < 0 };
  }

  #step(at: number): number {
    switch (this.#lexer.kinds[at]) {
      case INDENT:
        this.#blocks.push({ kind: this.#header, from: this.#found.length, tried: null });
        return at + 1;
      case DEDENT:
        if (this.#blocks.length > 1) this.#close(this.#blocks.pop()!);
        return at + 1;
      case NEWLINE:
      case END:
        return at + 1;
      default:
        return this.#line(at);
    }
  }

  #close(block: Block): void {
    if (block.kind === 'try') this.#here().tried = { from: block.from, to: this.#found.length };
  }

  /** A logical line: a header with what follows it on the line, or statements. */
  #line(start: number): number {
    const { kinds, count } = this.#lexer;
    let end = start;
    let depth = 0;
    let colon = -1;
    for (; end < count; end++) {
      const kind = kinds[end]!;
      if (kind === NEWLINE || kind === INDENT || kind === DEDENT || kind === END) break;
      if (kind === PARENTHESIS_OPEN) depth += 1;
      else if (kind === PARENTHESIS_CLOSE) depth -= 1;
      else if (kind === COLON && depth === 0 && colon < 0) colon = end;
    }
    const first = kinds[start]!;
    if (first === EXCEPT) this.#except(start, colon < 0 ? end : colon);
    else if (first !== ELSE && first !== FINALLY) this.#here().tried = null;
    this.#header = this.#headerOf(start, colon < 0 ? end : colon);
    const from = this.#found.length;
    if (first === IMPORT || first === FROM) this.#statements(start, end, this.#scope());
    else if (colon >= 0) this.#statements(colon + 1, end, this.#scope(this.#header));
    else this.#afterSemicolons(start, end);
    if (first === TRY && colon >= 0 && colon + 1 < end) this.#here().tried = { from, to: this.#found.length };
    this.#calls(start, end);
    return end;
  }

  #here(): Block {
    return this.#blocks[this.#blocks.length - 1]!;
  }

  #headerOf(start: number, colon: number): BlockKind {
    const { kinds } = this.#lexer;
    const first = kinds[start]!;
    if (first === TRY) return 'try';
    if (first === EXCEPT) return this.#catchesImport(start, colon) ? 'optional' : 'plain';
    if (first === WITH) return this.#catchesImport(start, colon) ? 'optional' : 'plain';
    if (first !== IF) return 'plain';
    // `if TYPE_CHECKING:`, `if typing.TYPE_CHECKING:`
    if (this.#text(colon - 1) === 'TYPE_CHECKING') {
      const isPlain = colon - start === 2 || (colon - start === 4 && kinds[colon - 2] === DOT);
      if (isPlain) return 'typing';
    }
    for (let at = start + 1; at < colon; at++) if (this.#text(at) === 'find_spec') return 'optional';
    return 'plain';
  }

  #except(start: number, colon: number): void {
    const { tried } = this.#here();
    if (tried === null || !this.#catchesImport(start, colon)) return;
    for (let index = tried.from; index < tried.to; index++) {
      const found = this.#found[index]!;
      if (found.scope === 'runtime') found.scope = 'optional';
    }
  }

  /** `except:` catches everything. */
  #catchesImport(start: number, colon: number): boolean {
    const { kinds } = this.#lexer;
    if (kinds[start] === EXCEPT && colon === start + 1) return true;
    for (let at = start + 1; at < colon; at++)
      if (kinds[at] === NAME && IMPORT_ERRORS.has(this.#text(at))) return true;
    return false;
  }

  /** The scope of what stands here; the innermost block that says something decides. */
  #scope(inner: BlockKind = 'plain'): FoundImport['scope'] {
    if (inner === 'typing' || inner === 'optional') return inner;
    for (let at = this.#blocks.length - 1; at >= 0; at--) {
      const { kind } = this.#blocks[at]!;
      if (kind === 'typing' || kind === 'optional') return kind;
    }
    return 'runtime';
  }

  #afterSemicolons(start: number, end: number): void {
    for (let at = start; at < end; at++) {
      if (this.#lexer.kinds[at] === SEMICOLON) {
        this.#statements(at + 1, end, this.#scope());
        return;
      }
    }
  }

  /** Statements on one line, with semicolons between them. */
  #statements(start: number, end: number, scope: FoundImport['scope']): void {
    const { kinds } = this.#lexer;
    for (let at = start; at < end;) {
      if (kinds[at] === IMPORT) this.#import(at, end, scope);
      else if (kinds[at] === FROM) this.#fromImport(at, end, scope);
      while (at < end && kinds[at] !== SEMICOLON) at += 1;
      at += 1;
    }
  }

  /** `import a.b as c, d` */
  #import(start: number, end: number, scope: FoundImport['scope']): void {
    const { kinds } = this.#lexer;
    let at = start + 1;
    while (at < end && kinds[at] === NAME) {
      const { name, next } = this.#dotted(at, end);
      this.#add(start, name, [], scope);
      at = next;
      if (kinds[at] === AS) at += 2;
      if (kinds[at] !== COMMA) return;
      at += 1;
    }
  }

  /** `from a.b import c, d`; what begins with a dot is the target's own. */
  #fromImport(start: number, end: number, scope: FoundImport['scope']): void {
    const { kinds } = this.#lexer;
    const first = kinds[start + 1];
    if (first === DOT || first === ELLIPSIS || first !== NAME) return;
    const { name, next } = this.#dotted(start + 1, end);
    if (kinds[next] !== IMPORT) return;
    const names: string[] = [];
    for (let at = next + 1; at < end && kinds[at] !== SEMICOLON && names.length < MAX_NAMES; at++) {
      if (kinds[at] === AS) at += 1;
      else if (kinds[at] === NAME) names.push(this.#text(at).slice(0, MAX_NAME_LENGTH));
    }
    this.#add(start, name, names, scope);
  }

  #dotted(at: number, end: number): { readonly name: string; readonly next: number } {
    const { kinds } = this.#lexer;
    let name = this.#text(at);
    let next = at + 1;
    while (next + 1 < end && kinds[next] === DOT) {
      name += `.${this.#text(next + 1)}`;
      next += 2;
    }
    return { name, next };
  }

  /** Calls anywhere on the line that import by name. */
  #calls(start: number, end: number): void {
    const { kinds } = this.#lexer;
    for (let at = start; at + 1 < end; at++) {
      if (kinds[at] !== NAME || kinds[at + 1] !== PARENTHESIS_OPEN) continue;
      const call = this.#text(at);
      if (!IMPORTING_CALLS.has(call) || (at > start && kinds[at - 1] === DEF)) continue;
      const isLiteral = kinds[at + 2] === STRING && [COMMA, PARENTHESIS_CLOSE].includes(kinds[at + 3]!);
      const name = isLiteral ? /^[bru]*(['"])([\w.]+)\1$/i.exec(this.#text(at + 2))?.[2] : undefined;
      if (name === undefined) this.#isComputed = true;
      else if (!name.startsWith('.')) {
        this.#add(at, name, [], call === 'importorskip' ? 'optional' : this.#scope(this.#header));
      }
    }
  }

  #add(token: number, module: string, names: readonly string[], scope: FoundImport['scope']): void {
    if (module.length > MAX_NAME_LENGTH) return;
    const { line } = this.#lines.position(this.#lexer.starts[token]!);
    this.#found.push({ module, names, line, scope });
  }

  #text(token: number): string {
    const { text, starts, ends } = this.#lexer;
    return text.slice(starts[token], ends[token]);
  }
}
