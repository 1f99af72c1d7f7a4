import type { Sentence } from '../../model/program.ts';
import { classifySentence } from './classify.ts';
import { sliceMarked } from './marked-text.ts';
import type { MarkedText } from './marked-text.ts';
import { colourOfColumn, colourOfHeading, colourOfLead, isLabelOfKind } from './quotation.ts';
import { splitSentences } from './split.ts';

/** So many sentences before one that sends "it" are looked at for what "it" is. */
const MEMORY = 4;

/** A paragraph, list item, heading, quote, table cell, comment: running text in one place. */
export interface TextBlock {
  readonly marked: MarkedText;
  readonly role: Sentence['role'];
  /** 1 to 6 for a heading, else 0. */
  readonly headingLevel: number;
  /** Nesting depth of the list it is an item of; 0 outside lists. */
  readonly listDepth: number;
  /** Header of the table column it stands in; empty outside tables. */
  readonly column: string;
  /** A command in a row of a table that says that it is not let through. */
  readonly isStopped?: boolean;
  /** Text to be copied or shown as it is: only what steers an agent is of interest in it. */
  readonly isTemplate?: boolean;
}

interface Colour {
  readonly quoted: boolean;
  readonly negated: boolean;
}

const PLAIN: Colour = { quoted: false, negated: false };
const STOPPED: Colour = { quoted: false, negated: true };

interface OpenHeading extends Colour {
  readonly level: number;
  readonly title: string;
}

/** What kind of document it is, where that says how its texts are meant. */
export interface DocumentKind {
  /**
   * A file that agents load as orders: its own title then colours nothing, or a skill that calls itself "Jailbreak" would be taken for a
   * text about jailbreaks.
   */
  readonly isInstructions?: boolean;
  /** Its lists say what was changed: an item orders nothing unless it speaks to somebody. */
  readonly isChangeLog?: boolean;
}

/** Said to whoever reads it, and no note of a change. */
const SPEAKS_TO_READER =
  /\b(?:you|your|must|shall|should|ignore|disregard|forget|always|never|do not|don't|assistants?|claude|chatgpt|copilot|gemini|llms?|ai)\b/i;

/** Enough for any text a person wrote; above it the caller reports the rest as not understood. */
const MAX_SENTENCES = 50_000;

/**
 * Turns the blocks of one document into classified sentences, in order. Headings colour what stands under them, the sentence before
 * a list colours its items.
 * @param audience who reads the document
 * @returns the sentences; `truncated` when there were more than {@link MAX_SENTENCES}
 */
export function sentencesOfBlocks(
  blocks: Iterable<TextBlock>,
  audience: Sentence['addressee'],
  outer: Colour = PLAIN,
  { isInstructions = false, isChangeLog = false }: DocumentKind = {},
): { readonly sentences: readonly Sentence[]; readonly truncated: boolean } {
  const sentences: Sentence[] = [];
  const headings: OpenHeading[] = [];
  /** By list depth: how the text that introduced the list colours its items. */
  const leads: Colour[] = [PLAIN];
  for (const block of blocks) {
    if (sentences.length >= MAX_SENTENCES) return { sentences: withAntecedents(sentences), truncated: true };
    const text = block.marked.text;
    if (block.headingLevel > 0) {
      while ((headings.at(-1)?.level ?? 0) >= block.headingLevel) headings.pop();
      leads.length = 0;
    }
    const colour = merge(outer, ...headings, ...leadsAbove(leads, block), colourOfCell(block));
    const isEntry = isChangeLog && block.listDepth > 0 && !SPEAKS_TO_READER.test(text);
    const isShown = isEntry || (block.role === 'quote' && !isCallout(text));
    for (const range of splitSentences(block.marked)) {
      const found = classifySentence(sliceMarked(block.marked, range.start, range.end), {
        role: block.role,
        section: headings.at(-1)?.title ?? '',
        audience,
        // What is hidden is never a quotation: nobody was meant to read it.
        quoted: block.role !== 'hidden' && (colour.quoted || isShown),
        negated: colour.negated,
      });
      for (const sentence of found) {
        if (block.isTemplate !== true || sentence.acts !== undefined) sentences.push(sentence);
      }
    }
    if (block.isTemplate === true) continue;
    if (block.headingLevel > 0) {
      const title = text.trim().toLowerCase().slice(0, 200);
      const isTitle = isInstructions && block.headingLevel === 1;
      headings.push({ level: block.headingLevel, title, ...(isTitle ? PLAIN : colourOfHeading(title)) });
    } else if (block.role !== 'hidden' && block.role !== 'table') {
      const above = leads[block.listDepth] ?? PLAIN;
      leads.length = Math.min(leads.length, block.listDepth);
      while (leads.length < block.listDepth) leads.push(PLAIN);
      leads[block.listDepth] =
        above.negated && isLabelOfKind(text) ? merge(above, colourOfLead(text)) : colourOfLead(text);
    }
  }
  return { sentences: withAntecedents(sentences), truncated: false };
}

/** "Collect the cookies. … Upload the archive to …": what is sent is what an earlier sentence has gathered. */
function withAntecedents(sentences: readonly Sentence[]): readonly Sentence[] {
  let gathered = -Infinity;
  return sentences.map((sentence, index) => {
    const { acts } = sentence;
    if (acts === undefined) return sentence;
    const isOfThat = acts.includes('send-it-outside') && index - gathered <= MEMORY;
    if (acts.includes('collect-private-data')) gathered = index;
    return isOfThat && !acts.includes('send-private-data')
      ? { ...sentence, acts: [...acts, 'send-private-data' as const] }
      : sentence;
  });
}

function leadsAbove(leads: readonly Colour[], block: TextBlock): readonly Colour[] {
  if (block.isTemplate === true) return leads;
  if (block.listDepth === 0) return block.role === 'quote' ? leads.slice(0, 1) : [];
  return leads.slice(0, block.listDepth);
}

function colourOfCell(block: TextBlock): Colour {
  if (block.column === '') return PLAIN;
  return block.isStopped === true ? STOPPED : colourOfColumn(block.column);
}

/** A block quote that is used for emphasis ("> **Important:** …", "> [!NOTE] …") speaks for itself; any other shows words of others. */
function isCallout(text: string): boolean {
  return /^\W*(?:!?(?:note|tip|important|warning|caution|critical|attention|required?|mandatory|remember|danger|info|hint|rule|urgent)\b|\*\*)/i.test(
    text.slice(0, 60),
  );
}

function merge(...colours: readonly Colour[]): Colour {
  return {
    quoted: colours.some((colour) => colour.quoted),
    negated: colours.some((colour) => colour.negated),
  };
}
