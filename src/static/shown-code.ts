import type { Match } from '../rules/match/match.ts';
import type { Layer } from './facts/facts.ts';
import { scanBlocks } from './frontends/markdown/blocks.ts';
import { lineCounter } from './frontends/markdown/lines.ts';
import { isTableOfRows } from './data-rows.ts';
import { stopsWhatFollows } from './prose/quotation.ts';

/** How a place of a document is meant: to be followed, shown to be read, or shown as what to beware of. */
export type Showing = 'said' | 'shown' | 'warned-of';

/** What names an attack or a mistake: what stands under such a heading, or right after such words, is shown to be recognised. */
const WARNING =
  /\b(?:malicious|attack(?:s|ers?|ing)?|adversar\w{1,8}|exploit\w{0,8}|vulnerab\w{1,8}|exfiltrat\w{1,6}|back-?doors?|reverse shells?|dangerous|insecure|unsafe|hijack\w{0,6}|privilege escalation|credential theft|red[- ]?flags?|always flag|threats?|compromised?|poison\w{0,6}|injections?|anti-?patterns?|bad (?:examples?|practices?)|suspicious|obfuscat\w{1,6}|payloads?|pwn\w{0,6}|smuggling|spoof\w{0,6}|typosquat\w{0,6}|(?:always|explicitly) (?:blocked|denied)|denied (?:commands?|operations?|actions?)|blocked (?:commands?|operations?|actions?))\b|^\W{0,8}[❌✗✘🚫⛔]|^\W{0,8}(?:wrong|incorrect|don'?t|avoid)\W{0,4}:?\W{0,4}$/iu;

/** The same in a comment of the code itself, before what it is about. */
const WARNING_COMMENT =
  /(?:^|\s)(?:#|\/\/|--|\/\*|<!--|;|%)\s{0,4}(?:❌|✗|✘|🚫|⛔|(?:always (?:blocked|denied)|bad|vulnerable|insecure|unsafe|dangerous|malicious|wrong|attack\w{0,6}|exploit\w{0,6}|red flags?|never|don'?t|do not|avoid)\b)/im;

/** Marks of what is right in the same block: a warning before them does not reach beyond. */
const APPROVAL_COMMENT =
  /(?:^|\s)(?:#|\/\/|--|\/\*|<!--|;|%)\s{0,4}(?:✅|✓|✔|(?:good|safe|secure|correct|right|better|fixed|instead)\b)/im;

/** A mark right before a block that nobody is to carry out, also in a document that agents follow. */
const STOPPED_LEAD =
  /^\W{0,8}[❌✗✘🚫⛔][^.:;]{0,40}:?\W{0,4}$|^\W{0,4}(?:wrong|incorrect|bad|don'?t(?: do this)?)\W{0,4}:\W{0,4}$/iu;

/** The same in a comment, about the lines up to the next empty one. */
const STOPPED_COMMENT =
  /^\s*(?:#|\/\/|--)\s{0,4}(?:[❌✗✘🚫⛔]\s{0,4}(?:never|don'?t|do not|wrong|avoid|incorrect|bad|denied|blocked)\b|always (?:blocked|denied)\s*$)/iu;

/** So much of the text before a code block is taken for what introduces it. */
const LEAD_LENGTH = 300;

interface CodeBlock {
  readonly firstLine: number;
  readonly lines: readonly string[];
  readonly isUnderWarning: boolean;
  /** Said right before it in so many words. */
  readonly isStopped: boolean;
}

/** Where a document shows code, and whether as something to beware of. Linear in the text. */
class ShownCode {
  readonly #blocks: readonly CodeBlock[];
  readonly #lines: readonly string[];
  /** By line, from 1: the heading above warns. */
  readonly #warnedFrom: readonly (readonly [line: number, isWarning: boolean])[];

  constructor(text: string) {
    const lineOf = lineCounter(text);
    const blocks: CodeBlock[] = [];
    const sections: [number, boolean][] = [];
    const headings: { readonly level: number; readonly isWarning: boolean }[] = [];
    let lead = '';
    for (const block of scanBlocks(text)) {
      if (block.kind === 'heading') {
        const title = block.lines.map(({ start, end }) => text.slice(start, end)).join(' ');
        while ((headings.at(-1)?.level ?? 0) >= block.level) headings.pop();
        headings.push({ level: block.level, isWarning: WARNING.test(title.slice(0, 300)) });
        sections.push([lineOf(block.lines[0]?.start ?? 0), headings.some(({ isWarning }) => isWarning)]);
        lead = '';
      } else if (block.kind === 'text') {
        const last = block.lines.at(-1);
        lead =
          last === undefined
            ? ''
            : text.slice(Math.max(block.lines[0]!.start, last.end - LEAD_LENGTH), last.end);
      } else if (block.kind === 'code' && block.lines[0] !== undefined) {
        blocks.push({
          firstLine: lineOf(block.lines[0].start),
          lines: block.lines.map(({ start, end }) => text.slice(start, end)),
          isUnderWarning: headings.some(({ isWarning }) => isWarning) || WARNING.test(lead),
          isStopped: STOPPED_LEAD.test(lead) || stopsWhatFollows(lead.replaceAll(/[*_]/g, '')),
        });
      }
    }
    this.#blocks = blocks;
    this.#warnedFrom = sections;
    this.#lines = text.split(/\r\n|\r|\n/);
  }

  #blockAt(line: number): CodeBlock | undefined {
    return this.#blocks.find(({ firstLine, lines }) => line >= firstLine && line < firstLine + lines.length);
  }

  /** In a document that is followed: only what is said in so many words right at the code. @param line counts from 1 */
  isStopped(line: number): boolean {
    const block = this.#blockAt(line);
    if (block === undefined) return false;
    if (block.isStopped) return true;
    for (let at = line - block.firstLine; at >= 0; at -= 1) {
      const own = block.lines[at] ?? '';
      if (own.trim() === '') return false;
      if (STOPPED_COMMENT.test(own)) return true;
      if (APPROVAL_COMMENT.test(own)) return false;
    }
    return false;
  }

  /** @param line counts from 1 */
  at(line: number): Showing {
    const block = this.#blockAt(line);
    if (block !== undefined) {
      const isWarned =
        block.isUnderWarning || isWarnedInside(block.lines.slice(0, line - block.firstLine + 1));
      return isWarned ? 'warned-of' : 'shown';
    }
    // A word between backquotes, in a list of what to beware of.
    if (!/`[^`]{1,200}`/.test(this.#lines[line - 1] ?? '')) return 'said';
    return this.#warnedFrom.findLast(([from]) => from <= line)?.[1] === true ? 'warned-of' : 'said';
  }
}

/** True when the last comment that says what to think of the lines behind it says that they are wrong. */
function isWarnedInside(lines: readonly string[]): boolean {
  for (const line of lines.slice(-60).reverse()) {
    if (WARNING_COMMENT.test(line)) return true;
    if (APPROVAL_COMMENT.test(line)) return false;
  }
  return false;
}

/**
 * Documents whose code blocks an agent or a person carries out as they read. In any other (a reference, a chapter on attacks) code is
 * shown: a security skill shows attacks, so what is found there rejects nothing.
 */
const FOLLOWED_DOCUMENT =
  /(?:^|\/)(?:(?:SKILL|CLAUDE|AGENTS?|GEMINI|README|INSTALL|SETUP|QUICKSTART)[^/]*\.(?:md|mdx|markdown)|(?:commands|agents|prompts|rules)\/[^/]+\.(?:md|mdc))$/i;

/** What a package says of itself to people who program with it; nobody carries out its examples. */
const README = /(?:^|\/)(?:README|INSTALL|QUICKSTART)[^/]*\.(?:md|mdx|markdown)$/i;

/** True for a place in an example of a README. */
export function isReadmeExample(match: Match): boolean {
  return match.scopes.every((scope) => scope === 'example') && README.test(match.layer.source.path);
}

/** What names a specimen: a file of attacks to test with, a field that holds one of them or an example of what is looked for. */
const SPECIMEN_NAME =
  /adversar|malicious|inject(?:ed|ion)|jailbreak|attack|exploit|tamper|red[-_]?team|(?:^|[-_])(?:example|sample)(?:[-_]|$)/i;
const SPECIMEN_FILE = /(?:adversar|malicious|injections?|jailbreaks?|attack|red[-_]?team)[^/]*\.[a-z]{2,5}$/i;

/** A field or variable that is given a text. */
const FIELD = /["']?([A-Za-z][\w-]{1,60})["']?\]?\s{0,3}[:=]\s{0,3}[fbr]?["'`]/g;

/** True for a text among data, or among a program's own texts, whose field or file is named as what it shows. */
function isSpecimen({ layer, span, scopes }: Match): boolean {
  const { path, text } = layer.source;
  if (layer.language === 'markdown') return false;
  if (scopes.includes('prose') && SPECIMEN_FILE.test(path)) return true;
  if (!scopes.every((scope) => scope === 'prose' || scope === 'data')) return false;
  const before = text.slice(Math.max(0, span.start - 300), span.start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const field = [...`${line}"`.matchAll(FIELD)].at(-1);
  return field !== undefined && SPECIMEN_NAME.test(field[1]!);
}

/** Detectors of what people do not see: no document shows that. */
const UNSEEN = /^(?:unicode-(?!homoglyph)|hidden-far)/;

/** How the document around a match means it. @param line where the match stands in the file */
export type ShowingOf = (match: Match, line: number) => Showing;

/**
 * Tells for the matches in one file how its text means them.
 * @param layers of the file, its own first
 */
export function showingIn([own]: readonly Layer[]): ShowingOf {
  let shown: ShownCode | null = null;
  let isTable: boolean | null = null;
  /** What a row of data says is said to whoever is given that row. */
  const isInRow = (match: Match): boolean =>
    own?.language === 'json' &&
    match.scopes.every((scope) => scope === 'prose' || scope === 'data') &&
    (isTable ??= isTableOfRows(own.source.text));
  return (match, line) => {
    const { path } = match.layer.source;
    const isExample = match.scopes.length > 0 && match.scopes.every((scope) => scope === 'example');
    if (FOLLOWED_DOCUMENT.test(path)) {
      if (!isExample || own?.language !== 'markdown' || own.source.path !== path) return 'said';
      return (shown ??= new ShownCode(own.source.text)).isStopped(line) ? 'warned-of' : 'said';
    }
    if (own?.language !== 'markdown' || own.source.path !== path)
      return isExample || (!UNSEEN.test(match.name) && (isSpecimen(match) || isInRow(match)))
        ? 'shown'
        : 'said';
    if (UNSEEN.test(match.name)) return 'said';
    const showing = (shown ??= new ShownCode(own.source.text)).at(line);
    if (match.scopes.includes('prose')) return 'said';
    return showing === 'said' && isExample ? 'shown' : showing;
  };
}
