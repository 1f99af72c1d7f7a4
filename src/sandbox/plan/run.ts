/** What sort of program runs inside, which decides how it is recorded. */
type RunProgram =
  | 'gym'
  | 'llm'
  | 'import'
  | 'python'
  | 'javascript'
  | 'node-import'
  | 'shell'
  | 'hook'
  | 'server'
  | 'session';

/** True for the probes of environments: Gym's kind, and the kind that language models are trained in. */
export function isProbe({ program }: PlannedRun): boolean {
  return program === 'gym' || program === 'llm';
}

/** One thing to run for a unit. */
export interface PlannedRun {
  readonly program: RunProgram;
  /** What a person would call it; stands in the report. */
  readonly label: readonly string[];
  /** The file it is about, relative to the target's root; findings point there. */
  readonly path: string;
  /** Folders for `sys.path`, relative to the target's root. */
  readonly roots: readonly string[];
  /** Python modules to import; empty for others. */
  readonly modules: readonly string[];
  /** Ids of environments that a manifest names; for the probe of environments only. */
  readonly environments?: readonly string[];
  /** Of a Python program that is no script: `module` as `python -m` starts it, or `module:function`. */
  readonly entry?: string;
  /** The program behind a server that is talked to. */
  readonly server?: PlannedRun;
  /** What is typed into the shell of a session, in order. */
  readonly commands?: readonly string[];
  /** What each of them finds on its standard input; empty or absent: nothing. */
  readonly inputs?: readonly string[];
  /** Variables that it is started with beside the usual ones. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What it finds on its standard input, which then ends; absent: nothing. */
  readonly input?: string;
  /** The folder that it is started in, relative to the target's root; absent: that of its file. */
  readonly folder?: string;
  /** True for a hook that an agent runs by itself, as the settings in `path` say; absent: a hook runs when the package is installed. */
  readonly isAgents?: boolean;
  /** What is run as well, at the end, when this ends with a status other than 0: its arguments were made up and may be at fault. */
  readonly otherwise?: readonly PlannedRun[];
  /** What there was more of this sort than is run, as a clause; absent: nothing. */
  readonly cut?: string;
  /** The script's arguments, or the text of a hook. */
  readonly arguments: readonly string[];
}

/** A script that Node runs. */
export function nodeRun(path: string, args: readonly string[]): PlannedRun {
  return {
    program: 'javascript',
    label: ['node', path, ...args],
    path,
    roots: [],
    modules: [],
    arguments: args,
  };
}

/** The runs, of which the first says how many more there were of their sort. */
export function withCut(runs: readonly PlannedRun[], more: number, what: string): readonly PlannedRun[] {
  const [first, ...rest] = runs;
  return more === 0 || first === undefined ? runs : [{ ...first, cut: `${more} more ${what}` }, ...rest];
}

/** Characters of an input that stand behind a command. */
const SHOWN_INPUT = 60;

/** The run with something to read, which its name says as a shell would write it. */
export function reading(run: PlannedRun, input: string): PlannedRun {
  const line = input.trim().replace(/\s+/g, ' ');
  const shown = line.length > SHOWN_INPUT ? `${line.slice(0, SHOWN_INPUT)}…` : line;
  return { ...run, input, label: [...run.label, '<<<', `'${shown.replaceAll("'", '’')}'`] };
}

/** What is to be done for a unit, most telling first. */
export interface UnitPlan {
  readonly runs: readonly PlannedRun[];
  /** What will not be run and should have been, each one clause. */
  readonly leftOut: readonly string[];
  /** What was chosen from more of its kind, each one clause; nothing is amiss. */
  readonly notes: readonly string[];
}
