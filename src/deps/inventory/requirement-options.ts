/** One option of a line, with what follows it. */
export interface LineOption {
  readonly name: 'requirement' | 'constraint' | 'editable' | 'index' | 'other';
  /** As written in full (`--index-url`). */
  readonly option: string;
  readonly value: string;
}

/** pip's options for a requirements file; each may be cut short as long as it is clear which is meant (optparse). */
const LONG = [
  ...[
    '--index-url',
    '--pypi-url',
    '--extra-index-url',
    '--no-index',
    '--constraint',
    '--requirement',
    '--editable',
  ],
  ...[
    '--find-links',
    '--no-binary',
    '--only-binary',
    '--prefer-binary',
    '--require-hashes',
    '--pre',
    '--trusted-host',
  ],
  ...[
    '--use-feature',
    '--global-option',
    '--config-settings',
    '--hash',
    '--uploaded-prior-to',
    '--all-releases',
  ],
];

const SHORT: Readonly<Record<string, string>> = {
  '-r': '--requirement',
  '-c': '--constraint',
  '-e': '--editable',
  '-i': '--index-url',
  '-f': '--find-links',
};

const WITHOUT_VALUE = new Set(['--no-index', '--prefer-binary', '--require-hashes', '--pre']);

const NAMES: Readonly<Record<string, LineOption['name']>> = {
  '--requirement': 'requirement',
  '--constraint': 'constraint',
  '--editable': 'editable',
  '--index-url': 'index',
  '--pypi-url': 'index',
  '--extra-index-url': 'index',
  '--find-links': 'index',
  '--trusted-host': 'index',
};

/** Options that one line may have. */
const MAX_OPTIONS = 200;

/** The options of a line that starts with one, in order. */
export function readOptions(line: string): LineOption[] {
  const found: LineOption[] = [];
  const words = line.slice(0, 20_000).match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  for (let at = 0; at < words.length && found.length < MAX_OPTIONS; at += 1) {
    const word = unquoted(words[at] ?? '');
    if (!word.startsWith('-')) continue;
    const { option, inline } = split(word);
    const rest: string[] = [];
    if (inline === null && !WITHOUT_VALUE.has(option)) {
      // An editable may have white space in its address (`name @ https://…`).
      while (at + 1 < words.length && !/^-{1,2}[a-z]/i.test(words[at + 1] ?? ''))
        rest.push(unquoted(words[(at += 1)] ?? ''));
    }
    found.push({
      name: Object.hasOwn(NAMES, option) ? (NAMES[option] ?? 'other') : 'other',
      option,
      value: inline ?? rest.join(' '),
    });
  }
  return found;
}

function split(word: string): { readonly option: string; readonly inline: string | null } {
  const short = word.slice(0, 2);
  if (!word.startsWith('--'))
    return {
      option: SHORT[short] ?? short,
      inline: word.length > 2 ? word.slice(2).replace(/^=/, '') : null,
    };
  const equals = word.indexOf('=');
  const written = equals === -1 ? word : word.slice(0, equals);
  const meant = LONG.filter((option) => option.startsWith(written));
  return {
    option: LONG.includes(written) || meant.length !== 1 ? written : (meant[0] ?? written),
    inline: equals === -1 ? null : word.slice(equals + 1),
  };
}

function unquoted(word: string): string {
  return word.replace(/["']/g, '');
}
