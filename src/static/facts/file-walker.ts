import type { Steps } from '../frontends/steps.ts';
import { plain } from '../fold/constant.ts';
import type { Facts } from './facts.ts';
import { factsByFile } from './facts-by-file.ts';
import { FileNotes } from './file-notes.ts';
import type { Gathering } from './gathering.ts';
import { connectPrograms } from './programs/connect-programs.ts';
import { DataFiles } from './programs/data-files.ts';
import { GoPackages } from './programs/go-packages.ts';
import { moduleFamilyOf, ModuleIndex } from './programs/module-paths.ts';
import { OwnModules } from './programs/own-modules.ts';
import { ProgramInterface } from './programs/program-interface.ts';
import { registeredClasses } from './programs/registrations.ts';
import { SourcedScripts } from './programs/sourced-scripts.ts';
import { asModule, isOfServer, isProgram, StartedPrograms } from './programs/started-programs.ts';
import { runArrived } from './texts/arrived-commands.ts';
import type { FactsInput, ReadText } from './texts/read-text.ts';
import { TextsInTexts } from './texts/texts-in-texts.ts';
import { constantValue, flowingValue } from './values/value.ts';
import { markClass } from './walk/definitions.ts';
import { Frame } from './walk/frame.ts';
import { moduleFrame } from './walk/module-frame.ts';
import { beginProgram, endProgram, walkProgram } from './walk/programs.ts';
import type { Walk } from './walk/walk.ts';
import { LayerOwners, mayRaise, maySend, type WalkedFile } from './walked-file.ts';

/** Walks files that are looked at together, each once. */
export class FileWalker {
  readonly gathering: Gathering;
  readonly files: readonly WalkedFile[];
  readonly #byPath: ReadonlyMap<string, WalkedFile>;
  readonly #programs: StartedPrograms<WalkedFile>;
  readonly #packages: GoPackages<WalkedFile>;
  readonly #owners: LayerOwners;
  readonly #texts: TextsInTexts;
  readonly #index: ModuleIndex;
  /** Imports up to here have been gone through. */
  #seenImports = 0;

  constructor(gathering: Gathering, reads: readonly { input: FactsInput; read: ReadText }[]) {
    this.gathering = gathering;
    const layers = reads.flatMap(({ read }) => read.layers.map(({ layer }) => layer));
    gathering.mayRaise = layers.some(mayRaise);
    gathering.maySend = layers.some(maySend);
    this.#owners = new LayerOwners(gathering);
    this.#texts = new TextsInTexts(gathering, this.#owners);
    if (layers.some(isOfServer)) for (const { input, read } of reads) asModule({ input, read, layers: [] });
    this.files = reads.map(({ input, read }) => {
      const notes = new FileNotes(input.environments);
      for (const shortfall of read.shortfalls) notes.miss(shortfall);
      return {
        path: input.path,
        input,
        read,
        notes,
        layers: [],
        sentences: [...read.sentences],
        innerTexts: new Set(),
        frame: null,
        program: new ProgramInterface(gathering.graph),
      };
    });
    this.#byPath = new Map(this.files.map((file) => [file.path, file]));
    this.#index = new ModuleIndex(this.#byPath);
    this.#packages = new GoPackages(this.files);
    this.#programs = new StartedPrograms(gathering, this.#byPath);
    const modules = new OwnModules(this.files, (file) => {
      asModule(file);
      this.#walkFile(file);
    });
    const named = ({ layer, scope }: Walk, written: string): readonly WalkedFile[] =>
      layer.language === 'shell' ? this.#programs.sourced(layer.source.path, written, scope) : [];
    const scripts = new SourcedScripts<WalkedFile>(named, (file) => {
      this.#walkFile(file);
    });
    gathering.include = (walk, written) =>
      scripts.include(walk, written).flatMap(({ read }) => {
        const [whole] = read.layers;
        return whole === undefined || whole.layer.language === 'shell' ? [] : [whole.layer.source.text];
      });
    const data = new DataFiles(this.files);
    gathering.dataNode = ({ graph, layer }, written) => data.nodeOf(graph, layer.source.path, written);
    gathering.ownModule = (walk, name) => {
      const own = modules.exportsFor(walk, name);
      const loaded = own === null ? gathering.dataNode(walk, name) : 0;
      return loaded === 0 ? own : flowingValue(loaded);
    };
  }

