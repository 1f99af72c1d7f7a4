import { LineIndex } from '../../static/decode/lines.ts';
import { Lexer } from '../../static/frontends/python/lexer/lexer.ts';
import {
  COLON,
  DEDENT,
  DOT,
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
  TRY,
  WITH,
} from '../../static/frontends/python/tokens.ts';
import type { FoundImport, ImportReading } from './import-place.ts';
import type { NamedModule } from './import-tokens.ts';
import { ImportTokens } from './import-tokens.ts';

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
  tried: { from: number; readonly to: number } | null;
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
  readonly #tokens = new ImportTokens(this.#lexer);
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
    if (this.#tokens.text(colon - 1) === 'TYPE_CHECKING') {
      const isPlain = colon - start === 2 || (colon - start === 4 && kinds[colon - 2] === DOT);
      if (isPlain) return 'typing';
    }
    for (let at = start + 1; at < colon; at++) if (this.#tokens.text(at) === 'find_spec') return 'optional';
    return 'plain';
  }

  #except(start: number, colon: number): void {
    const { tried } = this.#here();
    if (tried === null || !this.#catchesImport(start, colon)) return;
    for (let index = tried.from; index < tried.to; index++) {
      const found = this.#found[index]!;
      if (found.scope === 'runtime') found.scope = 'optional';
    }
    // Another `except` of the same `try` finds nothing left to mark.
    tried.from = tried.to;
  }

  /** `except:` catches everything. */
  #catchesImport(start: number, colon: number): boolean {
    const { kinds } = this.#lexer;
    if (kinds[start] === EXCEPT && colon === start + 1) return true;
    for (let at = start + 1; at < colon; at++)
      if (kinds[at] === NAME && IMPORT_ERRORS.has(this.#tokens.text(at))) return true;
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

  #statements(start: number, end: number, scope: FoundImport['scope']): void {
    for (const found of this.#tokens.statements(start, end)) this.#add(found, scope);
  }

  #calls(start: number, end: number): void {
    for (const { imported, isOptional } of this.#tokens.calls(start, end)) {
      if (imported === null) this.#isComputed = true;
      else this.#add(imported, isOptional ? 'optional' : this.#scope(this.#header));
    }
  }

  #add({ token, module, names }: NamedModule, scope: FoundImport['scope']): void {
    const { line } = this.#lines.position(this.#lexer.starts[token]!);
    this.#found.push({ module, names, line, scope });
  }
}
