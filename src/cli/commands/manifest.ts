import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { messageOf, targetError, usageError } from '../../errors.ts';
import { EXIT } from '../../exit-codes.ts';
import { escapeLine } from '../../reporters/escape.ts';
import type { CommandContext, ConfigureCommand } from '../command.ts';
import { addCommonOptions } from '../judging.ts';
import { writeWhole } from '../output.ts';

const EXAMPLES = `
Examples:
  sbx manifest init ./my-env               write ./my-env/sbx.manifest.yaml from what the code does
  sbx manifest init ./my-env --output -    print it instead
  sbx manifest validate ./my-env           FILE:LINE:COLUMN: message per error
  sbx manifest show ./my-skill             everything it claims, wherever it claims it
`;

/** `sbx manifest init|validate|show TARGET`. */
const configure: ConfigureCommand = (command, context) => {
  command.addHelpText('after', EXAMPLES);
  addCommonOptions(subcommand(command, 'init', 'write a first manifest from what the code does'))
    .option('--output <file>', 'write there; - for standard output')
    .option('--force', 'overwrite an existing manifest')
    .action(async (path: string, options: { output?: string; force?: boolean }) => {
      await init(path, options, context);
    });
  addCommonOptions(subcommand(command, 'validate', 'check a manifest against the schema')).action(
    async (path: string) => {
      await validate(path, context);
    },
  );
  addCommonOptions(subcommand(command, 'show', 'print what it declares, from every source'))
    .option('--format <format>', 'terminal or json', 'terminal')
    .action(async (path: string, options: { format: string }) => {
      await show(path, options.format, context);
    });
};
export default configure;

function subcommand(command: Command, name: string, summary: string): Command {
  return command
    .command(name)
    .summary(summary)
    .description(summary)
    .argument('<target>', 'folder, file or archive');
}

async function init(
  path: string,
  options: { output?: string; force?: boolean },
  context: CommandContext,
): Promise<void> {
  const { openTarget } = await import('../../target/open.ts');
  const { staticStage } = await import('../../static/stage.ts');
  const { inferManifest } = await import('../../manifest/infer.ts');
  const { contextWithDefaults } = await import('../stage-context.ts');
  const { stringify } = await import('yaml');
  const target = await openTarget(path, context.signal);
  if (target.files.length === 0)
    throw targetError('target-empty', `${path} holds no file to write a manifest for`);
  const { evidence } = await staticStage.run(target, contextWithDefaults(context));
  const unit = target.units[0]!;
  const text = stringify(inferManifest(unit, evidence));
  const file = options.output ?? join(target.kind === 'directory' ? path : '.', 'sbx.manifest.yaml');
  if (file === '-') {
    context.stdout(text);
    return;
  }
  if (existsSync(file) && options.force !== true) {
    throw usageError(
      'manifest-exists',
      `${file} exists`,
      'Give --force to overwrite it, or --output - to print.',
    );
  }
  writeWhole(file, text);
  context.stderr(`sbx: wrote ${escapeLine(file)}; narrow its patterns down, then check with "sbx vet"`);
  if (target.units.length > 1) {
    const others = target.units.slice(1).map((other) => other.path);
    context.stderr(
      escapeLine(
        `sbx: ${others.length} more units have manifests of their own: ${others.slice(0, 5).join(', ')}`,
      ),
    );
  }
}

async function validate(path: string, context: CommandContext): Promise<void> {
  const { parseChecked } = await import('../../manifest/document.ts');
  const file = manifestFileOf(await namesOf(), path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError('manifest-not-found', `${file}: ${messageOf(error)}`);
  }
  const { problems } = parseChecked(text, 'manifest');
  for (const { line, column, message } of problems)
    context.stdout(`${escapeLine(`${file}:${line}:${column}: ${message}`)}\n`);
  if (problems.length === 0) context.stderr(`sbx: ${escapeLine(file)} is valid`);
  context.exit(problems.length === 0 ? EXIT.ok : EXIT.reject);
}

async function namesOf(): Promise<readonly string[]> {
  return (await import('../../manifest/read.ts')).MANIFEST_NAMES;
}

function manifestFileOf(names: readonly string[], path: string): string {
  if (!existsSync(path)) throw usageError('manifest-not-found', `${path}: no such file or folder`);
  if (!statSync(path).isDirectory()) return path;
  const name = names.find((candidate) => existsSync(join(path, candidate)));
  if (name !== undefined) return join(path, name);
  throw usageError(
    'manifest-not-found',
    `${path} holds no ${names.join(' or ')}`,
    'Write one with "sbx manifest init".',
  );
}

async function show(path: string, format: string, context: CommandContext): Promise<void> {
  if (format !== 'terminal' && format !== 'json')
    throw usageError('format-unknown', `--format ${format}: use terminal or json`);
  const { openTarget } = await import('../../target/open.ts');
  const { manifestStage } = await import('../../manifest/stage.ts');
  const { contextWithDefaults } = await import('../stage-context.ts');
  const target = await openTarget(path, context.signal);
  const { evidence, gaps } = await manifestStage.run(target, contextWithDefaults(context));
  const claims = evidence.map(({ unit, capability, detail, location }) => ({
    unit,
    capability,
    detail,
    source: location?.path ?? null,
  }));
  if (format === 'json') context.stdout(`${JSON.stringify(claims, null, 2)}\n`);
  else if (claims.length === 0) context.stdout('It declares nothing.\n');
  for (const { unit, capability, detail, source } of format === 'json' ? [] : claims) {
    context.stdout(`${escapeLine(`${unit}  ${capability.padEnd(16)} ${detail}  (${source ?? '?'})`)}\n`);
  }
  for (const { reason } of gaps) context.stderr(escapeLine(`sbx: ${reason}`));
  context.exit(gaps.length === 0 ? EXIT.ok : EXIT.reject);
}
