import type { TargetFile } from '../../model/target.ts';
import { frontendFor } from '../../static/frontends/registry.ts';
import type { CommandLine, Definition } from './definitions.ts';
import { commandLineOf } from './definitions.ts';
import type { FilesRead } from './read-files.ts';
import { filesRead, keyOf } from './read-files.ts';
import { beginningOf } from './text.ts';
import { valueFor } from './values.ts';

/** Command lines tried for one script. */
const MOST_LINES = 2;

const DEFINES = /add_argument|argparse|\bclick\b|\btyper\b|commander|yargs|\.option\(/;

/**
 * Command lines that should get a script to work: from the arguments that its source defines, else from the usage line it would print
 * and the places of the arguments that it reads. Nothing is executed.
 * @returns lists of words; empty when its source says nothing
 */
export async function argumentLines(file: TargetFile): Promise<readonly (readonly string[])[]> {
  const text = beginningOf(file);
  const isPython = /\.py$/.test(file.path) || /^#!.*python/.test(text);
  const isNode = /\.[cm]?js$/.test(file.path) || /^#!.*node/.test(text);
  const read = filesRead(text);
  if (DEFINES.test(text) && (isPython || isNode)) {
    const language = isPython ? 'python' : 'javascript';
    const { program } = (await frontendFor(language)).parse(text, language, file.path);
    const lines = program === null ? [] : linesOf(withReads(commandLineOf(program), read));
    if (lines.length > 0) return lines;
  }
  const byPlace = wordsByPlace(text, read);
  const usage = wordsOfUsage(text, byPlace.length);
  const words = usage === null || usage.length === 0 ? byPlace : usage;
  return words.length === 0 ? [] : [words];
}

/** Notes which of the arguments are files that the program reads. */
function withReads({ definitions, commands }: CommandLine, read: FilesRead): CommandLine {
  return {
    commands,
    definitions: definitions.map((each) => ({ ...each, readAs: read.get(keyOf(each.name)) })),
  };
}

function linesOf({ definitions, commands }: CommandLine): readonly (readonly string[])[] {
  if (definitions.length === 0 && commands.length === 0) return [];
  const common = definitions.filter(({ command }) => command === null);
  if (commands.length === 0) return [wordsFor(common)];
  return commands.slice(0, MOST_LINES).map((name) => {
    const own = definitions.filter(({ command }) => command === name);
    return [...wordsFor(common.filter(({ flag }) => flag !== null)), name, ...wordsFor(own)];
  });
}

/** Options that take a value first, each with one; then what is told by its place. Switches stay off, but for dry runs. */
function wordsFor(definitions: readonly Definition[]): readonly string[] {
  const named = definitions.filter(({ flag }) => flag !== null);
  const placed = definitions.filter(({ flag, required }) => flag === null && required);
  return [
    ...named.flatMap((each) => (isGiven(each) ? [each.flag!, valueFor(each)] : [])),
    ...placed.map(valueFor),
  ];
}

/** What has a default works without. */
function isGiven({ required, takesValue, defaultText }: Definition): boolean {
  return takesValue && (required || defaultText === null);
}

/**
 * `Usage: script.py [options] FILE <url>` as words.
 * @param places how many arguments are read by their places; what stands in brackets is wanted when that makes as many
 */
function wordsOfUsage(text: string, places: number): readonly string[] | null {
  const usage =
    /\busage:?\s*(?:["'`]?\s*)?(?:python3?\s+|node\s+|bash\s+|\.\/)?(?:\S+\.(?:py|js|mjs|cjs|sh)|\$0|\$\{?\w+\}?|\{[\w.[\]]+\}|%s)((?:[ \t]+[^\s"'`\\]+)*)/i.exec(
      text,
    )?.[1];
  if (usage === undefined) return null;
  const words: string[] = [];
  const parts = [...usage.matchAll(/\[[^\]]*\]|<[^>]*>|\S+/g)].map(([part]) => part);
  const isBracketWanted = parts.length === places && !parts.some((part) => part.startsWith('[-'));
  for (const word of parts) {
    if (word.startsWith('[') && !isBracketWanted) continue;
    const name = word.replace(/[[\]<>{}.|]/g, '');
    if (name === '' || words.length >= 12) continue;
    words.push(
      word.startsWith('-') ? word : valueFor({ name, type: '', choices: [], defaultText: null, help: '' }),
    );
  }
  return words;
}

const PLACES = [/\bsys\.argv\[(\d)\]/g, /\bprocess\.argv\[(\d)\]/g, /"?\$\{?([1-9])\b/g] as const;

/** As many arguments as the script reads by their places, each named after what it is assigned to. */
function wordsByPlace(text: string, read: FilesRead): readonly string[] {
  const [python, node, shell] = PLACES;
  const isShell = /^#!.*\b(?:ba|z)?sh\b/.test(text) || !/\b(?:import|require|const|let)\b/.test(text);
  const found = new Map<number, string>();
  const pattern = text.includes('sys.argv')
    ? python
    : text.includes('process.argv')
      ? node
      : isShell
        ? shell
        : null;
  if (pattern === null) return [];
  for (const match of text.matchAll(pattern)) {
    const place = Number(match[1]) - (pattern === node ? 1 : 0);
    const before = text.slice(Math.max(0, match.index - 60), match.index);
    const name = /([A-Za-z_]\w*)\s*=\s*(?:\w+\()?["']?$/.exec(before)?.[1] ?? '';
    if (place >= 1 && place <= 9 && !found.has(place)) found.set(place, name);
  }
  const most = Math.max(0, ...found.keys());
  return Array.from({ length: most }, (_, index) => {
    const place = index + 1;
    const readAs = read.get(
      pattern === shell ? `$${place}` : `argv[${pattern === node ? place + 1 : place}]`,
    );
    return valueFor({
      name: found.get(place) ?? '',
      type: '',
      choices: [],
      defaultText: null,
      help: '',
      readAs,
    });
  });
}
