import { Command, CommanderError } from 'commander';
import { SbxError, messageOf } from '../errors.ts';
import { EXIT, exitStatusOfError } from '../exit-codes.ts';
import { packageVersion } from '../package-info.ts';
import { escapeLine } from '../reporters/escape.ts';
import type { CommandContext } from './command.ts';
import { COMMANDS } from './commands.ts';
import { Progress } from './progress.ts';

const EXAMPLES = `
Examples:
  sbx vet ./some-env                 judge a folder; exit status 0 approved, 1 rejected, 3 review, 4 incomplete
  sbx vet skill.zip --format json    the same as a machine reads it
  sbx scan . --fail-on reject        static analysis alone, in a pre-commit hook
  sbx run ./some-env -- python3 x.py run a command of it in the sandbox
  sbx doctor                         which sandboxes this machine has

Exit status: 0 approved · 1 rejected · 2 usage or configuration · 3 review · 4 incomplete · 70 fault of sbx
`;

/**
 * Reads the command line, runs one command, and sets the process's exit status: the only place that does. When it is done, all that was
 * to be written has been.
 * @param argv without the interpreter and the script
 */
export async function main(argv: readonly string[]): Promise<void> {
  const abort = new AbortController();
  const progress = new Progress(process.stderr, argv);
  const stop = stopOnSignals(abort);
  process.stdout.on('error', ignoreClosedPipe);
  const context: CommandContext = {
    stdout: (text) => void process.stdout.write(text),
    stderr: (line) => {
      progress.clear();
      process.stderr.write(`${line}\n`);
    },
    exit: (status) => {
      process.exitCode = status;
    },
    signal: abort.signal,
    progress: (message) => {
      progress.show(message);
    },
    color: wantsColor(argv),
  };
  try {
    await (await programFor(argv, context)).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    progress.clear();
    process.exitCode = reportFailure(error, argv, context);
  } finally {
    progress.clear();
    stop();
  }
  await written(process.stdout);
  await written(process.stderr);
}

/** Waits until a stream has handed over what it was given, or cannot any more. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}

/** A program that knows every command by name and loads only the one that is asked for. */
async function programFor(argv: readonly string[], context: CommandContext): Promise<Command> {
  const program = new Command('sbx')
    .description('Tells you whether you can run what a stranger wrote.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: context.stdout,
      writeErr: () => undefined, // Errors are printed once, by reportFailure.
    });
  const asked = argv.find((word) => !word.startsWith('-'));
  // `sbx help vet` names the command second.
  const words = asked === 'help' ? argv.slice(argv.indexOf('help') + 1) : [asked];
  for (const { name, summary, load } of COMMANDS) {
    const command = program
      .command(name)
      .summary(summary)
      .description(summary)
      .exitOverride()
      .copyInheritedSettings(program);
    if (words.includes(name)) (await load()).default(command, context);
  }
  if (argv.length === 0) {
    program.outputHelp();
    program.action(() => undefined);
  }
  return program;
}

/** Says once on standard error what went wrong and what to do, and gives the exit status. */
function reportFailure(error: unknown, argv: readonly string[], context: CommandContext): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    if (error.code === 'commander.help') {
      context.stderr('sbx: a command is missing; see "sbx --help"');
      return EXIT.usage;
    }
    context.stderr(escapeLine(`sbx: ${error.message.replace(/^error: /, '').replaceAll('\n', ' ')}`));
    return EXIT.usage;
  }
  if (context.signal.aborted) {
    context.stderr('sbx: interrupted; nothing was judged');
    return EXIT.interrupted;
  }
  const isDebugging = argv.includes('--debug');
  if (error instanceof SbxError) {
    for (const detail of error.details) context.stderr(escapeLine(detail));
    context.stderr(
      escapeLine(
        `sbx: ${error.message}${error.help === null ? '' : `. ${error.help}`}`.replaceAll('..', '.'),
      ),
    );
    if (isDebugging && error.cause !== undefined) context.stderr(`caused by: ${stackOf(error.cause)}`);
    return exitStatusOfError(error.kind);
  }
  context.stderr(
    escapeLine(
      `sbx: internal fault: ${messageOf(error)} (run again with --debug for details, and please report it)`,
    ),
  );
  if (isDebugging) context.stderr(stackOf(error));
  return EXIT.internal;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Ctrl-C and SIGTERM stop the work in an orderly way; a second one ends the process at once. */
function stopOnSignals(abort: AbortController): () => void {
  const onSignal = (): void => {
    if (abort.signal.aborted) process.kill(process.pid, 'SIGKILL');
    abort.abort(new SbxError('interrupted', 'interrupted', 'interrupted'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}

/** `sbx … | head` closes the pipe early: that is no error. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** https://no-color.org: an argument beats the environment, the environment beats the terminal. */
function wantsColor(argv: readonly string[]): boolean {
  if (argv.includes('--no-color')) return false;
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return process.stdout.isTTY && TERM !== 'dumb';
}
