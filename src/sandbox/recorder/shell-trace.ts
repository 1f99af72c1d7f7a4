import type { EventLog } from './event-log.ts';

/** Parts of the shell itself: running one starts no program. */
const BUILT_IN = new Set(
  '[ [[ : . alias bg bind break builtin caller case cd command continue declare dirs disown do done echo elif else enable esac eval exit export false fg fi for function getopts hash help if in jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then times trap true type typeset ulimit umask unalias unset until wait while (('.split(
    ' ',
  ),
);

/** Commands whose operands are addresses. */
const CLIENTS = new Set([
  'curl',
  'wget',
  'nc',
  'ncat',
  'netcat',
  'telnet',
  'ssh',
  'scp',
  'sftp',
  'rsync',
  'ftp',
  'socat',
  'dig',
  'nslookup',
  'host',
  'ping',
  'git',
  'aria2c',
]);

/**
 * Turns one line of bash's own trace (`bash -x`), whose words are already expanded, into events: the program started, the addresses it
 * is told to reach, the files of a home folder that it is given. It shows what was about to run, whether or not the program is there.
 */
export function readShellCommand(command: string, log: Pick<EventLog, 'add'>): void {
  const words = wordsOf(command);
  while (words.length > 0 && /^[A-Za-z_]\w*=/.test(words[0]!)) words.shift();
  // `exec curl` and `command curl` start the program; with an option they ask or redirect.
  while (words.length > 1 && /^(?:exec|command|builtin)$/.test(words[0]!) && !words[1]!.startsWith('-'))
    words.shift();
  const [program, ...operands] = words;
  if (program === undefined) return;
  const name = program.slice(program.lastIndexOf('/') + 1);
  const base = { phase: 'run', first: 0 } as const;
  if (!BUILT_IN.has(name)) {
    log.add({ ...base, kind: 'exec', detail: words.join(' ') });
    if (CLIENTS.has(name))
      for (const address of addressesIn(name, operands))
        log.add({ ...base, kind: 'connect', detail: address });
  }
  // Redirections are not traced, but operands that name files are.
  for (const operand of operands) {
    const file = /^(?:-{1,2}[\w-]+=|@|[\w-]+=@)?(\/(?:home|root)\/[^\s;|&]+)$/.exec(operand)?.[1];
    if (file !== undefined && name !== 'echo' && name !== 'cd' && name !== '[')
      log.add({ ...base, kind: 'file.open', detail: file });
  }
}

function addressesIn(name: string, operands: readonly string[]): readonly string[] {
  const urls = operands.filter((word) => /^(?:https?|ftp|ssh|git|sftp|wss?):\/\//i.test(word));
  if (urls.length > 0 || name === 'git') return urls;
  const host = operands.find((word) => /^(?:[\w.-]+@)?(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::|$|\/)/i.test(word));
  return host === undefined ? [] : [host.replace(/^[\w.-]+@/, '')];
}

/** Splits a traced line at its blanks; bash quotes with single quotes, `$'…'` and backslashes there. Linear, bounded. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let isQuoted = false;
  for (let at = 0; at < line.length && words.length < 500; at += 1) {
    const character = line[at]!;
    if (isQuoted) {
      if (character === "'") isQuoted = false;
      else word += character;
    } else if (character === "'") {
      isQuoted = true;
      word = word === '$' ? '' : (word ?? '');
    } else if (character === '\\' && at + 1 < line.length) {
      at += 1;
      word = (word ?? '') + line[at]!;
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (word !== null) words.push(word);
  return words;
}

/** True when a traced line ends inside quotes: the command goes on in the next line. */
export function endsInQuote(line: string): boolean {
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === "'") isQuoted = !isQuoted;
    else if (line[at] === '\\' && !isQuoted) at += 1;
  }
  return isQuoted;
}
