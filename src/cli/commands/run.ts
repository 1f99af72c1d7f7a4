import { basename, extname } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { usageError } from '../../errors.ts';
import { EXIT } from '../../exit-codes.ts';
import { BACKEND_IDS, type BackendId } from '../../model/observation.ts';
import type { Limits } from '../../sandbox/backend.ts';
import type { CommandContext, ConfigureCommand } from '../command.ts';
import { addCommonOptions } from '../judging.ts';

const EXAMPLES = `
Examples:
  sbx run ./my-env                                   import it, make its environments, step them; then say what was seen
  sbx run package-1.0-py3-none-any.whl               its modules and commands, as its README shows them
  sbx run ./skill -- python3 scripts/convert.py --help
  sbx run convert.py -- --to pdf notes.md            a script with its own arguments (the first begins with a dash)
  sbx run ./skill --backend docker --memory 256 -- sh install.sh
  sbx run ./my-env --format json -- python3 train.py the recorded run as JSON
  sbx run ./skill --network sinkhole --format json -- python3 sync.py   what it sends where, while no packet leaves

Without COMMAND the exit status is 0 when all was run, and 4 when something was not; the last lines say what and why.
\`sbx setup TARGET\` first makes what it declares ready for the sandbox.
With COMMAND the exit status is COMMAND's own, and 125 when the sandbox itself fails.
`;

/** The options of `sbx run`, as commander hands them over. */
interface RunOptions {
  readonly format: 'terminal' | 'json';
  readonly backend: BackendId | 'auto';
  readonly memory?: number;
  readonly pids?: number;
  readonly cpuSeconds?: number;
  readonly wallSeconds?: number;
  readonly disk?: number;
  readonly python?: string;
  readonly image?: string;
  readonly network?: 'none' | 'sinkhole';
}

/** `sbx run TARGET [-- COMMAND…]`: runs a target, or a command beside it, in the sandbox. */
const configure: ConfigureCommand = (command, context) => {
  addCommonOptions(
    command
      .argument('<target>', 'folder, file or archive; shown to the command as /target, read-only')
      .argument('[command...]', 'what to run, after --; without it, what the target itself would do')
      .addOption(
        new Option('--format <format>', 'json prints the recorded run instead of passing its output on')
          .choices(['terminal', 'json'])
          .default('terminal'),
      )
      .addOption(
        new Option('--backend <backend>', 'sandbox backend')
          .choices(['auto', ...BACKEND_IDS])
          .default('auto'),
      )
      .option('--memory <MiB>', 'memory, for all processes together where the backend can', positive)
      .option('--pids <number>', 'processes', positive)
      .option('--cpu-seconds <seconds>', 'CPU time', positive)
      .option('--wall-seconds <seconds>', 'time by the clock', positive)
      .option('--disk <MiB>', 'size of each writable folder', positive)
      .addOption(
        new Option(
          '--network <network>',
          'what the command finds: nothing (default), or a sinkhole that answers everything and records it',
        ).choices(['none', 'sinkhole']),
      )
      .option('--python <path>', 'interpreter to run with')
      .option('--image <reference>', 'container image to run in (docker, podman, gvisor)'),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (target: string, words: readonly string[], options: RunOptions) => {
      if (words.length > 0) await runWords(target, commandOf(target, words), options, context);
      else await runTarget(target, options, context);
    });
};
export default configure;

const MIB = 1024 * 1024;

/** What starts a script, by its ending. */
const STARTED_BY: Readonly<Record<string, string>> = {
  '.py': 'python3',
  '.js': 'node',
  '.cjs': 'node',
  '.mjs': 'node',
  '.sh': 'bash',
};

/** No command begins with a dash: behind a script's own name such words are its arguments. */
function commandOf(target: string, words: readonly string[]): readonly string[] {
  const program = STARTED_BY[extname(target)];
  return program !== undefined && words[0]?.startsWith('-') === true
    ? [program, basename(target), ...words]
    : words;
}

