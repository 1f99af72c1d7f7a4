import type { Scope } from '../../../model/evidence.ts';
import { handedBy } from './connect-starts.ts';
import type { Layer } from '../facts.ts';
import { entriesOfSetup, type FoundEntry, markEntries, namedEntries } from './named-entries.ts';
import { ProgramFiles } from './program-files.ts';
import type { FactsInput, ReadText } from '../texts/read-text.ts';
import { hookScope, type StartedFile } from './started-files.ts';
import type { FileNotes } from '../file-notes.ts';
import type { Gathering } from '../gathering.ts';

/** A file that others may start. */
export interface StartableFile {
  readonly path: string;
  readonly input: FactsInput;
  readonly read: ReadText;
  readonly notes: FileNotes;
  /** Its texts that were walked; empty before its turn. */
  readonly layers: readonly Layer[];
}

/** How many files are kept that one file starts. */
const MAX_STARTED = 300;

/** Keeps which of the files that are looked at together start or name which others, and says when these run. */
export class StartedPrograms<File extends StartableFile> {
  readonly #gathering: Gathering;
  readonly #files: ReadonlyMap<string, File>;
  readonly #programs: ProgramFiles;
  readonly #started = new Map<File, Map<string, StartedFile>>();
  /** Starts up to here have been gone through. */
  #seen = 0;

  constructor(gathering: Gathering, files: ReadonlyMap<string, File>) {
    this.#gathering = gathering;
    this.#files = files;
    this.#programs = new ProgramFiles(files);
  }

  /** The files that a name may mean which stands in the file at a path; that it stands there is kept. */
  named(path: string, started: StartedFile): readonly File[] {
    this.#keep(path, started);
    return this.#programs.find(path, started.file).flatMap((found) => this.#files.get(found) ?? []);
  }

  /** The scripts that a script reads into itself: they run when it does. */
  sourced(path: string, written: string, scope: Scope): readonly File[] {
    if (written === '') return [];
    const files = this.named(path, { file: written, scope: null });
    for (const file of files) if (file.layers.length === 0) startAt(file, scope);
    return files;
  }

  #keep(path: string, started: StartedFile): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    const kept = this.#started.get(file) ?? new Map<string, StartedFile>();
    this.#started.set(file, kept);
    const { file: name, scope, function: called = '', hands = [] } = started;
    const key = [name, scope ?? '', called, ...hands].join('\0');
    if (kept.has(key)) return;
    if (kept.size < MAX_STARTED) kept.set(key, started);
    else file.notes.miss({ reason: 'more programs are started in it than are told apart', blocking: false });
  }

  /** Every file that a file starts or names as started, as far as it is known by now. */
  startedBy(file: File): readonly StartedFile[] {
    return [...(this.#started.get(file)?.values() ?? [])];
  }

  /** Settings say which files run by themselves, before any is walked. */
  startEntries(): void {
    for (const { path, read } of this.#files.values()) {
      for (const entry of namedEntries(path, read.settings))
        for (const file of this.named(path, entry)) {
          if (entry.scope === 'import-time') asModule(file);
          startAt(file, entry.scope);
        }
    }
  }

  /** Files not walked yet that hooks start, by the starts since the last time; they run when the hooks do. */
  startedByHooks(): readonly File[] {
    const found: File[] = [];
    const { starts } = this.#gathering;
    for (; this.#seen < starts.length; this.#seen++) {
      const { call, started } = starts[this.#seen]!;
      const scope = hookScope(call);
      if (scope === null || typeof started !== 'string') continue;
      for (const file of this.named(call.layer.source.path, { file: started, scope })) {
        if (file.layers.length > 0) continue;
        startAt(file, scope);
        found.push(file);
      }
    }
    return found;
  }

  /** Keeps what starts hand to programs that may lie elsewhere. */
  keepHanded(isSecretPath: (path: string) => boolean): void {
    for (const start of this.#gathering.starts) {
      const { started, call } = start;
      if (typeof started !== 'string') continue;
      const hands = handedBy(start, isSecretPath);
      if (hands.length > 0) this.#keep(call.layer.source.path, { file: started, scope: null, hands });
    }
  }

  /** Functions that settings, setup scripts and other bundles name as entries run when those say. */
  markEntries(ownerOf: (layer: Layer) => File | undefined): void {
    const { calls, functions } = this.#gathering;
    const entries: FoundEntry<File>[] = [];
    const add = (path: string, found: readonly StartedFile[]): void => {
      for (const entry of found) for (const file of this.named(path, entry)) entries.push({ file, entry });
    };
    for (const file of this.#files.values()) {
      add(file.path, namedEntries(file.path, file.read.settings));
      for (const entry of file.input.entries ?? []) entries.push({ file, entry });
    }
    for (const call of calls)
      if (call.outerScope === 'install-hook') add(call.layer.source.path, entriesOfSetup(call));
    markEntries(entries, functions, ownerOf);
  }
}

/** Libraries that servers for agents are made with. */
const SERVER_LIBRARY = /['"](?:@modelcontextprotocol\/|fastmcp\b|mcp-framework\b|mcp-handler\b|@mcp-)/;

/** True for a text that belongs to a server: a host starts that on its own whenever an agent does, and nobody asks for what it does then. */
export function isOfServer({ language, source }: Layer): boolean {
  return (language === 'javascript' || language === 'typescript') && SERVER_LIBRARY.test(source.text);
}

/** What tells whether a file is a program. */
type MaybeProgram = Pick<StartableFile, 'input' | 'read' | 'layers'>;

/** True for a file that says of itself that it is started, and of which nothing else is known yet. */
export function isProgram({ input, read, layers }: MaybeProgram): boolean {
  const own = read.layers[0]?.layer;
  return (
    own !== undefined &&
    layers.length === 0 &&
    input.scope === undefined &&
    own.scope === 'cli-entry' &&
    (own.language === 'javascript' || own.language === 'typescript')
  );
}

/** A file that others import or that a package gives to those who do: its outermost code runs then, whatever its first line says. */
export function asModule(file: MaybeProgram): void {
  const own = file.read.layers[0]?.layer;
  if (own !== undefined && isProgram(file)) own.scope = 'import-time';
}

/** Says when a file's outermost code runs, unless that is known from elsewhere: only what is installed runs for being named. */
function startAt({ input, read }: StartableFile, scope: Scope | null): void {
  const own = read.layers[0]?.layer;
  const isHook = scope === 'install-hook' || scope === 'agent-hook';
  if (own !== undefined && isHook && input.scope === undefined) own.scope = scope;
}
