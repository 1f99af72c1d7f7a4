/** What a word stands for where somebody has an agent do something to, or with, what belongs to its user. */
export type DeedWord =
  // What is done. Each group holds verbs and the nouns made of them.
  /** Bring something to somebody else: "copy", "forward", "is lodged with". */
  | 'transfer'
  /** Do away with: "prune", "empty". */
  | 'delete'
  /** Keep for later: "note", "carry over". */
  | 'retain'
  /** Put before others: "rank", "recommend". */
  | 'prefer'
  /** Let somebody in: "share", "invite". */
  | 'grant'
  /** Spend: "order", "renew". */
  | 'spend'
  /** Make a safeguard do less: "switch off", "relax". */
  | 'loosen'
  /** Make a figure or a record say something else: "round", "backdate". */
  | 'falsify'
  /** Bind the user: "sign", "agree". */
  | 'agree'
  // To what.
  | 'secret'
  | 'money'
  /** What is missed when it is gone: "backup", "alert", "draft". */
  | 'record'
  | 'rights'
  /** Rights over everything: "cluster-admin". */
  | 'power'
  | 'safety'
  /** What steers later sessions: "profile", "settings". */
  | 'memory'
  | 'result'
  /** Somebody who is not the user: "partner", "the archive desk". */
  | 'party'
  /** "First", "at the top". */
  | 'first'
  // Of whom, and how it is kept from them.
  | 'negation'
  | 'person'
  /** Take notice of: "read", "study", "choose". */
  | 'heed'
  /** What telling somebody would do to them: "worry", "confuse". */
  | 'burden'
  /** What the user reads: "summary", "list". */
  | 'report'
  /** Let somebody know: "mention", "list". */
  | 'tell'
  /** "Question", "approval". */
  | 'consent'
  /** "Spare", "save". */
  | 'spare'
  /** What others use or rest upon: "production", "the main branch". */
  | 'live'
  /** Bring something to where it runs: "merge", "deploy", "install". */
  | 'release'
  /** What programs are made of: "package", "library". */
  | 'component'
  /** What binds: "terms", "renewal". */
  | 'contract';

/** What is done, of the things that a user would want to know of. */
export type Deed =
  /** Something goes to an address, or to somebody else. */
  | 'hand-out'
  | 'spend'
  /** Somebody gets rights. */
  | 'grant'
  /** A safeguard is lowered. */
  | 'loosen'
  | 'destroy'
  /** Something is written where later sessions read it. */
  | 'retain'
  /** Something that was not looked at counts as settled. */
  | 'trust'
  | 'falsify'
  /** Something comes before others. */
  | 'prefer'
  /** A change goes to where others use it. */
  | 'release'
  /** Something of somebody's is installed, or put in the place of another. */
  | 'install'
  | 'agree';

/** How a sentence keeps a deed from the user. */
export type Silence =
  /** The user is not told. */
  | 'untold'
  /** The user is not asked. */
  | 'unasked'
  /** Why nobody need know: "routine", "people have enough to read". */
  | 'excused';