/** `sbx run TARGET -- COMMAND`: hands on its output and its exit status, or the recorded run as JSON. */
async function runWords(
  target: string,
  words: readonly string[],
  options: RunOptions,
  context: CommandContext,
): Promise<void> {
  const { runCommand } = await import('../../sandbox/run-command.ts');
  const { backend, result, notice } = await runCommand({
    target,
    words,
    backend: options.backend,
    limits: limitsIn(options),
    python: options.python ?? null,
    image: options.image ?? null,
    trace: options.format === 'json',
    network: options.network ?? 'none',
    signal: context.signal,
    progress: context.progress,
  });
  const stdout = Buffer.from(result.stdout).toString('utf8');
  const stderr = Buffer.from(result.stderr).toString('utf8');
  if (options.format === 'json') {
    const [{ escapedJson }, { summaryOf }] = await Promise.all([
      import('../../reporters/escape.ts'),
      import('../../sandbox/sinkhole/summary.ts'),
    ]);
    const { exit, signal, durationMs, limitsHit, outputTruncated, events, tracer, lost } = result;
    const run = {
      command: words,
      exit,
      signal,
      durationMs,
      limitsHit,
      outputTruncated,
      stdout,
      stderr,
      tracer,
      events,
      lost,
      traffic: result.traffic === null ? null : summaryOf(result.traffic),
    };
    context.stdout(`${escapedJson({ schema: 'sbx.run/1', backend, run })}\n`);
  } else {
    const { escapeLine } = await import('../../reporters/escape.ts');
    const shown = (text: string): string => text.split('\n').map(escapeLine).join('\n');
    // A terminal obeys what it is sent; a file or a pipe does not.
    context.stdout(process.stdout.isTTY ? shown(stdout) : stdout);
    if (stderr !== '') context.stderr(shown(stderr.replace(/\n$/, '')));
  }
  if (notice !== null) context.stderr(`sbx: ${notice}`);
  const [program = ''] = words;
  if (result.exit === 127 && options.format !== 'json')
    context.stderr(
      `sbx: ${program} may not be in the sandbox: it has the system's programs, and the target as its working folder`,
    );
  for (const limit of result.limitsHit) context.stderr(`sbx: the sandbox reached its limit: ${limit}`);
  // Ended from outside: the status that a shell gives to a program that was killed.
  context.exit(result.exit ?? KILLED);
}

const KILLED = 137;

/** `sbx run TARGET`: what the sandbox stage of `vet` would run, and what was seen. */
async function runTarget(path: string, options: RunOptions, context: CommandContext): Promise<void> {
  if (options.network !== undefined) {
    throw usageError(
      'run-network',
      '--network needs a command',
      'Write `sbx run TARGET --network sinkhole -- COMMAND`; without a command sbx chooses itself.',
    );
  }
  if (Object.keys(limitsIn(options)).length > 0) {
    throw usageError(
      'run-limits',
      'limits on the command line need a command',
      'Write `sbx run TARGET -- COMMAND`, or put the limits into a manifest.',
    );
  }
  const [{ openTarget }, { sandboxStage }, { contextWithDefaults }, { escapedJson }, { observedText }] =
    await Promise.all([
      import('../../target/open.ts'),
      import('../../sandbox/stage.ts'),
      import('../stage-context.ts'),
      import('../../reporters/escape.ts'),
      import('../observed-text.ts'),
    ]);
  const target = await openTarget(path, context.signal);
  const outcome = await sandboxStage.run(target, {
    ...contextWithDefaults(context),
    backend: options.backend,
    python: options.python ?? null,
    image: options.image ?? null,
  });
  if (options.format === 'json') {
    const { status, reason, gaps, findings, observations = null } = outcome;
    context.stdout(`${escapedJson({ schema: 'sbx.run/1', status, reason, gaps, findings, observations })}\n`);
  } else {
    context.stdout(observedText(outcome, context.color));
  }
  const isComplete = outcome.status === 'done' || outcome.status === 'not-applicable';
  context.exit(isComplete ? EXIT.ok : EXIT.incomplete);
}

function limitsIn({ memory, pids, cpuSeconds, wallSeconds, disk }: RunOptions): Partial<Limits> {
  return {
    ...(memory === undefined ? {} : { memoryBytes: Math.round(memory * MIB) }),
    ...(pids === undefined ? {} : { processes: Math.ceil(pids) }),
    ...(cpuSeconds === undefined ? {} : { cpuSeconds: Math.ceil(cpuSeconds) }),
    ...(wallSeconds === undefined ? {} : { wallMs: Math.round(wallSeconds * 1000) }),
    ...(disk === undefined
      ? {}
      : { temporaryBytes: Math.round(disk * MIB), fileBytes: Math.round(disk * MIB) }),
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Give a number above 0.');
  return value;
}
