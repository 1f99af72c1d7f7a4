import type { Fragment, Language, Span } from '../../../model/program.ts';

const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  Object.entries<Language>({
    bash: 'shell',
    sh: 'shell',
    shell: 'shell',
    zsh: 'shell',
    ksh: 'shell',
    console: 'shell',
    terminal: 'shell',
    'shell-session': 'shell',
    shellsession: 'shell',
    'sh-session': 'shell',
    'bash-session': 'shell',
    shellscript: 'shell',
    python: 'python',
    py: 'python',
    python3: 'python',
    py3: 'python',
    ipython: 'python',
    javascript: 'javascript',
    js: 'javascript',
    mjs: 'javascript',
    cjs: 'javascript',
    node: 'javascript',
    jsx: 'javascript',
    typescript: 'typescript',
    ts: 'typescript',
    tsx: 'typescript',
    mts: 'typescript',
    cts: 'typescript',
    powershell: 'powershell',
    pwsh: 'powershell',
    ps1: 'powershell',
    ps: 'powershell',
    ruby: 'ruby',
    rb: 'ruby',
    bat: 'batch',
    batch: 'batch',
    cmd: 'batch',
    json: 'json',
    json5: 'json',
    jsonc: 'json',
    yaml: 'yaml',
    yml: 'yaml',
    toml: 'toml',
    ini: 'ini',
    dockerfile: 'dockerfile',
    docker: 'dockerfile',
    makefile: 'makefile',
    make: 'makefile',
    mk: 'makefile',
  }),
);

/** Languages in which the white space before a line means something, so that a block's own indentation must go. */
const IS_LAYOUT_SENSITIVE = new Set<Language>(['python', 'yaml', 'makefile']);

/** Words that open a command line; what else looks like one is not taken for one. */
const COMMANDS =
  /^(?:sudo|curl|wget|bash|sh|zsh|python3?|pip3?|pipx|uvx?|npm|npx|pnpm|yarn|bunx?|deno|node|git|gh|ssh|scp|sftp|rsync|nc|ncat|netcat|cat|tar|zip|unzip|7z|gpg|openssl|base64|chmod|chown|rm|mv|cp|mkdir|touch|crontab|launchctl|systemctl|docker|podman|kubectl|aws|gcloud|az|env|printenv|export|echo|eval|source|powershell|pwsh|osascript|open|find|grep|sed|awk|tee|brew|apt|apt-get|go|cargo|make|claude|codex|gemini|dd|dig|nslookup|host|ftp|lftp|telnet|socat|nohup|setsid|timeout|xargs|head|tail|jq|xxd|od|shred|truncate|history|unset|alias|ln|useradd|usermod|passwd|chpasswd|iptables|ufw|sysctl|nsenter|kill|pkill|killall|mkfs(?:\.\w+)?|sendmail|mail|mutt|security|defaults|pbpaste|xclip|sqlite3|psql|mysql|mysqldump|pg_dump|redis-cli|mongodump|helm|terraform|poetry|conda|composer|gem|ruby|perl|php|java|rclone|s3cmd|gsutil|restic|at|screen|tmux|watch|cmd|reg|schtasks|certutil|bitsadmin|setx|attrib|icacls|netsh|wmic|\.{1,2}\/\S+|~\/\S+|\S+\.sh)\s+\S/;

