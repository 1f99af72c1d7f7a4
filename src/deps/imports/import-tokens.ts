import type { Lexer } from '../../static/frontends/python/lexer/lexer.ts';
import {
  AS,
  COMMA,
  DEF,
  DOT,
  ELLIPSIS,
  FROM,
  IMPORT,
  NAME,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  SEMICOLON,
  STRING,
} from '../../static/frontends/python/tokens.ts';

/** A module may name so many things in one import; the rest adds nothing to which package it is. */
const MAX_NAMES = 200;
/** Longer names are no module's, in UTF-16 units. */
const MAX_NAME_LENGTH = 300;

/** Calls that import what their first argument names. */
const IMPORTING_CALLS: ReadonlySet<string> = new Set(['import_module', '__import__', 'importorskip']);

/** A module that is imported, and at which token. */
export interface NamedModule {
  readonly token: number;
  /** With dots. */
  readonly module: string;
  /** What is taken from it. */
  readonly names: readonly string[];
}

/** A call that imports. */
export interface ImportingCall {
  /** Null when the name is computed. */
  readonly imported: NamedModule | null;
  /** True for those of tests, which go on without the module. */
  readonly isOptional: boolean;
}

/** Import statements, and calls that import, among the tokens of a Python text. Tokens are named by number, ends lie behind the last one. */
export class ImportTokens {
  readonly #lexer: Lexer;

  constructor(lexer: Lexer) {
    this.#lexer = lexer;
  }

  /** What the statements between two tokens import; semicolons stand between them. */
  statements(start: number, end: number): NamedModule[] {
    const { kinds } = this.#lexer;
    const found: NamedModule[] = [];
    for (let at = start; at < end;) {
      if (kinds[at] === IMPORT) found.push(...this.#import(at, end));
      else if (kinds[at] === FROM) found.push(...this.#fromImport(at, end));
      while (at < end && kinds[at] !== SEMICOLON) at += 1;
      at += 1;
    }
    return found.filter(({ module }) => module.length <= MAX_NAME_LENGTH);
  }

  /** Calls between two tokens that import by name; relative names are the target's own and left out. */
  calls(start: number, end: number): ImportingCall[] {
    const { kinds } = this.#lexer;
    const found: ImportingCall[] = [];
    for (let at = start; at + 1 < end; at++) {
      if (kinds[at] !== NAME || kinds[at + 1] !== PARENTHESIS_OPEN) continue;
      const call = this.text(at);
      if (!IMPORTING_CALLS.has(call) || (at > start && kinds[at - 1] === DEF)) continue;
      const isLiteral = kinds[at + 2] === STRING && [COMMA, PARENTHESIS_CLOSE].includes(kinds[at + 3]!);
      const module = isLiteral ? /^[bru]*(['"])([\w.]+)\1$/i.exec(this.text(at + 2))?.[2] : undefined;
      const isOptional = call === 'importorskip';
      if (module === undefined) found.push({ imported: null, isOptional });
      else if (!module.startsWith('.') && module.length <= MAX_NAME_LENGTH)
        found.push({ imported: { token: at, module, names: [] }, isOptional });
    }
    return found;
  }

  /** The text of a token. */
  text(token: number): string {
    const { text, starts, ends } = this.#lexer;
    return text.slice(starts[token], ends[token]);
  }

  /** `import a.b as c, d` */
  #import(start: number, end: number): NamedModule[] {
    const { kinds } = this.#lexer;
    const found: NamedModule[] = [];
    let at = start + 1;
    while (at < end && kinds[at] === NAME) {
      const { name, next } = this.#dotted(at, end);
      found.push({ token: start, module: name, names: [] });
      at = next;
      if (kinds[at] === AS) at += 2;
      if (kinds[at] !== COMMA) break;
      at += 1;
    }
    return found;
  }

  /** `from a.b import c, d`; what begins with a dot is the target's own. */
  #fromImport(start: number, end: number): NamedModule[] {
    const { kinds } = this.#lexer;
    const first = kinds[start + 1];
    if (first === DOT || first === ELLIPSIS || first !== NAME) return [];
    const { name, next } = this.#dotted(start + 1, end);
    if (kinds[next] !== IMPORT) return [];
    const names: string[] = [];
    for (let at = next + 1; at < end && kinds[at] !== SEMICOLON && names.length < MAX_NAMES; at++) {
      if (kinds[at] === AS) at += 1;
      else if (kinds[at] === NAME) names.push(this.text(at).slice(0, MAX_NAME_LENGTH));
    }
    return [{ token: start, module: name, names }];
  }

  #dotted(at: number, end: number): { readonly name: string; readonly next: number } {
    const { kinds } = this.#lexer;
    let name = this.text(at);
    let next = at + 1;
    while (next + 1 < end && kinds[next] === DOT) {
      name += `.${this.text(next + 1)}`;
      next += 2;
    }
    return { name, next };
  }
}
