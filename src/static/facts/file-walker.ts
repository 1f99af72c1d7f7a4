import type { ParsedText, Program } from '../../model/program.ts';
import { plain } from '../fold/constant.ts';
import type { Steps } from '../frontends/steps.ts';
import { sentencesOf } from '../prose/index.ts';
import { fixedText } from '../source-text.ts';
import { parametersOf } from './calls/made-functions.ts';
import { markClass } from './walk/definitions.ts';
import type { CallFact, Facts, Layer } from './facts.ts';
import { Frame } from './walk/frame.ts';
import { type HiddenLayer, HiddenTexts } from './texts/hidden-texts.ts';
import { DataFiles } from './programs/data-files.ts';
import { GoPackages } from './programs/go-packages.ts';
import { ModuleIndex } from './programs/module-paths.ts';
import { connectPrograms } from './programs/connect-programs.ts';
import { ProgramInterface } from './programs/program-interface.ts';
import { modelLanguageOf } from './names.ts';
import { type ModuleFile, OwnModules } from './programs/own-modules.ts';
import { runArrived } from './texts/arrived-commands.ts';
import { agentProse, type FactsInput, parseText, type ReadText } from './texts/read-text.ts';
import { sentencesOfStrings } from './texts/shown-texts.ts';
import { registeredClasses } from './programs/registrations.ts';
import { sharedVariables } from './walk/shared-variables.ts';
import { SourcedScripts } from './programs/sourced-scripts.ts';
import { type StartableFile, StartedPrograms } from './programs/started-programs.ts';
import { walkOnCall, walkWaiting } from './walk/function-bodies.ts';
import { walkStatements } from './walk/statements.ts';
import { moduleFrame } from './walk/module-frame.ts';
import { takeWaitingTurns } from './walk/turns.ts';
import { constantValue, flowingValue } from './values/value.ts';
import { Walk } from './walk/walk.ts';
import { FileNotes } from './file-notes.ts';
import type { Gathering, InnerCode } from './gathering.ts';

/** A file while it is walked, and what is known of it afterwards. */
interface WalkedFile extends ModuleFile, StartableFile {
  /** Every text of it that was walked, those found in constant texts included. */
  readonly layers: Layer[];
  readonly sentences: Facts['sentences'][number][];
  /** Code in constant texts that was walked: what hides it is not walked again. */
  readonly innerTexts: Set<string>;
  frame: Frame | null;
  /** What it is given and gives when it is started. */
  readonly program: ProgramInterface;
}

/** How many scripts of one hidden page are followed. */
const MAX_HIDDEN_FRAGMENTS = 200;
/** Statements that raise an error, in all languages. */
const RAISING = /\b(?:raise|throw)\b/i;

