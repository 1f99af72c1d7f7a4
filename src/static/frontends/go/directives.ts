import type { Fragment, Span } from '../../../model/program.ts';
import { toldCommands } from '../unread/told-commands.ts';

/** What the comments of a program have other tools do. */
export interface Directives {
  readonly fragments: readonly Fragment[];
  /** There is code in C before `import "C"`. */
  readonly hasC: boolean;
}

const IMPORT_OF_C = /^[ \t]*import[ \t]{1,8}(?:"C"|`C`)/m;
const GENERATE = /^\/\/go:generate[ \t]{1,8}(\S[^\r\n]{0,2000})/;

/** So many commands of a file are looked at. */
const MAX_COMMANDS = 5_000;

/** Reads `//go:generate …`, which `go generate` runs, and the program in C that stands in a comment before `import "C"`. */
export function directivesOf(text: string, comments: readonly Span[]): Directives {
  const fragments: Fragment[] = [];
  for (const span of comments) {
    if (!text.startsWith('//go:generate', span.start) || fragments.length >= MAX_COMMANDS) continue;
    const command = GENERATE.exec(text.slice(span.start, span.end))?.[1];
    if (command === undefined) continue;
    const isOwnLine = span.start === 0 || text[span.start - 1] === '\n';
    if (!isOwnLine) continue;
    fragments.push(asFragment(command, span));
  }
  const at = IMPORT_OF_C.exec(text)?.index ?? -1;
  if (at === -1) return { fragments, hasC: false };
  const preamble = before(comments, at, text);
  for (const span of preamble)
    for (const told of toldCommands(
      text.slice(span.start, span.end).replace(/^\/[/*]|\*\/$/g, ''),
      'preamble.c',
    ).fragments)
      if (fragments.length < MAX_COMMANDS) fragments.push({ ...told, origin: { kind: 'fixed', span } });
  const hasC = preamble.some(({ start, end }) => /[{;]/.test(text.slice(start, end)));
  return { fragments, hasC };
}

function asFragment(text: string, span: Span): Fragment {
  return { language: 'shell', text, role: 'build', layer: null, origin: { kind: 'fixed', span } };
}

/** The comments that stand right before a place, one behind the other. */
function before(comments: readonly Span[], place: number, text: string): readonly Span[] {
  const found: Span[] = [];
  let next = place;
  for (let index = comments.length - 1; index >= 0; index--) {
    const span = comments[index]!;
    if (span.end > next) continue;
    if (/\S/.test(text.slice(span.end, next))) break;
    found.unshift(span);
    next = span.start;
  }
  return found;
}
