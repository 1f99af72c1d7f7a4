import type { Sentence } from '../../../model/program.ts';
import { sentencesOf } from '../../prose/index.ts';
import { isHidingTag } from '../markdown/html.ts';
import type { Markup } from './markup.ts';

/** Longer pages are data: their words are not read (UTF-16 units), as those of plain texts. */
const MAX_LENGTH = 1_000_000;

/** Elements without an end, which nothing stands in (HTML Standard, 13.1.2). */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** Collects the words that an agent reads and a visitor does not see: comments, and elements that hide themselves. */
export class UnseenProse {
  readonly sentences: Sentence[] = [];
  readonly #text: string;
  #hiding: string | null = null;
  #depth = 0;
  #from = 0;
  #length = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #add(start: number, end: number): void {
    this.#length += end - start;
    if (this.#length > MAX_LENGTH) return;
    const prose = this.#text.slice(start, end).replace(/<[^<>]{0,2000}>/g, (tag) => ' '.repeat(tag.length));
    if (/[a-z]{2}\s+[a-z]{2}/i.test(prose))
      this.sentences.push(...sentencesOf(prose, { role: 'hidden', base: start }));
  }

  /** Takes the next piece of markup. */
  take(markup: Markup): void {
    const { span } = markup;
    if (markup.kind === 'comment') {
      if (this.#hiding === null) this.#add(span.start, span.end);
      return;
    }
    if (markup.kind === 'raw') {
      // Scripts and styles are no words.
      if (this.#hiding !== null) {
        this.#add(this.#from, span.start);
        this.#from = span.end;
      }
      return;
    }
    const { name } = markup;
    if (this.#hiding === null) {
      if (name.startsWith('/') || VOID.test(name) || this.#text[span.end - 2] === '/') return;
      if (
        !isHidingTag(this.#text.slice(span.start + 1 + name.length, Math.min(span.end, span.start + 2_000)))
      )
        return;
      this.#hiding = name;
      this.#depth = 1;
      this.#from = span.end;
    } else if (name === this.#hiding) this.#depth++;
    else if (name === `/${this.#hiding}` && --this.#depth === 0) {
      this.#add(this.#from, span.start);
      this.#hiding = null;
    }
  }
}
