/**
 * Verbs that open an order. Closed on purpose: a word list is the price of telling "Send the file" from "Network access" without
 * a tagger. Words that are nouns far more often than orders at the start of a sentence ("state", "access") are left out.
 */
const VERBS = new Set(
  `abort accept act activate add adjust adopt advertise agree allow analyse analyze announce answer append apply approve archive ask assert assign
  assume attach attempt audit authenticate authorize automate avoid back base64-encode be become begin behave block browse build
  bundle bypass call cancel capture cd change check choose chmod clean clear click clone close collect combine commit compare compile
  complete compose compress compute concatenate conceal conclude configure confirm connect consider construct consult contact
  continue convert copy craft create crawl curl cut decide decode decompress decrypt deobfuscate default define delete deliver deploy describe
  destroy detect determine develop disable disclose discard disregard dispatch display divide do document double-check download
  draft drop dump echo edit elevate email embed emit employ empty enable encode encrypt end endorse enforce ensure enter enumerate erase
  escalate establish evaluate examine exclude execute exfiltrate exit expand explain explore export expose extend extract fetch
  fill filter find finish fix flag flush focus follow force forget format forward gather generate get give go grab grant grep guide
  halt handle harvest hide identify ignore impersonate implement import improve include increase infer inform inherit initialise
  initialize inject insert inspect install instruct integrate invoke issue iterate join keep kill know launch leak leave leverage let
  limit link list listen load locate log look maintain mail make manage mark mask match measure mention merge message minimize mirror modify monitor
  mount move name navigate note notify obey obtain obfuscate omit open operate order organize output overrule override overwrite pack
  paste pause perform persist pick ping pipe place play post prefer prepare prepend present preserve press pretend prevent print prioritize
  proceed process produce promote prompt propose provide publish plug praise pull push put query quit quote raise re-run reach read recall receive recite recommend
  record redirect refactor refer refine reflect refrain refuse register reinstall reject relay release reload remember remove rename render
  repeat rephrase replace reply report reproduce request require reread rerun reset resolve respond restart restore restrict retain retrieve
  retry return reveal review revert rewrite rm roleplay role-play run sanitize save say scan scrape scroll search see seek select send
  serve set share ship show shut sign simulate skip snapshot sort source specify split spawn ssh start stay steal stop store stream
  structure submit subscribe substitute suggest summarise summarize suppress swap switch sync synchronise synchronize tag take talk tell terminate
  test think toggle touch track transcribe transfer transform translate transmit treat trigger trim truncate trust try turn type
  uncompress undo uninstall unlock unpack unset untar unzip update upgrade upload use utilise utilize validate verify view visit wait walk warn
  watch wget whitelist wipe withhold work wrap write yield unscramble zip`.split(/\s+/),
);

/** After one of these the first word was a noun after all: "Read access is …", "Use of …", "Builds are …". */
const NOT_AFTER_A_VERB = new Set(
  "is are was were of has had can could will would may might does did and/or access-control isn’t isn't aren't".split(
    ' ',
  ),
);

/** "Read access is granted": with one of these as the third word the first two were a subject … */
const COPULAS = new Set(['is', 'are', 'was', 'were', 'has']);

/** … but not after one of these: "Check what is there". */
const OPENS_OBJECT = new Set(
  'the a an all any this that these those what which who whether if it them where how'.split(' '),
);

/** Words that say how or when, before the verb of an order. */
const LEADING = new Set(
  `first firstly second secondly third thirdly then next finally lastly last also now always just simply please kindly silently
  quietly secretly discreetly covertly immediately automatically instead again only optionally additionally furthermore moreover
  and or but so thus therefore hence directly carefully afterwards otherwise periodically regularly continuously proactively
  explicitly strictly still subsequently internally recursively manually temporarily transparently invisibly privately ok okay
  okey hey hi well fully completely thoroughly actively`.split(/\s+/),
);

/** True when the words (lower-case) open an order: a known verb that what follows does not turn into a noun. */
export function opensOrder(words: readonly string[]): boolean {
  const first = words[0];
  if (first === undefined || !VERBS.has(first)) return false;
  const [, second, third] = words;
  if (second === undefined) return true;
  if (NOT_AFTER_A_VERB.has(second)) return false;
  return third === undefined || !COPULAS.has(third) || OPENS_OBJECT.has(second);
}

/** True for a word that may stand before the verb of an order without changing it. */
export function isLeadingWord(word: string): boolean {
  return LEADING.has(word);
}
