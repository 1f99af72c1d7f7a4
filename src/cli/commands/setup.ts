import { Option } from 'commander';
import { configError, usageError } from '../../errors.ts';
import type { Package } from '../../model/dependency.ts';
import type { Interpreter } from '../../sandbox/setup/interpreter.ts';
import type { SetupResult } from '../../sandbox/setup/setup.ts';
import { escapeLine } from '../../reporters/escape.ts';
import type { CommandContext, ConfigureCommand } from '../command.ts';

const EXAMPLES = `
Examples:
  sbx setup                       gymnasium and numpy, for every target
  sbx setup ./my-env              and the packages that this target declares
  sbx setup ./my-env --with pygame  and an optional dependency that it declares
  sbx setup --python /usr/bin/python3.12
  sbx setup ./my-env --image python:3.12-slim  for the Python of an image, to run with --image
`;

interface SetupOptions {
  readonly python?: string;
  readonly image?: string;
  readonly with: readonly string[];
  readonly format: 'terminal' | 'json';
}

/** `sbx setup [TARGET]`: prepares what the sandbox runs with. */
const configure: ConfigureCommand = (command, context) => {
  command
    .argument('[target]', 'folder, file or archive whose declared packages are wanted too')
    .option('--with <name>', 'optional dependency that the target declares; may be given again', another, [])
    .option('--python <path>', 'interpreter to prepare for (default: the system’s python3)')
    .option('--image <reference>', 'container image to prepare for (docker or podman has it)')
    .addOption(
      new Option('--format <format>', 'format of the answer')
        .choices(['terminal', 'json'])
        .default('terminal'),
    )
    .option('-q, --quiet', 'no progress; results and errors only')
    .addHelpText('after', EXAMPLES)
    .action(async (target: string | undefined, options: SetupOptions) => {
      if (target === undefined && options.with.length > 0) {
        throw usageError(
          'setup-with-target',
          '--with needs a target',
          'Write `sbx setup TARGET --with NAME`.',
        );
      }
      if (options.python !== undefined && options.image !== undefined) {
        throw usageError(
          'setup-python-and-image',
          '--python and --image exclude each other',
          'An image brings its own Python.',
        );
      }
      const { setUp } = await import('../../sandbox/setup/setup.ts');
      const declared = target === undefined ? null : await declaredBy(target, context);
      const result = await setUp({
        python: options.python ?? null,
        imagePython: options.image === undefined ? null : await pythonOf(options.image, context),
        wantedPython: declared?.python ?? null,
        packages: declared?.packages ?? null,
        chosen: options.with,
        signal: context.signal,
        progress: context.progress,
      });
      context.stdout(options.format === 'json' ? asJson(result) : asText(result));
    });
};
export default configure;

function another(name: string, names: readonly string[]): readonly string[] {
  return [...names, name];
}

/** @throws SbxError of kind `sandbox` when no backend has the image, `config` when it has no Python to prepare for */
async function pythonOf(image: string, context: CommandContext): Promise<Interpreter> {
  const { askAnyImage } = await import('../../sandbox/setup/image-contents.ts');
  context.progress(`asking ${image} for its Python`);
  const { python } = await askAnyImage(image, context.signal);
  if (python !== null) return python;
  const help = 'Give an image that has one; without Python the sandbox runs and records little in it.';
  throw configError('image-without-python', `${image} has no Python 3.9 or later`, help);
}

async function declaredBy(
  path: string,
  context: CommandContext,
): Promise<{ packages: readonly Package[]; python: string | null }> {
  const [{ openTarget }, { declaredPackages }, { requiredPython }] = await Promise.all([
    import('../../target/open.ts'),
    import('../../sandbox/setup/declared.ts'),
    import('../../sandbox/setup/required-python.ts'),
  ]);
  context.progress('reading what the target declares');
  const target = await openTarget(path, context.signal);
  return { packages: declaredPackages(target), python: requiredPython(target) };
}

function asJson({ interpreter, installer, base, target, node, leftOut }: SetupResult): string {
  const tool = installer === null ? null : { id: installer.id, version: installer.version };
  return `${JSON.stringify({ schema: 'sbx.setup/1', interpreter, installer: tool, base, target, node, leftOut }, null, 2)}\n`;
}

function asText({ interpreter, base, target, node, leftOut }: SetupResult): string {
  const rows = [
    `interpreter  ${interpreter.path} (Python ${interpreter.version})`,
    `base         ${base.folder}`,
    ...(target === null ? [] : [`target       ${target.folder} (${target.packages.length} packages)`]),
    ...(node === null ? [] : [`node         ${node.folder} (${node.packages.length} packages)`]),
    ...leftOut.map(({ name, reason }) => `left out     ${escapeLine(name)}: ${escapeLine(reason)}`),
  ];
  return `${rows.join('\n')}\n`;
}
