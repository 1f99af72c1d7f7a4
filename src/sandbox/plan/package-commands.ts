import type { TargetFile, Unit } from '../../model/target.ts';
import { wordsOf } from '../recorder/shell-trace.ts';
import { filled } from './documents.ts';
import { entryPointRun, entryPointsOf } from './entry-points.ts';
import { likelyEnding } from './read-files.ts';
import { nodeRun, reading, type PlannedRun } from './run.ts';
import { samplePath, sampleText } from './samples.ts';
import { scriptProgram } from './scripts.ts';
import { inputFor, pipedInto, sortByName } from './standard-input.ts';
import { beginningOf } from './text.ts';

/** With so many commands each is asked for help too; with more each has one run; the rest is named. */
const MOST_WHOLE = 3;
const MOST_COMMANDS = 8;
/** Examples that documents show of one command. */
const MOST_EXAMPLES = 2;

/** Command lines that the sources of scripts and commands ask for, by path. */
type Lines = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Runs of a package's commands, and what was left out of them. */
export interface CommandRuns {
  readonly runs: readonly PlannedRun[];
  readonly notes: readonly string[];
}

/** A command that installing a package puts on PATH. */
interface Command {
  readonly name: string;
  readonly path: string;
  readonly start: (args: readonly string[]) => PlannedRun;
}

/** The console scripts of a Python package: as its documents show them, as their sources want to be called, plainly, and for help. */
export function consoleScriptRuns(unit: Unit, files: readonly TargetFile[], lines: Lines): CommandRuns {
  const commands = entryPointsOf(unit, files).flatMap((point): readonly Command[] => {
    const plain = entryPointRun(point, files, []);
    const start = (args: readonly string[]): PlannedRun => ({
      ...plain!,
      label: [point.name, ...args],
      arguments: args,
    });
    return plain === null ? [] : [{ name: point.name, path: plain.path, start }];
  });
  return runsOf(commands, files, lines);
}

/** The same for the JavaScript commands of a Node package. */
export function binRuns(
  commands: readonly { readonly name: string; readonly path: string }[],
  files: readonly TargetFile[],
  lines: Lines,
): CommandRuns {
  const started = commands.map(({ name, path }): Command => ({
    name,
    path,
    start: (args) => nodeRun(path, args),
  }));
  return runsOf(started, files, lines);
}

/** Files whose sources say how a package's commands want to be called. */
export function commandFiles(unit: Unit, files: readonly TargetFile[]): readonly string[] {
  return entryPointsOf(unit, files).flatMap((point) => entryPointRun(point, files, [])?.path ?? []);
}

function runsOf(commands: readonly Command[], files: readonly TargetFile[], lines: Lines): CommandRuns {
  const documents = files
    .filter(({ path }) => DOCUMENTS.test(path))
    .slice(0, 5)
    .map(beginningOf);
  const sources = new Map(files.map((file) => [file.path, file]));
  const chosen = commands.slice(0, MOST_COMMANDS);
  const isWhole = commands.length <= MOST_WHOLE;
  const runs = chosen.map((command) => {
    const source = sources.get(command.path);
    const text = source === undefined ? '' : beginningOf(source);
    const told = [
      ...examplesIn(documents, command.name).map(({ args, input }) => ({ args, input })),
      // Options that were made up contradict each other; of many commands each has one run only.
      ...(isWhole ? (lines.get(command.path) ?? []) : []).slice(0, 1).map((args) => ({ args, input: null })),
    ].filter(({ args }) => args.length > 0 && !/^--?(?:help|version|[hvV])$/.test(args[0]!));
    const program = source === undefined ? null : scriptProgram(source);
    const read = program === null ? null : inputFor(text, program);
    const sort = sortByName(`${command.name} ${command.path}`);
    const given = (args: readonly string[], input: string | null): PlannedRun => {
      const run = command.start(args);
      return input === null ? { ...run, input: sampleText(sort ?? 'txt') } : reading(run, input);
    };
    const sample = given([samplePath(sort ?? likelyEnding(`${command.path}\n${text}`))], read);
    const otherwise = [sample];
    const best = told
      .slice(0, isWhole ? MOST_EXAMPLES : 1)
      .map(({ args, input }) => ({ ...given(args, input ?? read), otherwise }));
    const plain = { ...given([], read), otherwise };
    const help = command.start(['--help']);
    if (isWhole) return [...best, help, plain];
    return best.length > 0 ? best : [sort === null ? plain : sample];
  });
  const rest = commands.slice(MOST_COMMANDS).map(({ name }) => name);
  const names = rest.slice(0, 10).join(', ') + (rest.length > 10 ? ', …' : '');
  return {
    runs: runs.flat(),
    notes:
      rest.length === 0
        ? []
        : [`${MOST_COMMANDS} of its ${commands.length} commands were started, and not ${names}`],
  };
}

const DOCUMENTS = /(?:^|\/)(?:README(?:\.\w{1,8})?|[^/]+\.dist-info\/METADATA|PKG-INFO)$/i;

interface Example {
  readonly args: readonly string[];
  readonly input: string | null;
}

/** Lines in code blocks of documents that begin with a command's name; Markdown and reStructuredText, by their indentation. */
function examplesIn(documents: readonly string[], name: string): readonly Example[] {
  const found = new Map<string, Example>();
  for (const text of documents) {
    let isFenced = false;
    for (const line of text.split('\n').slice(0, MOST_LINES)) {
      if (/^\s{0,3}(?:```|~~~)/.test(line)) isFenced = !isFenced;
      else if (isFenced || /^(?:\s{2,}|\t|\$ )\S/.test(line)) {
        const example = exampleOf(line, name);
        if (example !== null && found.size < MOST_EXAMPLES) found.set(example.args.join('\0'), example);
      }
    }
  }
  return [...found.values()];
}

const MOST_LINES = 4_000;

function exampleOf(line: string, name: string): Example | null {
  if (line.length > 400 || /\.\.\.|…|\\$/.test(line)) return null;
  const typed = line.trim().replace(/^[$%>]\s+/, '');
  const piped = pipedInto(typed);
  const [command = ''] = (piped?.rest ?? typed).split(/\s(?:#|&&|\|\||[|;>&<])(?:\s|$)/, 1);
  const words = wordsOf(filled(command, () => false)).map((word) => word.replace(/^"(.*)"$/, '$1'));
  while (words.length > 0 && /^(?:npx|uvx|pipx|run|-y|bunx)$/.test(words[0]!)) words.shift();
  if (words.shift() !== name) return null;
  // Words that are prose, and synopses: `name [options] FILE`.
  if (words.some((word) => /^\[|[“”]|^[A-Z_]{3,}$/.test(word)) || words.length > 30) return null;
  return { args: words, input: piped?.input ?? null };
}
