import type { Fragment, FragmentRole, Language } from '../../../model/program.ts';
import type { LineIndex } from '../../decode/lines.ts';
import { decodeEntity } from '../markdown/html.ts';
import type { Attribute, Markup } from './markup.ts';

/** Types of scripts that are no JavaScript: what they are instead; null for data and templates. */
const TYPES: readonly (readonly [RegExp, Language | null])[] = [
  [/^$|javascript|ecmascript|^module$|babel|jsx/, 'javascript'],
  [/typescript|^tsx?$/, 'typescript'],
  [/python|^py$|^mpy$/, 'python'],
  [/json|importmap|speculationrules/, 'json'],
];

/** Attributes that hold an address which a browser may follow. */
const ADDRESS = /^(?:href|src|action|formaction|xlink:href|data|poster|srcset)$/;

/** Handlers in HTML (`onclick`), Vue (`@click`, `v-on:click`) and Svelte (`on:click`). */
const HANDLER = /^(?:on[a-z]{3,30}|@[\w.:-]{2,60}|v-on:[\w.:-]{2,60}|on:[\w|]{2,60})$/;

function attributeOf(attributes: readonly Attribute[], name: string): string | null {
  return attributes.find((attribute) => attribute.name === name)?.value ?? null;
}

/** Undoes entities, which stand for characters of attributes. */
function decoded(value: string): string {
  return value.replace(
    /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi,
    (entity) => decodeEntity(entity) ?? entity,
  );
}

/** Makes fragments of the scripts of a text, at their places in it. */
export class Scripts {
  readonly fragments: Fragment[] = [];
  readonly #lines: LineIndex;
  readonly #role: FragmentRole;

  constructor(lines: LineIndex, role: FragmentRole = 'script') {
    this.#lines = lines;
    this.#role = role;
  }

  /** Code of a language that begins at an offset. */
  add(language: Language, text: string, at: number): void {
    const origin = { kind: 'lines', ...this.#lines.position(at) } as const;
    if (text.trim() !== '') this.fragments.push({ language, text, role: this.#role, layer: null, origin });
  }

  #addValue({ value, at }: Attribute, skipped = 0): void {
    const text = decoded(value).slice(skipped);
    if (text === value.slice(skipped)) this.add('javascript', text, at + skipped);
    else {
      const origin = { kind: 'fixed', span: { start: at, end: at + value.length } } as const;
      this.fragments.push({ language: 'javascript', text, role: this.#role, layer: null, origin });
    }
  }

  /** The body of a `script` element. */
  addBody({ attributes, span }: Extract<Markup, { kind: 'raw' }>, text: string): void {
    const type = (attributeOf(attributes, 'type') ?? '').trim().toLowerCase();
    const dialect = (attributeOf(attributes, 'lang') ?? '').toLowerCase();
    const language = TYPES.find(([pattern]) => pattern.test(dialect === '' ? type : dialect))?.[1] ?? null;
    if (language === null) return;
    // XML hides its scripts from its own syntax; the marks become spaces, and places stay.
    const body = text
      .slice(span.start, span.end)
      .replace(/^(\s{0,100})<!\[CDATA\[/, (_mark, blank: string) => `${blank}${' '.repeat(9)}`)
      .replace(/\]\]>(?=\s{0,100}$)/, '   ');
    this.add(language, body, span.start);
  }

  /** The handlers and addresses of a tag that are scripts; `srcdoc`, a page of its own, is given back. */
  addAttributes({ name, attributes }: Extract<Markup, { kind: 'tag' }>): void {
    for (const attribute of attributes) {
      const { value, at } = attribute;
      if (HANDLER.test(attribute.name)) this.#addValue(attribute);
      else if (attribute.name === 'srcdoc') {
        const origin = { kind: 'fixed', span: { start: at, end: at + value.length } } as const;
        this.fragments.push({
          language: 'html',
          text: decoded(value),
          role: this.#role,
          layer: null,
          origin,
        });
      } else if (ADDRESS.test(attribute.name)) {
        // A browser takes white space and control characters out of the scheme.
        const scheme = /^[\0- ]{0,50}j\s?a\s?v\s?a\s?s\s?c\s?r\s?i\s?p\s?t\s?:/i.exec(decoded(value))?.[0];
        if (scheme !== undefined) this.#addValue(attribute, scheme.length);
        else if (name === 'script' && attribute.name === 'src' && value !== '')
          this.add('javascript', `import(${JSON.stringify(decoded(value))})`, Math.max(0, at - 8));
      }
    }
  }
}
