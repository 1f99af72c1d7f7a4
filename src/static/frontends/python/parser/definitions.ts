import type { ArgumentNode, Expression, Statement } from '../../../../model/program.ts';
import {
  ARROW,
  ASYNC,
  AT,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  CLASS,
  COLON,
  COMMA,
  DEF,
  DOUBLE_STAR,
  EQUALS,
  NAME,
  NEWLINE,
  PARENTHESIS_CLOSE,
  PARENTHESIS_OPEN,
  STAR,
} from '../tokens.ts';
import { BlockParser } from './blocks.ts';
import type { Parameters } from './expressions.ts';

/** Functions and classes. */
export abstract class DefinitionParser extends BlockParser {
  protected functionDefinition(decorators: readonly Expression[], out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.accept(ASYNC);
    this.at += 1;
    const name = this.anyName();
    const found: Parameters = { parameters: [], annotations: [] };
    this.typeParameters(found.annotations);
    if (this.kinds[this.at] === PARENTHESIS_OPEN) {
      const close = this.links[this.at]!;
      const around = this.limit;
      this.at += 1;
      this.limit = close;
      this.parameters(found, close);
      this.expect(PARENTHESIS_CLOSE);
      this.limit = around;
    } else {
      this.error();
    }
    const results = this.accept(ARROW) ? [this.annotation(found.annotations)] : [];
    for (const annotation of found.annotations) this.pushExpression(annotation, out);
    const { body, documentation } = this.documentedBlock();
    const span = this.spanFrom(start);
    const { parameters } = found;
    out.push({
      kind: 'function',
      definition: { name, parameters, decorators, body, documentation, results, span },
      span,
    });
  }

  protected classDefinition(decorators: readonly Expression[], out: Statement[]): void {
    const start = this.starts[this.at]!;
    this.at += 1;
    const name = this.anyName() ?? '';
    const annotations: Expression[] = [];
    this.typeParameters(annotations);
    for (const annotation of annotations) this.pushExpression(annotation, out);
    const args: ArgumentNode[] = [];
    if (this.kinds[this.at] === PARENTHESIS_OPEN) this.arguments(args);
    const bases = args.map(baseOf);
    const { body, documentation } = this.documentedBlock();
    out.push({ kind: 'class', name, bases, decorators, body, documentation, span: this.spanFrom(start) });
  }

  protected decorated(out: Statement[]): void {
    const decorators: Expression[] = [];
    while (this.accept(AT)) {
      decorators.push(this.namedExpression());
      if (!this.accept(NEWLINE)) {
        this.error();
        break;
      }
    }
    const kind = this.kinds[this.at];
    if (kind === DEF || (kind === ASYNC && this.kinds[this.at + 1] === DEF)) {
      this.functionDefinition(decorators, out);
    } else if (kind === CLASS) {
      this.classDefinition(decorators, out);
    } else {
      this.error();
      for (const decorator of decorators) this.pushExpression(decorator, out);
    }
  }

  /** `[T: bound, *Ts, **P = default]` behind the name of a generic. */
  protected override typeParameters(annotations: Expression[]): void {
    if (this.kinds[this.at] !== BRACKET_OPEN) return;
    const close = this.links[this.at]!;
    const around = this.limit;
    this.at += 1;
    this.limit = close;
    while (this.at < close) {
      if (!this.accept(STAR)) this.accept(DOUBLE_STAR);
      if (this.kinds[this.at] === NAME) {
        this.at += 1;
        if (this.accept(COLON)) this.annotation(annotations);
        if (this.accept(EQUALS)) this.annotation(annotations);
        if (this.accept(COMMA) || this.at === close) continue;
      }
      this.error();
      this.rest(close, annotations);
    }
    this.expect(BRACKET_CLOSE);
    this.limit = around;
  }
}

/** `metaclass=M` is not a base: its value stands inside an `other`. */
function baseOf({ name, value }: ArgumentNode): Expression {
  return name === null || name === '*' || name === '**'
    ? value
    : { kind: 'other', children: [value], span: value.span };
}