  /**
   * Walks all files: hooks first, since they say when others run; then in the order given, modules before those who import them; last
   * what is started by itself, unless something has imported it by then.
   */
  *walkAll(): Steps<void> {
    const isHook = ({ read }: WalkedFile): boolean =>
      read.layers.some(({ layer }) => layer.scope === 'install-hook' || layer.scope === 'agent-hook');
    this.#programs.startEntries();
    const others = this.files.filter((file) => !isHook(file));
    const waiting = [
      ...this.files.filter(isHook),
      ...others.filter((file) => !isProgram(file)),
      ...others.filter(isProgram),
    ];
    // The list grows while it is gone through: what a hook starts has its turn next.
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (isProgram(next)) this.#markImported();
      this.#walkFile(next);
      yield* this.#texts.walkAll();
      waiting.unshift(...this.#programs.startedByHooks());
    }
  }

  /** Programs that files imported for nothing but what they do run when these do. */
  #markImported(): void {
    const { imports } = this.gathering;
    for (; this.#seenImports < imports.length; this.#seenImports++) {
      const { module, layer } = imports[this.#seenImports]!;
      const family = moduleFamilyOf(layer.language);
      const found = family === 'javascript' ? this.#index.find(layer.source.path, family, module) : null;
      const file = found === null || found === layer.source.path ? undefined : this.#byPath.get(found);
      if (file !== undefined) asModule(file);
    }
  }

  /** Runs commands where they arrive, when it is known what flows where. */
  *runArrived(): Steps<void> {
    runArrived(this.gathering);
    yield* this.#texts.walkAll();
  }

  /** Walks a file's texts; does nothing for one that has been walked. */
  #walkFile(file: WalkedFile): void {
    if (file.layers.length > 0) return;
    const { gathering } = this;
    const outer = gathering.file;
    const packageFiles = this.#packages.filesWith(file);
    if (packageFiles.length > 1) {
      this.#walkPackage(packageFiles);
      gathering.file = outer;
      return;
    }
    gathering.file = file.notes;
    this.#texts.addSettings(file.read.settings);
    /** Cells of a notebook, and fenced blocks of a text, see each other's variables. */
    const shared = new Map<string, Frame>();
    for (const { layer, role, parsed, variables } of file.read.layers) {
      this.#owners.add(file, layer);
      const program = parsed?.program ?? null;
      if (program === null) continue;
      const isShared = role === 'cell' || role === 'example';
      let frame = isShared ? shared.get(layer.language) : undefined;
      if (frame === undefined) {
        frame = moduleFrame(gathering, program);
        if (isShared) shared.set(layer.language, frame);
      }
      if (role === null) file.frame = frame;
      for (const { name, value } of variables)
        frame.assign(name, constantValue(plain(value)), gathering.graph, true);
      walkProgram(gathering, program, layer, null, frame, role === null ? file.program : undefined);
    }
    gathering.file = outer;
  }

  /** Files of one package see each other's names: all that they define is known before any function's body is walked. */
  #walkPackage(files: readonly WalkedFile[]): void {
    const { gathering } = this;
    const frame = new Frame('module', null);
    const begun: { readonly file: WalkedFile; readonly walk: Walk }[] = [];
    for (const file of files) {
      gathering.file = file.notes;
      this.#texts.addSettings(file.read.settings);
      file.frame = frame;
      for (const { layer, role, parsed } of file.read.layers) {
        this.#owners.add(file, layer);
        const program = parsed?.program ?? null;
        if (program === null) continue;
        if (role !== null) {
          walkProgram(gathering, program, layer, null, moduleFrame(gathering, program));
          continue;
        }
        const walk = beginProgram(gathering, program, layer, null, frame, file.program);
        if (walk !== null) begun.push({ file, walk });
      }
    }
    for (const { file, walk } of begun) {
      gathering.file = file.notes;
      endProgram(walk);
    }
  }

  /** Ties programs to what starts them. */
  connectPrograms(): void {
    const { classes } = this.gathering.knowledge;
    this.#programs.keepHanded((path) => classes.belongs('secret-path', path));
    connectPrograms(this.gathering, {
      of: (layer) => this.#owners.of(layer)?.program ?? null,
      named: ({ source }, file) =>
        this.#programs.named(source.path, { file, scope: null }).map(({ program }) => program),
      sentences: this.files.map(({ sentences }) => sentences),
    });
  }

  /** Functions that are named as entries run when those who name them say. */
  markEntries(): void {
    this.#programs.markEntries((layer) => this.#owners.of(layer));
  }

  /** Classes that a call in another file registers as environments are ones, whatever they look like. */
  markRegistered(): void {
    const registered = registeredClasses(this.gathering.calls, new ModuleIndex(this.#byPath));
    for (const created of this.gathering.classes) {
      const names = registered.get(created.layer.source.path);
      if (names?.has(created.name) === true && !created.isEnvironment) markClass(created, names);
    }
  }

  /** What was found, file by file. */
  facts(): readonly Facts[] {
    return factsByFile(this.gathering, this.files, this.#owners, this.#programs);
  }
}
