import { Command } from 'commander';
import { usageError } from '../../errors.ts';
import type { CommandContext, ConfigureCommand } from '../command.ts';
import { completionScript, SHELLS } from '../completion-script.ts';
import type { CompletionWord } from '../completion-script.ts';

const EXAMPLES = `
Examples:
  sbx completion bash > ~/.local/share/bash-completion/completions/sbx
  sbx completion zsh > "\${fpath[1]}/_sbx"
  sbx completion fish > ~/.config/fish/completions/sbx.fish
`;

/** `sbx completion bash|zsh|fish`: made from the commands themselves, so that it cannot drift. */
const configure: ConfigureCommand = (command, context) => {
  command
    .argument('<shell>', SHELLS.join(', '))
    .addHelpText('after', EXAMPLES)
    .action(async (shell: string) => {
      const known = SHELLS.find((name) => name === shell);
      if (known === undefined)
        throw usageError('shell-unknown', `no completion for ${shell}`, `Known: ${SHELLS.join(', ')}.`);
      context.stdout(completionScript(known, await describeCommands(context)));
    });
};
export default configure;

async function describeCommands(context: CommandContext): Promise<readonly CompletionWord[]> {
  // Loaded here: the list of commands names this module.
  const { COMMANDS } = await import('../commands.ts');
  return Promise.all(
    COMMANDS.map(async ({ name, summary, load }) => {
      const command = new Command(name);
      (await load()).default(command, context);
      return describe(command, name, summary);
    }),
  );
}

function describe(command: Command, name: string, summary: string): CompletionWord {
  return {
    name,
    summary,
    options: command.options.flatMap(({ long, description, argChoices, required }) =>
      long === undefined || long === null
        ? []
        : [{ name: long, summary: description, values: argChoices ?? [], takesValue: required }],
    ),
    subcommands: command.commands.map((inner) => describe(inner, inner.name(), inner.description())),
  };
}
