import { knownText, UNKNOWN, type Value } from '../values/value.ts';

/** Takes the shell commands out of a text in another language or notation. */
type Take = (text: string) => readonly string[];

/** Where a program that is no shell is told commands of the shell. */
interface Place {
  /** Behind this option, as the next word or joined to it (`-o X`, `-oX`, `--option=X`). */
  readonly option?: RegExp;
  /** True: in every word that is no option. */
  readonly isInOperands?: true;
  /** True: in what it reads from its standard input. */
  readonly isInInput?: true;
  readonly take: Take;
}

/** Longer texts are not looked through (UTF-16 units). In all patterns below a blank is taken by one part alone, and what begins a line by one line: they are linear. */
const MAX_TEXT = 256 * 1024;

/** All that a pattern finds; its last group that took part is the command. */
function each(pattern: RegExp): Take {
  return (text) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const command = match.slice(1).findLast((group) => group !== undefined);
      return command === undefined ? [] : [command];
    });
}

/** A text between quotes with its escapes taken off. */
function unquoted(take: Take): Take {
  return (text) => take(text).map((command) => command.replace(/\\(["'`\\$])/g, '$1'));
}

const whole: Take = (text) => [text];
const QUOTED = String.raw`(?:"((?:[^"\\\n]|\\.){1,16000})"|'((?:[^'\\\n]|\\.){1,16000})')`;

/** Functions by which languages that are not parsed here start a shell. */
const SYSTEM = unquoted(
  each(
    new RegExp(
      String.raw`\b(?:system|exec|qx|shell_exec|passthru|popen|proc_open|os\.execute|io\.popen|shell-command|shell-command-to-string|do shell script)\b\s*(?:[({]\s*)?${QUOTED}`,
      'g',
    ),
  ),
);
const BACKQUOTED = each(/`([^`\n]{2,16000})`/g);
const BRACED = each(/\bqx\s*\{([^{}\n]{2,16000})\}/g);
const SCRIPTING: Take = (text) => [...SYSTEM(text), ...BACKQUOTED(text), ...BRACED(text)];

const AWK: Take = (text) => [
  ...SYSTEM(text),
  ...unquoted(each(/\|&?\s*"((?:[^"\\\n]|\\.){1,16000})"/g))(text),
  ...unquoted(each(/(?<!\\)"((?:[^"\\\n]|\\.){1,16000})"\s*\|&?\s*getline/g))(text),
];

/** `1e command`. */
const SED_EXECUTE = each(
  /(?:^|[;\n{])[^\S\n]*(?:(?:[\d$,]{1,20}|\/[^/\n]{1,80}\/)[^\S\n]*)?e\s+([^\n]{2,16000})/g,
);
/** `s/a/command/e`. */
const SED_SUBSTITUTE = each(/s([/|#,])[^\n]{0,200}?\1([^\n]{2,2000}?)\1[gpiIm\d]{0,6}e/g);
const SED: Take = (text) => [...SED_EXECUTE(text), ...SED_SUBSTITUTE(text)];

/** What editors take for a command of the shell: `:!command`. */
const EDITOR: Take = (text) => [
  ...each(/(?:^|[\n|])[^\S\n]*(?::[^\S\n]*)?(?:silent\s+)?[%.,$\d]{0,8}!{1,2}([^\n]{2,16000})/g)(text),
  ...SYSTEM(text),
];

/** Settings of git whose value is run; that of an alias and of a helper only behind an exclamation mark. */
const GIT_RUN =
  /^(?:core\.(?:sshcommand|pager|editor|fsmonitor|gitproxy|askpass)|sequence\.editor|diff\.external|interactive\.difffilter|gpg\.(?:\w+\.)?program|pager\.\w+|(?:diff|merge|filter)\.[\w.-]+\.(?:command|driver|textconv|clean|smudge|process)|remote\.[\w.-]+\.(?:uploadpack|receivepack))=([^]+)$/i;
const GIT_RUN_MARKED = /^(?:alias\.[\w.-]+|credential\.(?:[^=]*\.)?helper)=!([^]+)$/i;
const GIT_SETTING = each(new RegExp(`${GIT_RUN.source}|${GIT_RUN_MARKED.source}`, 'gi'));

const SSH: readonly Place[] = [
  {
    option: /^-o$/,
    take: each(/^(?:ProxyCommand|LocalCommand|KnownHostsCommand)\s{0,4}[= ]\s{0,4}([^]{2,16000})$/gi),
  },
];
const SCRIPT: readonly Place[] = [
  { option: /^-[a-zA-Z]*[eErx]$/, take: SCRIPTING },
  { isInInput: true, take: SCRIPTING },
];
/** `spawn command` of expect. */
const SPAWN = each(/\b(?:spawn|system|exec)\s+([^;\n]{2,16000})/g);
const VI: readonly Place[] = [
  { option: /^(?:-c|--cmd|-s|--remote-send)$/, take: EDITOR },
  { isInOperands: true, take: (text) => (text.startsWith('+') ? EDITOR(text.slice(1)) : []) },
];
const AWKS: readonly Place[] = [{ isInOperands: true, take: AWK }];
/** What `sqlite3` takes for a command of the shell: `.shell command`. */
const DOT_COMMAND = each(/^[^\S\n]*\.(?:shell|system)\s+([^\n]{2,16000})/gm);
const DOT_SHELL: readonly Place[] = [
  { isInOperands: true, take: DOT_COMMAND },
  { option: /^-cmd$/, take: DOT_COMMAND },
  { isInInput: true, take: DOT_COMMAND },
];
/** What other databases take for one: `\! command`. */
const BACKSLASH_COMMAND = each(/\\!\s*([^\n]{2,16000})/g);
const BACKSLASH: readonly Place[] = [
  { option: /^(?:-c|-e|--command|--execute)$/, take: BACKSLASH_COMMAND },
  { isInInput: true, take: BACKSLASH_COMMAND },
];
const MAKE_RECIPE: Take = (text) => [
  ...each(/(?:^\t|^[\w.-]{1,60}:[^\n;]{0,60};)[@+-]{0,3}\s{0,4}([^\n]{2,16000})/gm)(text),
  ...each(/\$\(shell\s+([^\n]{2,16000})\)/g)(text),
];

/** By the command's name, without its folder. */
const PLACES: Readonly<Record<string, readonly Place[]>> = {
  ssh: SSH,
  scp: SSH,
  sftp: SSH,
  rsync: [{ option: /^(?:-e|--rsh)$/, take: whole }],
  git: [
    { option: /^-c$/, take: GIT_SETTING },
    { option: /^(?:-u|--upload-pack|--receive-pack|--exec)$/, take: whole },
    { isInOperands: true, take: each(/^ext::([^]{2,16000})$/g) },
  ],
  tar: [
    { option: /^--checkpoint-action$/, take: each(/^exec=([^]{2,16000})$/g) },
    {
      option: /^(?:--to-command|--use-compress-program|-I|--info-script|--new-volume-script|-F)$/,
      take: whole,
    },
  ],
  zip: [{ option: /^(?:-TT|--unzip-command)$/, take: whole }],
  env: [{ option: /^(?:-[a-z]*S|--split-string)$/, take: whole }],
  make: [
    { isInInput: true, take: MAKE_RECIPE },
    { option: /^--eval$/, take: MAKE_RECIPE },
  ],
  awk: AWKS,
  gawk: AWKS,
  mawk: AWKS,
  nawk: AWKS,
  sed: [
    { isInOperands: true, take: SED },
    { option: /^(?:-[nsrE]*e|--expression)$/, take: SED },
  ],
  ed: [{ isInInput: true, take: EDITOR }],
  ex: [...VI, { isInInput: true, take: EDITOR }],
  vi: VI,
  vim: VI,
  nvim: VI,
  view: VI,
  perl: SCRIPT,
  php: SCRIPT,
  lua: SCRIPT,
  luajit: SCRIPT,
  Rscript: SCRIPT,
  R: SCRIPT,
  osascript: SCRIPT,
  emacs: [{ option: /^--?(?:eval|execute)$/, take: SCRIPTING }],
  expect: [
    { option: /^-c$/, take: SPAWN },
    { isInInput: true, take: SPAWN },
  ],
  npm: [{ option: /^(?:-c|--call)$/, take: whole }],
  npx: [{ option: /^(?:-c|--call)$/, take: whole }],
  entr: [{ option: /^-[a-z]*s$/, take: whole }],
  socat: [{ isInOperands: true, take: each(/^(?:EXEC|SYSTEM|SHELL):"?([^"]{2,16000})/gi) }],
  gdb: [{ option: /^-(?:ex|eval-command|iex)$/, take: each(/^(?:shell|!)\s*([^]{2,16000})$/g) }],
  sqlite3: DOT_SHELL,
  psql: BACKSLASH,
  mysql: BACKSLASH,
};

function takenBy(
  { option, isInOperands, isInInput, take }: Place,
  words: readonly string[],
  stdin: string | null,
): readonly string[] {
  if (isInInput === true) return stdin === null ? [] : take(stdin);
  return words.flatMap((word, at) => {
    const before = words[at - 1] ?? '';
    if (isInOperands === true) return word.startsWith('-') ? [] : take(word);
    if (option === undefined) return [];
    if (option.test(before) && !word.startsWith('--')) return take(word);
    const joined = /^(--?[A-Za-z][\w-]*)=([^]*)$/.exec(word);
    if (joined !== null && option.test(joined[1] ?? '')) return take(joined[2] ?? '');
    const short = /^(-[a-zA-Z])([^-=][^]*)$/.exec(word);
    return short !== null && option.test(short[1] ?? '') ? take(short[2] ?? '') : [];
  });
}

/**
 * Commands of the shell that a program which is none is told to run: in an option, an operand, a script in a language of its own, or its
 * input. The tricks are those of GTFOBins (https://gtfobins.github.io/), as far as they take a command as a text.
 * @param command its name, without folders
 * @param words after its name
 * @param input null where the program does not read commands from it
 * @returns null for a text that is longer than is looked through
 */
export function embeddedCommands(
  command: string,
  words: readonly Value[],
  input: Value | null,
): readonly string[] | null {
  const places = Object.hasOwn(PLACES, command) ? (PLACES[command] ?? []) : [];
  if (places.length === 0) return [];
  const texts = words.map((word) => knownText(word) ?? '');
  const stdin = knownText(input ?? UNKNOWN);
  if ([...texts, stdin ?? ''].some((text) => text.length > MAX_TEXT)) return null;
  return places.flatMap((place) => takenBy(place, texts, stdin));
}
