import type { Frontend, Language, ParsedText } from '../../../model/program.ts';
import { LineIndex } from '../../decode/lines.ts';
import { markupIn } from './markup.ts';
import { UnseenProse } from './prose.ts';
import { Scripts } from './scripts.ts';

/** Code between `<%` and `%>`, by the template's ending. */
const TEMPLATES: readonly (readonly [RegExp, Language])[] = [[/\.ejs$/i, 'javascript']];

/** At most so many pieces of code are taken out of one text. */
const MAX_FRAGMENTS = 4_000;

function parseHtml(text: string, path: string): ParsedText {
  const scripts = new Scripts(new LineIndex(text));
  const prose = new UnseenProse(text);
  let isCutOff = false;
  for (const markup of markupIn(text)) {
    prose.take(markup);
    isCutOff = scripts.fragments.length >= MAX_FRAGMENTS;
    if (isCutOff) break;
    if (markup.kind === 'tag') scripts.addAttributes(markup);
    else if (markup.kind === 'raw' && markup.element === 'script') scripts.addBody(markup, text);
  }
  // Astro's components begin with a script between two lines of dashes.
  const head = /^\s{0,100}---\r?\n/.exec(text)?.[0];
  const tail = head === undefined ? -1 : text.indexOf('\n---', head.length);
  if (head !== undefined && tail !== -1 && path.endsWith('.astro'))
    scripts.add('typescript', text.slice(head.length, tail), head.length);
  const template = TEMPLATES.find(([pattern]) => pattern.test(path))?.[1];
  if (template !== undefined) {
    for (const hit of text.matchAll(/<%[=_-]?((?:(?!%>)[^]){1,20000})[-_]?%>/g))
      scripts.add(template, hit[1]!, hit.index + hit[0].indexOf(hit[1]!));
  }
  return {
    program: null,
    fragments: scripts.fragments,
    sentences: prose.sentences,
    settings: [],
    status: isCutOff ? 'recovered' : 'complete',
    problem: isCutOff ? 'more scripts in it than are followed' : null,
    isCutOff,
  };
}

/**
 * Makes the frontend for pages, SVG pictures and components (Vue, Svelte, Astro, templates) ready: bodies of `script` elements, handlers
 * of events and `javascript:` addresses become fragments at their own places, comments and hidden elements sentences.
 */
export function createHtmlFrontend(): Promise<Frontend> {
  return Promise.resolve({
    languages: ['html'],
    parse: (text, _language, path) => parseHtml(text, path),
  });
}