/** A generator that does something with what it is sent. */
const TAKING = /[=(]\s{0,4}(?:\(\s{0,4})?yield\b/;

/** Walks files that are looked at together, each once. */
export class FileWalker {
  readonly gathering: Gathering;
  readonly files: readonly WalkedFile[];
  readonly #byPath: ReadonlyMap<string, WalkedFile>;
  readonly #programs: StartedPrograms<WalkedFile>;
  readonly #packages: GoPackages<WalkedFile>;
  /** Inner texts up to here have been gone through. */
  #innerSeen = 0;
  readonly #owners = new Map<Layer, WalkedFile>();
  readonly #hidden: HiddenTexts;

  constructor(gathering: Gathering, reads: readonly { input: FactsInput; read: ReadText }[]) {
    this.gathering = gathering;
    gathering.mayRaise = reads.some(({ read }) =>
      read.layers.some(({ layer }) => RAISING.test(layer.source.text)),
    );
    gathering.maySend = reads.some(({ read }) =>
      read.layers.some(({ layer }) => TAKING.test(layer.source.text)),
    );
    this.#hidden = new HiddenTexts(gathering);
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
    this.#packages = new GoPackages(this.files);
    this.#programs = new StartedPrograms(gathering, this.#byPath);
    const modules = new OwnModules(this.files, (file) => {
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

  /** Walks all files: hooks first, since they say when others run; then in the order given, modules before those who import them. */
  *walkAll(): Steps<void> {
    const isHook = ({ read }: WalkedFile): boolean =>
      read.layers.some(({ layer }) => layer.scope === 'install-hook' || layer.scope === 'agent-hook');
    this.#programs.startEntries();
    const waiting = [...this.files.filter(isHook), ...this.files.filter((file) => !isHook(file))];
    // The list grows while it is gone through: what a hook starts has its turn next.
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      this.#walkFile(next);
      yield* this.#walkTextsInTexts();
      waiting.unshift(...this.#programs.startedByHooks());
    }
  }

  /** Runs commands where they arrive, when it is known what flows where. */
  *runArrived(): Steps<void> {
    runArrived(this.gathering);
    yield* this.#walkTextsInTexts();
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
    this.#hidden.addSettings(file.read.settings);
    /** Cells of a notebook, and fenced blocks of a text, see each other's variables. */
    const shared = new Map<string, Frame>();
    for (const { layer, role, parsed, variables } of file.read.layers) {
      this.#own(file, layer);
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
      this.#walkProgram(program, layer, null, frame, role === null ? file.program : undefined);
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
      this.#hidden.addSettings(file.read.settings);
      file.frame = frame;
      for (const { layer, role, parsed } of file.read.layers) {
        this.#own(file, layer);
        const program = parsed?.program ?? null;
        if (program === null) continue;
        if (role !== null) {
          this.#walkProgram(program, layer, null, moduleFrame(gathering, program));
          continue;
        }
        const walk = this.#beginProgram(program, layer, null, frame, file.program);
        if (walk !== null) begun.push({ file, walk });
      }
    }
    for (const { file, walk } of begun) {
      gathering.file = file.notes;
      walkWaiting(walk);
      takeWaitingTurns(walk);
    }
  }

  #own(file: WalkedFile, layer: Layer): void {
    file.layers.push(layer);
    this.gathering.layers.push(layer);
    this.#owners.set(layer, file);
    this.gathering.owners.set(layer, file.notes);
  }

  #walkProgram(
    program: Program,
    layer: Layer,
    inside: ConstructorParameters<typeof Walk>[3],
    frame: Frame,
    own?: ProgramInterface,
  ): void {
    const walk = this.#beginProgram(program, layer, inside, frame, own);
    if (walk === null) return;
    walkWaiting(walk);
    takeWaitingTurns(walk);
  }

  /** Walks what stands outside functions; null for what is no program. */
  #beginProgram(
    program: Program,
    layer: Layer,
    inside: ConstructorParameters<typeof Walk>[3],
    frame: Frame,
    own?: ProgramInterface,
  ): Walk | null {
    const { gathering } = this;
    const language = modelLanguageOf(program.language);
    if (language === null) return null;
    for (const [name, value] of inside?.holes ?? []) frame.assign(name, value, gathering.graph, true);
    const walk = new Walk(gathering, layer, language, inside, frame, own);
    walk.shared = sharedVariables(program, layer.source.text);
    gathering.walks.set(layer, walk);
    walkOnCall(walk);
    walkStatements(walk, program.body);
    return walk;
  }

  /** Code in constant texts, and what texts hide; either may hold more. */
  *#walkTextsInTexts(): Steps<void> {
    const { innerCode } = this.gathering;
    for (let found = this.#hidden.next(); ; found = this.#hidden.next()) {
      for (; this.#innerSeen < innerCode.length; this.#innerSeen++)
        yield* this.#walkInner(innerCode[this.#innerSeen]!);
      for (const each of found) yield* this.#walkHidden(each);
      if (found.length === 0 && this.#innerSeen === innerCode.length) return;
    }
  }

  /** Parses a text that was found in another one. */
  *#parse(file: WalkedFile, layer: Layer): Steps<ParsedText | null> {
    const { gathering } = this;
    gathering.file = file.notes;
    this.#own(file, layer);
    gathering.mayRaise ||= RAISING.test(layer.source.text);
    const parsed = yield* parseText(layer.source.text, layer.language, file.path);
    // A text that is no code gives its interpreter nothing to run either; only one that could not be read at all is missing. Bytes
    // that begin like a pickle and break off before the first import or call are a digest or a key.
    if (parsed?.status === 'unparsed' && (layer.language !== 'pickle' || parsed.isCutOff === true))
      gathering.miss({ reason: `code in a text: ${parsed.problem ?? 'not understood'}`, blocking: true });
    return parsed;
  }

  *#walkInner(inner: InnerCode): Steps<void> {
    const file = this.#owners.get(inner.layer);
    if (file === undefined) return;
    file.innerTexts.add(inner.text);
    const layer: Layer = {
      language: inner.language,
      source: inner.isDecoded
        ? this.#hidden.decodedSource(inner.layer, inner.text, inner.span)
        : fixedText(inner.layer.source, inner.text, inner.span),
      scope: inner.scope,
    };
    const parsed = yield* this.#parse(file, layer);
    if (parsed === null || parsed.program === null) return;
    const frame = new Frame('module', inner.frame);
    if (inner.isBody && inner.function !== null)
      parametersOf(inner.function).forEach((value, name) => {
        frame.assign(name, value, this.gathering.graph, true);
      });
    this.#walkProgram(parsed.program, layer, inner, frame);
  }

  /** Code is walked as if it stood where its encoding stands. */
  *#walkHidden({ found, outer, layer, function: owner }: HiddenLayer): Steps<void> {
    const file = this.#owners.get(outer);
    if (file === undefined || file.innerTexts.has(found.text)) return;
    if (found.kind === 'prose' || found.language === 'text') {
      this.#own(file, layer);
      if (found.kind !== 'prose') return;
      for (const sentence of sentencesOf(found.text, { role: 'hidden' }))
        file.sentences.push({ sentence, layer });
      return;
    }
    const inside = {
      holes: new Map(),
      guard: null,
      function: owner,
      outputNode: 0,
      isHidden: true,
      depth: 1,
      program: file.program,
    };
    // The list grows while it is gone through: a hidden page has scripts.
    const layers = [layer];
    for (const each of layers) {
      const parsed = yield* this.#parse(file, each);
      if (parsed === null) continue;
      if (parsed.program !== null) this.#walkProgram(parsed.program, each, inside, new Frame('module', null));
      for (const sentence of [...parsed.sentences, ...agentProse(parsed, each)])
        file.sentences.push({ sentence, layer: each });
      for (const { language, text } of parsed.fragments) {
        if (layers.length >= MAX_HIDDEN_FRAGMENTS)
          this.gathering.miss({ reason: 'more code in hidden texts than is followed', blocking: true });
        else layers.push({ ...layer, language, source: { ...layer.source, text } });
      }
    }
  }

  /** Ties programs to what starts them. */
  connectPrograms(): void {
    const { classes } = this.gathering.knowledge;
    this.#programs.keepHanded((path) => classes.belongs('secret-path', path));
    connectPrograms(this.gathering, {
      of: (layer) => this.#owners.get(layer)?.program ?? null,
      named: ({ source }, file) =>
        this.#programs.named(source.path, { file, scope: null }).map(({ program }) => program),
      sentences: this.files.map(({ sentences }) => sentences),
    });
  }

  /** Functions that are named as entries run when those who name them say. */
  markEntries(): void {
    this.#programs.markEntries((layer) => this.#owners.get(layer));
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
    const { gathering } = this;
    const of = <Item extends { readonly layer: Layer }>(items: readonly Item[]): Map<WalkedFile, Item[]> => {
      const lists = new Map<WalkedFile, Item[]>(this.files.map((file) => [file, []]));
      for (const item of items) {
        const file = this.#owners.get(item.layer);
        if (file !== undefined) lists.get(file)?.push(item);
      }
      return lists;
    };
    const calls = of<CallFact>(gathering.calls);
    const imports = of(gathering.imports);
    const strings = of(gathering.strings);
    const classes = of(gathering.classes);
    const functions = of(gathering.functions);
    return this.files.map((file) => ({
      layers: file.layers,
      calls: calls.get(file) ?? [],
      imports: imports.get(file) ?? [],
      strings: strings.get(file) ?? [],
      classes: classes.get(file) ?? [],
      functions: functions.get(file) ?? [],
      sentences: [
        ...file.sentences,
        ...sentencesOfStrings(strings.get(file) ?? [], file.read.settings, file.sentences),
      ],
      settings: file.read.settings,
      started: this.#programs.startedBy(file),
      isSilent: file.read.isSilent,
      graph: gathering.graph,
      shortfalls: file.notes.shortfalls,
    }));
  }
}
