import type { Api } from '../../../model/api-model.ts';
import type { ClassIndex } from '../../../rules/classes.ts';
import { textOf } from '../../fold/constant.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { isOfClass } from '../calls/conditions.ts';
import { runsItsWords } from '../shell/wrappers.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Classes of commands whose arguments are run, fetched or installed. */
const RUNNING_CLASSES: readonly string[] = ['shell', 'interpreter', 'download-tool', 'package-installer'];

/** Values that name the interpreter which runs the text itself. */
export const OWN_INTERPRETERS: ReadonlyMap<string, string> = new Map([
  ['sys.executable', 'python3'],
  ['process.execPath', 'node'],
  ['process.argv0', 'node'],
]);

function isRunner(classes: ClassIndex, name: string): boolean {
  return runsItsWords(name) || RUNNING_CLASSES.some((className) => isOfClass(classes, className, name));
}

/**
 * The program when an argument of a call that starts one holds words for it (`run(['git', …])`, `execFile('git', […])`): a known
 * program that runs none of its arguments, and no shell between. Null for anything else.
 * @param api what is called; one whose command stands second (`containers.run(image, command)`) names no program before it
 */
export function fixedProgram(walk: Walk, value: Value, args: BoundArguments, api: Api): Value | null {
  const [first, second, third] = args.positional;
  const isShell =
    args.named.get('shell')?.constant?.value === true ||
    [second, third].some((options) => {
      const shell = options?.entries?.get('shell')?.constant;
      return shell !== undefined && shell?.value !== false;
    });
  const places = [api.detail?.argument ?? 0].flat();
  // `system('git', 'log', path)` of Ruby gives each word by itself.
  const areWords = walk.customs.startsWithWords || api.takesWords === true;
  const isBehind = value === second || (areWords && value !== first && value.elements === null);
  const isBehindProgram = isBehind && first !== undefined && places[0] !== 1;
  const program = isBehindProgram ? first : value.elements?.[0];
  if (program === undefined || isShell) return null;
  const name = textOf(program.constant) ?? OWN_INTERPRETERS.get(program.name ?? '') ?? null;
  if (name === null) return null;
  const { classes } = walk.gathering.knowledge;
  if (!isRunner(classes, name)) return program;
  const behind = api.takesWords === true ? args.positional.slice(1) : (value.elements ?? []);
  const words = isBehindProgram ? behind : (value.elements?.slice(1) ?? []);
  return isOfClass(classes, 'interpreter', name) && startsFixedScript(words) ? program : null;
}

/** True for words of an interpreter that begin with a script, or `-m` and a module: what follows are that script's own arguments. */
function startsFixedScript([first, second]: readonly Value[]): boolean {
  if (first === undefined) return false;
  if (textOf(first.constant) === '-m') return /^[\w.]+$/.test(textOf(second?.constant ?? null) ?? '');
  const last = first.pieces?.at(-1);
  const end = textOf(first.constant) ?? (typeof last === 'string' ? last : null);
  return end !== null && /^(?!-).*[\w-]\.(?:py|[cm]?[jt]s|rb|pl|php|lua|R)$/.test(end);
}
