import type { Sentence } from '../../model/program.ts';

const AGENT =
  /(?<![\w./@-])(?:(?:claude|chatgpt|gpt-?\d|copilot|gemini)(?![\w-]*[./]\w)|(?:the|an?|any|all|every|your|dear|hey) (?:ai|llm|ai agent|ai assistant|assistant|agent|language model|llm agent|chatbot|ai model)s?|(?:ai|llm|coding) (?:agents?|assistants?|models?)|language models?|subagents?)\b/i;

const DEVELOPER =
  /\b(?:developers?|contributors?|maintainers?|reviewers?|committers?|implementers?|integrators?)\s+(?:must|should|shall|need|have to|can|may|are)\b/i;

const USER =
  /\b(?:users?|humans?|operators?|customers?|people)\s+(?:must|should|shall|need|have to|can|may|are)\b/i;

/**
 * Whom a sentence speaks to.
 * @param imperative whether it orders; an order without a name goes to the file's audience
 * @param audience who reads this file
 */
export function addresseeOf(
  text: string,
  imperative: boolean,
  audience: Sentence['addressee'],
): Sentence['addressee'] {
  if (imperative && AGENT.test(text.slice(0, 120))) return 'agent';
  if (DEVELOPER.test(text)) return 'developer';
  if (USER.test(text)) return 'user';
  if (imperative || /\byou(?:r|rs|rself)?\b/i.test(text)) return audience;
  return 'unknown';
}

const AGENT_FILE =
  /(?:^|\/)(?:skill|claude|claude\.local|agents?|gemini|codex|system[-_ ]?prompt|prompt|instructions|copilot-instructions|\.?cursorrules|\.?windsurfrules|\.?clinerules|soul|memory)(?:\.(?:md|mdc|txt|markdown))?$/i;
const AGENT_FOLDER =
  /(?:^|\/)(?:\.claude|\.cursor|\.github\/(?:prompts|instructions|agents)|\.agents?|agents|commands|skills|prompts|rules|references?|subagents|modes)\//i;
const DEVELOPER_FILE =
  /(?:^|\/)(?:contributing|changelog|changes|history|security|code_of_conduct|development|hacking|release\w*|governance|pull_request_template|issue_template)(?:[.\w-]*)?$/i;
/** Notes of what was changed, version by version. */
const CHANGE_LOG = /(?:^|\/)(?:changelog|changes|history|news|release[-_ ]?notes)(?:[.-][\w.-]*)?$/i;
const USER_FILE =
  /(?:^|\/)(?:readme|install|usage|faq|getting[-_]?started|quickstart|tutorial|guide)[^/]*$|(?:^|\/)docs?\//i;

/** Who reads a text file, judged by its name and folder. */
export function audienceOfPath(path: string): Sentence['addressee'] {
  if (AGENT_FILE.test(path)) return 'agent';
  if (DEVELOPER_FILE.test(path)) return 'developer';
  if (USER_FILE.test(path)) return 'user';
  return AGENT_FOLDER.test(path) ? 'agent' : 'unknown';
}

/**
 * True for a file whose lists say what was changed, in words that would be orders elsewhere: "Fix …", "Send …". A command or a skill for
 * writing one, by the same name, is none.
 */
export function isChangeLog(path: string): boolean {
  return CHANGE_LOG.test(path) && !AGENT_FOLDER.test(path);
}

/** True for the files that agents load as their instructions (`SKILL.md`, `CLAUDE.md`, rule files), not for what those refer to. */
export function isInstructionFile(path: string): boolean {
  return AGENT_FILE.test(path);
}
