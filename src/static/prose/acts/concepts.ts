/**
 * What a word stands for when somebody steers an agent, whatever the language. The words of each language that stand for it are
 * listed under `words/`.
 */
export type Concept =
  // What is to be done.
  /** Take no notice of something: "ignore", "forget". */
  | 'disregard'
  /** Get rid of something; used of rules and of files alike, so it needs a clearer object: "drop", "delete". */
  | 'abandon'
  /** Put something before others' eyes: "print", "reveal". */
  | 'reveal'
  /** Let a person know: "tell", "mention". */
  | 'tell'
  | 'say'
  /** "What is …?", when it opens a question. */
  | 'ask'
  /** Say again word for word. */
  | 'recite'
  /** Use as a source: "look in", "rely on". */
  | 'consult'
  | 'send'
  /** "Send it" in one word: "envíalas". */
  | 'send-that'
  | 'keep'
  | 'collect'
  /** Go to an address, or let something from there in: "visit", "download", "connect". */
  | 'reach-out'
  /** Get round a safeguard: "bypass", "turn off". */
  | 'bypass'
  /** Put something in where it was not: "insert", "install". */
  | 'plant'
  /** Be somebody else: "pretend", "you are now". */
  | 'be'
  /** Do what is asked: "answer", "comply". */
  | 'comply'
  | 'refuse'
  /** Spend or give away what cannot be taken back: "buy", "approve". */
  | 'commit'
  /** Turn to something: "concentrate", "focus". */
  | 'turn-to'
  | 'change'
  | 'halt'
  | 'follow-next'
  /** Not lose what was heard: "remember", "keep track of". */
  | 'remember'
  /** Do once more: "retry", "call". */
  | 'again'
  /** "I want you to": the speaker's own wish. */
  | 'wish'
  /** Play somebody or something: "act as", "role-play". */
  | 'enact'
  /** Write something of one's own. */
  | 'compose'
  // To what.
  /** What an agent was told: "instructions", "prompt". */
  | 'instruction'
  /** What may be that, and much else: "rules", "tasks", "text". */
  | 'matter'
  | 'task'
  | 'everything'
  | 'system-prompt'
  | 'words'
  /** "What you were told" as one group. */
  | 'your-orders'
  | 'source-text'
  | 'user'
  | 'this'
  | 'secret'
  | 'personal-data'
  /** What a person shows nobody, of all that is personal: "browsing history", "saved passwords". */
  | 'intimate'
  /** What is gathered becomes: "the archive". */
  | 'bundle'
  /** A secret as requests carry it: "authorization header". */
  | 'header-secret'
  /** What the agent says next: "your answer", "every reply". */
  | 'reply'
  /** What agents call: "tool", "subagent", "yourself". */
  | 'tool'
  | 'outside'
  | 'limit'
  | 'ethics'
  | 'malware'
  | 'question'
  | 'hatred'
  /** Agents spoken to as a kind: "AI assistants". */
  | 'agents'
  /** Somebody to play: "persona". */
  | 'figure'
  /** One agent, or a figure it is to play. */
  | 'agent'
  | 'attention'
  /** What answers with what a program would print: "terminal", "interpreter". */
  | 'machine'
  | 'headline'
  // What kind of.
  | 'prior'
  | 'told'
  | 'yours'
  | 'all'
  | 'new'
  | 'only'
  | 'safety'
  | 'control'
  | 'harmful'
  | 'unlimited'
  | 'consent'
  | 'stealthily'
  /** "Without mentioning it", "unknown to the user". */
  | 'untold'
  /** "Forever", "without limit". */
  | 'endless'
  /** Said by the user in passing: "mentions", "in the chat". */
  | 'let-slip'
  /** Where a user would hear of it: "in the conversation". */
  | 'in-conversation'
  | 'your-mind'
  | 'now'
  /** For all that follows: "from now on". */
  | 'from-now'
  /** Said to whoever listens: "you are". */
  | 'you-be'
  | 'false'
  // How it hangs together.
  | 'not'
  | 'without'
  | 'free-of'
  | 'freed'
  /** What a figure does to rules: "ignoring". Much else is ignored, too. */
  | 'flouting'
  | 'no-matter'
  | 'including'
  | 'topic'
  /** What is left is kept away from somewhere: "out of it". */
  | 'left-out'
  | 'written'
  /** Said of what shall count no more: "void", "irrelevant". */
  | 'void'
  | 'disabled'
  /** Counts for more than: "takes precedence over". */
  | 'outranks'
  | 'threat'
  | 'contrary-to'
  /** Where something stands, before a foreign text: "in", "from". */
  | 'located'
  /** Said of instructions that somebody else planted. */
  | 'embedded'
  | 'foreign-text'
  /** Before a verb it says that somebody else does it, or might: "attackers", "would". */
  | 'not-an-order';

/** The words of one language for each concept: separated by space, `_` for a space inside, `*` at the end for any ending. */
export type Words = Readonly<Partial<Record<Concept, string>>>;

/** Languages as bits, so that a word of several is one entry. */
export const LANGUAGES = {
  english: 1,
  german: 2,
  french: 4,
  spanish: 8,
  italian: 16,
  portuguese: 32,
  dutch: 64,
  russian: 128,
  chinese: 256,
  japanese: 512,
  croatian: 1024,
  polish: 2048,
  korean: 4096,
  turkish: 8192,
  arabic: 16384,
} as const;

/** Every one of {@link LANGUAGES}. */
export const ALL_LANGUAGES: number = Object.values(LANGUAGES).reduce((all, language) => all | language, 0);
