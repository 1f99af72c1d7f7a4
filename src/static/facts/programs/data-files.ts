import type { Setting } from '../../../model/program.ts';
import type { FlowGraph } from '../flow-graph.ts';
import { isTelling, mayCarry, piecesOf } from '../texts/carried-commands.ts';
import type { ReadText } from '../texts/read-text.ts';
import { ProgramFiles } from './program-files.ts';

/** Texts of one data file that are followed, and of how much of it, in UTF-16 units. */
const MAX_TEXTS = 500;
const MAX_LENGTH = 1024 * 1024;
/** Words of one command. */
const MAX_WORDS = 64;

/** A file that programs may load, parsed. */
interface DataFile {
  readonly path: string;
  readonly read: ReadText;
}

/** A command as a data file has it: a text, or a list of words. */
type Command = string | readonly string[];

/** Lists of texts among settings, as words of commands. */
function wordLists(settings: readonly Setting[]): readonly (readonly string[])[] {
  const lists = new Map<string, string[]>();
  for (const { path, value } of settings) {
    if (typeof value !== 'string' || !/^\d{1,3}$/.test(path.at(-1) ?? '')) continue;
    const key = path.slice(0, -1).join('\0');
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [value]);
    else if (list.length < MAX_WORDS) list.push(value);
  }
  return [...lists.values()].filter((words) => words.length > 1);
}

/** Texts of a data file that may be commands. */
function commandsIn({ read }: DataFile): readonly Command[] {
  const texts = read.settings.flatMap(({ setting: { value } }) => (typeof value === 'string' ? [value] : []));
  const lists = wordLists(read.settings.map(({ setting }) => setting));
  const [whole] = read.layers;
  const isSettings = read.settings.length > 0 || whole === undefined;
  const lines = isSettings ? [] : whole.layer.source.text.slice(0, MAX_LENGTH).split('\n');
  const isWanted = (command: Command): boolean =>
    isTelling(typeof command === 'string' ? command : command.join(' '));
  return [...texts, ...lists, ...lines.filter(isTelling).flatMap(piecesOf)]
    .filter(isWanted)
    .slice(0, MAX_TEXTS);
}

/** Files of a target that programs load to run what stands in them: commands in them flow to whoever reads the file. */
export class DataFiles {
  readonly #files: ReadonlyMap<string, readonly Command[]>;
  readonly #names: ReadonlySet<string>;
  readonly #find: ProgramFiles;
  readonly #nodes = new Map<string, number>();

  constructor(files: readonly DataFile[]) {
    const found = new Map<string, readonly Command[]>();
    for (const file of files) {
      const [whole] = file.read.layers;
      if (whole === undefined || !/^(?:json|yaml|toml|ini|text)$/.test(whole.layer.language)) continue;
      if (!mayCarry(whole.layer.source.text)) continue;
      const commands = commandsIn(file);
      if (commands.length > 0) found.set(file.path, commands);
    }
    this.#files = found;
    this.#names = new Set([...found.keys()].map(nameOf));
    this.#find = new ProgramFiles(found);
  }

  /**
   * The node of what is known of the content of files that a name may mean; 0 when none of them holds a command.
   * @param path of the file whose code names it
   */
  nodeOf(graph: FlowGraph, path: string, written: string): number {
    if (this.#names.size === 0 || !this.#names.has(nameOf(written))) return 0;
    return graph.join(this.#find.find(path, written).map((found) => this.#nodeOf(graph, found)));
  }

  #nodeOf(graph: FlowGraph, path: string): number {
    const known = this.#nodes.get(path);
    if (known !== undefined) return known;
    const content = graph.newNode();
    if (content === 0) return 0;
    this.#nodes.set(path, content);
    for (const command of this.#files.get(path) ?? []) {
      const node = graph.newNode();
      if (node === 0) continue;
      graph.carriedTexts.set(node, command);
      graph.connect(node, content);
    }
    return content;
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
