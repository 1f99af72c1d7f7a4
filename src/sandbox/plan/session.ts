import { posix } from 'node:path';
import type { TargetFile, Unit } from '../../model/target.ts';
import { commandsIn, examplesOf } from './documents.ts';
import type { PlannedRun } from './run.ts';
import { scriptProgram } from './scripts.ts';
import { inputFor } from './standard-input.ts';
import { beginningOf } from './text.ts';

/** Commands of a document that are typed; few have a third of it. */
const MOST_TYPED = 100;

/** The commands of a skill's SKILL.md as one shell session; empty when it shows none. */
export function sessionRuns(unit: Unit, files: readonly TargetFile[]): readonly PlannedRun[] {
  const document = files.find(
    ({ path }) => posix.dirname(path) === unit.path && /(?:^|\/)SKILL\.md$/i.test(path),
  );
  if (document === undefined) return [];
  const shown = commandsIn(beginningOf(document), existsIn(unit.path, files));
  const commands = shown.slice(0, MOST_TYPED);
  if (commands.length === 0) return [];
  const next = shown[MOST_TYPED];
  const label = ['bash', document.path];
  const inputs = commands.map((command) => readBy(command, unit.path, files));
  return [
    {
      program: 'session',
      label,
      path: document.path,
      roots: [],
      modules: [],
      arguments: [],
      commands,
      ...(inputs.some((input) => input !== '') ? { inputs } : {}),
      ...(next !== undefined ? { cut: `commands of ${document.path} from ${firstLine(next)} on` } : {}),
    },
  ];
}

function firstLine(command: string): string {
  return command.split('\n', 1)[0]!.slice(0, 60);
}

/** What a command's script finds on its standard input, where it reads one and the command gives it none; else empty. */
function readBy(command: string, folder: string, files: readonly TargetFile[]): string {
  if (/[|<\n]/.test(command)) return '';
  for (const file of files) {
    const program = scriptProgram(file);
    const path = folder === '.' ? file.path : file.path.slice(folder.length + 1);
    if (program === null || examplesOf(path, [command]).length === 0) continue;
    return inputFor(beginningOf(file), program) ?? '';
  }
  return '';
}

/** All commands that the documents of a unit show, for what they say of its scripts. */
export function shownCommands(unit: Unit, files: readonly TargetFile[]): readonly string[] {
  return files
    .filter(({ path }) => /\.md$/i.test(path))
    .slice(0, 50)
    .flatMap((file) => commandsIn(beginningOf(file), existsIn(unit.path, files)));
}

function existsIn(folder: string, files: readonly TargetFile[]): (path: string) => boolean {
  const known = new Set(files.map(({ path }) => path));
  return (path) => known.has(posix.join(folder, path));
}
