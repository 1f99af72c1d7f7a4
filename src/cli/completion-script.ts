/** The shells that have a completion script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A command with what may follow it. */
export interface CompletionWord {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly {
    readonly name: string;
    readonly summary: string;
    readonly values: readonly string[];
    readonly takesValue: boolean;
  }[];
  readonly subcommands: readonly CompletionWord[];
}

/** The completion script of a shell: command names, their options, the options' values, then files. */
export function completionScript(
  shell: (typeof SHELLS)[number],
  commands: readonly CompletionWord[],
): string {
  if (shell === 'bash') return bashScript(commands);
  return shell === 'zsh' ? zshScript(commands) : fishScript(commands);
}

/** `COMMAND [SUBCOMMAND]` with the words that may follow it. */
function flatten(
  commands: readonly CompletionWord[],
): readonly { readonly path: string; readonly word: CompletionWord }[] {
  return commands.flatMap((word) => [
    { path: word.name, word },
    ...word.subcommands.map((inner) => ({ path: `${word.name} ${inner.name}`, word: inner })),
  ]);
}

function bashScript(commands: readonly CompletionWord[]): string {
  const flat = flatten(commands);
  const values = flat.flatMap(({ path, word }) =>
    word.options
      .filter((option) => option.values.length > 0)
      .map(
        ({ name, values: list }) =>
          `    '${path} ${name}') COMPREPLY=($(compgen -W '${list.join(' ')}' -- "$current")); return ;;`,
      ),
  );
  const cases = flat.map(({ path, word }) => {
    const words = [
      ...word.subcommands.map(({ name }) => name),
      ...word.options.map(({ name }) => name),
      '--help',
    ];
    return `    '${path}') words='${words.join(' ')}' ;;`;
  });
  return `# bash completion for sbx
_sbx() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current"))
    return
  fi
  local path="\${COMP_WORDS[1]}"
  case "$path \${COMP_WORDS[2]}" in
${flat
  .filter(({ path }) => path.includes(' '))
  .map(({ path }) => `    '${path}') [ "$COMP_CWORD" -gt 2 ] && path='${path}' ;;`)
  .join('\n')}
  esac
  case "$path $previous" in
${values.join('\n')}
  esac
  case "$path" in
${cases.join('\n')}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -W "\${words//--*([a-z-])/}" -- "$current") $(compgen -f -- "$current")) ;;
  esac
}
shopt -s extglob
complete -o filenames -F _sbx sbx
`;
}

function zshScript(commands: readonly CompletionWord[]): string {
  const list = commands.map(({ name, summary }) => `    '${name}:${plain(summary)}'`);
  const cases = flatten(commands).map(({ path, word }) => {
    const options = word.options.map(({ name, summary, values, takesValue }) => {
      const rest = values.length > 0 ? `:value:(${values.join(' ')})` : takesValue ? ':value:_files' : '';
      return `'${name}[${plain(summary)}]${rest}'`;
    });
    const inner =
      word.subcommands.length > 0
        ? [`'1:command:(${word.subcommands.map(({ name }) => name).join(' ')})'`]
        : [];
    return `    '${path}') _arguments ${[...inner, ...options, "'*:file:_files'"].join(' ')} ;;`;
  });
  return `#compdef sbx
_sbx() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local where="$words[2]"
  case "$words[2] $words[3]" in
${flatten(commands)
  .filter(({ path }) => path.includes(' '))
  .map(({ path }) => `    '${path}') (( CURRENT > 3 )) && where='${path}' ;;`)
  .join('\n')}
  esac
  shift words
  (( CURRENT-- ))
  case "$where" in
${cases.join('\n')}
  esac
}
compdef _sbx sbx
`;
}

function fishScript(commands: readonly CompletionWord[]): string {
  const lines = [
    '# fish completion for sbx',
    'complete -c sbx -n __fish_use_subcommand -l version -d "print the version"',
  ];
  for (const { name, summary } of commands)
    lines.push(`complete -c sbx -f -n __fish_use_subcommand -a ${name} -d '${plain(summary)}'`);
  for (const { path, word } of flatten(commands)) {
    const condition = path
      .split(' ')
      .map((part) => `__fish_seen_subcommand_from ${part}`)
      .join('; and ');
    for (const inner of word.subcommands) {
      lines.push(`complete -c sbx -n '${condition}' -a ${inner.name} -d '${plain(inner.summary)}'`);
    }
    for (const { name, summary, values, takesValue } of word.options) {
      const rest = values.length > 0 ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -r' : '';
      lines.push(`complete -c sbx -n '${condition}' -l ${name.slice(2)} -d '${plain(summary)}'${rest}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A summary without what the shells would act on. */
function plain(text: string): string {
  return text
    .replace(/[^A-Za-z0-9 ,.;/()-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
