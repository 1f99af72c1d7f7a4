import { Option } from 'commander';
import type { Command } from 'commander';
import type { CommandContext, ConfigureCommand } from '../command.ts';
import { collect } from '../judging.ts';

const EXAMPLES = `
Examples:
  sbx rules list --format json
  sbx rules show <id>
  sbx rules test ./my-rules              every bad example found, no good one
  sbx rules list --rules ./my-rules      your own among the built-in ones
`;

interface RulesOptions {
  readonly format: 'terminal' | 'json';
  readonly rules: readonly string[];
}

function withFormat(command: Command): Command {
  return command.addOption(
    new Option('--format <format>', 'output format').choices(['terminal', 'json']).default('terminal'),
  );
}

function withRules(command: Command): Command {
  return command.option(
    '--rules <folder>',
    'rules of your own beside the built-in ones; may be repeated',
    collect,
    [],
  );
}

/** `sbx rules list | show ID | test [DIR]`. */
const configure: ConfigureCommand = (command, context: CommandContext) => {
  withRules(withFormat(command.command('list').description('list the rules'))).action(
    async ({ format, rules }: RulesOptions) => {
      await (await import('../rules-list.ts')).listRules(rules, format, context);
    },
  );
  withRules(
    command
      .command('show')
      .description('show a rule: what it finds, why, what to do, and its examples')
      .argument('<id>', "the rule's id"),
  ).action(async (id: string, { rules }: RulesOptions) => {
    await (await import('../rules-show.ts')).showRule(id, rules, context);
  });
  withRules(
    withFormat(
      command
        .command('test')
        .description('check rule files and analyse the examples in them: every bad one found, no good one')
        .argument('[dir]', "folder laid out as sbx's own rules/; default: those"),
    ),
  ).action(async (folder: string | undefined, { format, rules }: RulesOptions) => {
    await (await import('../rules-test.ts')).testRuleFolder(folder, rules, format, context);
  });
  command.addHelpText('after', EXAMPLES);
};

export default configure;
