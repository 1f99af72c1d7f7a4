import type { ImportBinding, Statement } from '../../../../model/program.ts';
import {
  AS,
  COMMA,
  DOT,
  ELLIPSIS,
  FIRST_KEYWORD,
  IMPORT,
  NAME,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  STAR,
} from '../tokens.ts';
import { ExpressionParser } from './expressions.ts';

/** `import` and `from … import`. */
export abstract class ImportParser extends ExpressionParser {
  protected importStatement(out: Statement[]): void {
    const start = this.starts[this.at]!;
    const found: { module: string; local: string }[] = [];
    this.at += 1;
    do {
      const module = this.dottedName();
      if (module === null) break;
      const dot = module.indexOf('.');
      const alias = this.accept(AS) ? this.anyName() : null;
      found.push({ module, local: alias ?? (dot < 0 ? module : module.slice(0, dot)) });
    } while (this.accept(COMMA));
    const span = this.spanFrom(start);
    for (const { module, local } of found) {
      out.push({ kind: 'import', module, level: 0, bindings: [{ imported: null, local }], span });
    }
  }

  protected fromImportStatement(out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.at += 1;
    let level = 0;
    for (;;) {
      if (this.accept(DOT)) level += 1;
      else if (this.accept(ELLIPSIS)) level += 3;
      else break;
    }
    const isBare = level > 0 && this.kinds[this.at] === IMPORT;
    const module = isBare ? '' : (this.dottedName() ?? '');
    const bindings: ImportBinding[] = [];
    if (this.expect(IMPORT)) this.importedNames(bindings);
    out.push({ kind: 'import', module, level, bindings, span: this.spanFrom(start) });
  }

  private importedNames(bindings: ImportBinding[]): void {
    if (this.accept(STAR)) {
      bindings.push({ imported: '*', local: '*' });
      return;
    }
    if (this.kinds[this.at] !== PARENTHESIS_OPEN) {
      do this.importedName(bindings);
      while (this.accept(COMMA) && !this.isLineEnd());
      return;
    }
    const close = this.links[this.at]!;
    this.at += 1;
    while (this.at < close) {
      const before = this.at;
      this.importedName(bindings);
      if (this.at === before) this.at += 1;
      if (!this.accept(COMMA) && this.at < close) this.error();
    }
    this.expect(PARENTHESIS_CLOSE);
  }

  private importedName(bindings: ImportBinding[]): void {
    const imported = this.anyName();
    if (imported === null) return;
    const alias = this.accept(AS) ? this.anyName() : null;
    bindings.push({ imported, local: alias ?? imported });
  }

  /** `a.b.c`; null, with an error, when there is no name. */
  private dottedName(): string | null {
    let name = this.anyName();
    while (name !== null && this.kinds[this.at] === DOT) {
      this.at += 1;
      const kind = this.kinds[this.at]!;
      if (kind !== NAME && kind < FIRST_KEYWORD) {
        this.error();
        return name;
      }
      name = `${name}.${this.anyName() ?? ''}`;
    }
    return name;
  }
}
