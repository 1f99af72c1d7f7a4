import type { Sentence } from '../../model/program.ts';
import { audienceOfPath } from './addressee.ts';
import { sentencesOfBlocks } from './document.ts';
import { plainBlocks } from './plain-blocks.ts';

/** What the caller knows of a text. */
export interface ProseOptions {
  /** Where the text stands: `code-comment`, `docstring`, `description` (of a tool or skill), `hidden`, `body`. */
  readonly role: Sentence['role'];
  /** Offset of the text in its file, added to every span; default 0. */
  readonly base?: number;
  /** The heading it stands under; default none. */
  readonly section?: string;
  /**
   * Whom an order without a name is for. Default: the agent for a `description`, the developer for comments and docstrings, and by
   * the name of the file ({@link ProseOptions.path}) otherwise.
   */
  readonly audience?: Sentence['addressee'];
  readonly path?: string;
  /** True when the whole text is shown rather than said (a test's input, a quotation). */
  readonly quoted?: boolean;
}

/**
 * Splits text without markup into sentences and says of each whether it is an order, whether it forbids or quotes, and whom it is
 * for. Pure, never throws, linear in the text; a text of more than 50,000 sentences is cut.
 */
export function sentencesOf(text: string, options: ProseOptions): readonly Sentence[] {
  const blocks = plainBlocks(text, options.role, options.base ?? 0);
  const { sentences } = sentencesOfBlocks(blocks, options.audience ?? defaultAudience(options), {
    quoted: options.quoted ?? false,
    negated: false,
  });
  const section = options.section?.toLowerCase();
  return section === undefined ? sentences : sentences.map((sentence) => ({ ...sentence, section }));
}

function defaultAudience(options: ProseOptions): Sentence['addressee'] {
  switch (options.role) {
    case 'description':
    case 'hidden':
      return 'agent';
    case 'code-comment':
    case 'docstring':
      return 'developer';
    default:
      return options.path === undefined ? 'unknown' : audienceOfPath(options.path);
  }
}