/** The language of a fence's info string (`bash`, `{.python}`, `js title="x"`); null when it has no frontend. */
function languageOf(info: string): Language | null {
  const word = /^[{.\s]*([A-Za-z0-9+#-]{1,30})/.exec(info)?.[1]?.toLowerCase();
  return word === undefined ? null : (LANGUAGES.get(word) ?? null);
}

/**
 * A code block as a fragment whose positions are the file's: what stands before a line in the file (quote marks, indentation) is
 * made up for by spaces, except where leading space has a meaning.
 * @param lineOf tells the line of an offset
 */
export function codeFragment(
  text: string,
  block: { readonly info: string; readonly fenced: boolean; readonly lines: readonly Span[] },
  lineOf: (offset: number) => number,
): Fragment | null {
  const [first] = block.lines;
  if (first === undefined) return null;
  const lines = block.lines.map((line) => text.slice(line.start, line.end));
  const language = languageOf(block.info) ?? (block.info === '' ? guessLanguage(lines) : null);
  if (language === null) return null;
  const code = language === 'shell' ? withoutPrompts(lines) : lines;
  const columns = block.lines.map((line) => columnOf(text, line.start));
  const padded = IS_LAYOUT_SENSITIVE.has(language)
    ? code
    : code.map((line, index) => (index === 0 ? line : ' '.repeat(columns[index]! - 1) + line));
  return {
    language,
    text: padded.join('\n'),
    role: 'example',
    layer: null,
    origin: { kind: 'lines', line: lineOf(first.start), column: columns[0]! },
  };
}

/** Inline code that an order tells to run, as a fragment at the place of the code span; null when it is no command line. */
export function commandFragment(code: string, span: Span): Fragment | null {
  const command = code.trim().replace(/^(?:\$|PS(?: [^>\n]{0,60})?>)\s+/, '');
  if (CMDLETS.test(command))
    return {
      language: 'powershell',
      text: command,
      role: 'example',
      layer: null,
      origin: { kind: 'fixed', span },
    };
  if (!COMMANDS.test(command) && !/^\.{0,2}\/?[\w./-]{1,200}\.(?:sh|py|js|mjs)$/.test(command)) return null;
  return { language: 'shell', text: command, role: 'example', layer: null, origin: { kind: 'fixed', span } };
}

function guessLanguage(lines: readonly string[]): Language | null {
  const first = lines.find((line) => line.trim() !== '')?.trim();
  if (first === undefined) return null;
  if (CMDLETS.test(first)) return 'powershell';
  if (first.startsWith('$ ') || COMMANDS.test(first)) return 'shell';
  return /^#!.{0,80}\b(?:ba|z)?sh\b/.test(first)
    ? 'shell'
    : /^#!.{0,80}\bpython/.test(first)
      ? 'python'
      : null;
}

/** Commands that only PowerShell has: the short names of its downloads, and what its cmdlets are called. */
const CMDLETS =
  /^(?:&\s{0,2}\(?\s{0,2})?(?:i(?:wr|rm|ex)\s|(?:Add|Clear|Copy|Disable|Enable|Export|Get|Import|Install|Invoke|Move|New|Out|Register|Remove|Set|Start|Stop|Unblock|Uninstall|Write)-[A-Z][A-Za-z]{2,30}\b)|^\$env:\w/;

/** What stands before the sign of a prompt: an environment, a user on a machine in a folder. */
const PROMPT = String.raw`\s{0,40}(?:\([\w.-]{1,40}\)\s)?(?:[\w.-]{1,40}@[\w.-]{1,60}[:~\w/ -]{0,80})?`;
/** Signs that only a prompt has in code for a shell. */
const SURE_PROMPT = new RegExp(`^${PROMPT}[$❯]\\s`);
const ANY_PROMPT = new RegExp(`^${PROMPT}[$%❯#>]\\s`);

/** Console transcripts: prompts become spaces, and where there are prompts the output between them becomes empty lines. */
function withoutPrompts(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => SURE_PROMPT.test(line))) return lines;
  let isContinued = false;
  return lines.map((line) => {
    const prompt = /^\s{0,40}#\s/.test(line) ? undefined : ANY_PROMPT.exec(line)?.[0];
    const kept =
      prompt !== undefined ? ' '.repeat(prompt.length) + line.slice(prompt.length) : isContinued ? line : '';
    isContinued = kept.trimEnd().endsWith('\\');
    return kept;
  });
}

/** Columns count from 1. Looks back at most 1,000 characters: marks and indentation are never longer. */
function columnOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && offset - start < 1000 && text[start - 1] !== '\n' && text[start - 1] !== '\r')
    start -= 1;
  return offset - start + 1;
}
