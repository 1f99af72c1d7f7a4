import type { Capability } from './capability.ts';
import type { Language } from './program.ts';

/**
 * What flows. A source puts a label on a value, a sink is reached by labelled values. `secret` (key files, other programs'
 * credentials), `credential` (one key read by its name: the program's own, as an API client needs it), `environment` (the whole environment, or many variables), `file` (content of a file that is not known to be secret),
 * `conversation` (what the user and the agent said), `network` (downloaded), `rows` (of a data set that is named by its place in a public collection), `user-input` (comes in through a request), `terminal-input` (typed or piped in by whoever started the program), `model-output`, `observation`,
 * `action`, `system-info` (host, user, addresses), `clipboard`, `screen`, `recording` (microphone, camera), `keystrokes`, `decoded` (came out of a decoder),
 * `held-secret` (what the program holds and a text calls a key or password, or a variable that is named at run time: only showing it is wrong),
 * `module-names` (the names in a module that can do harm, or what they stand for), `picked-name` (one of them that was searched for), `command` (the text of a command that downloads and runs, or opens a shell to elsewhere), `unread` (data of the program itself in which nobody can read what it says), `user-path` (the path of whatever lies in a folder of the user's or the system's own, as a listing gives it), `encoded` (came out of an encoder whose letters fit into a name of a host).
 */
export const SOURCE_LABELS = [
  'secret',
  'credential',
  'environment',
  'file',
  'conversation',
  'network',
  'rows',
  'user-input',
  'terminal-input',
  'model-output',
  'observation',
  'action',
  'system-info',
  'clipboard',
  'screen',
  'recording',
  'keystrokes',
  'decoded',
  'held-secret',
  'module-names',
  'picked-name',
  'command',
  'unread',
  'user-path',
  'encoded',
] as const;
export type SourceLabel = (typeof SOURCE_LABELS)[number];

/**
 * Where a value may end, as far as a model of an API can say: sent out (`network`: in the address or the body; `network-header`: in a
 * header, where a program's own key belongs), run as code or as a command, taken for the name of a module to load, deserialized, written
 * to a place that persists or steers an agent, the path of what is deleted (`deleted`) or emptied and written anew (`overwritten`), shown as a `page` of HTML, handed to a `log` (which may be kept here or sent away), the address that a visitor is sent on to (`redirect`), or the
 * name of the `variable` of the environment that is read.
 */
export const MODELLED_SINKS = [
  'network',
  'network-header',
  'dns',
  'code',
  'module',
  'process',
  'deserialize',
  'file',
  'persist',
  'agent-config',
  'sql',
  'template',
  'output',
  'path',
  'deleted',
  'overwritten',
  'page',
  'log',
  'redirect',
  'variable',
] as const;

/**
 * A modelled sink; or `answer`: a tool gives it to the model that called it; or `address`: it says which host a request goes to; or
 * `process-argument`: an argument of a fixed program that runs none of them, without a shell between; or `unmodelled`: an imported
 * library that no model knows; or `unmodelled-runner`: one whose name says that it runs or loads what it is given; or `callee`: it is
 * called; or `digest`: it is compared with a number or text that reads like a digest; or `header-text`: it stands in a header that is
 * none of those by which services are shown keys; or `tool-description`: it is all that a tool of the program's own says of itself.
 */
export type SinkLabel =
  | (typeof MODELLED_SINKS)[number]
  | 'answer'
  | 'address'
  | 'process-argument'
  | 'unmodelled'
  | 'unmodelled-runner'
  | 'callee'
  | 'digest'
  | 'header-text'
  | 'tool-description';

/**
 * Points at an argument: a number is a position from 0, a string a keyword (`data`), a redirection (`stdin`), or for a command an
 * option (`-d`, `--data`). `1.body` is the entry `body` of the record given as argument 1, `0.*` each entry of a list or record. `receiver` is the object a method is
 * called on, `*` every argument; among sinks, `file-content` is what the file holds whose path is an argument.
 */
export type ArgumentReference = number | string;

/** What an argument must look like for the model or rule to apply; everything given must hold. */
export interface ArgumentCondition {
  /** Any of these: it holds when it holds for one that is present. */
  readonly at: ArgumentReference | readonly ArgumentReference[];
  readonly equals?: string | number | boolean | null;
  /** Regular expression, searched in the folded constant text. */
  readonly matches?: string;
  /** Name of a class of `rules/models/classes/*.yml` that the folded text belongs to. */
  readonly class?: string;
  /** `constant`: folds to a known value; `dynamic`: does not; `obfuscated`: folds, but only through a decoder or assembly from pieces. */
  readonly folds?: 'constant' | 'dynamic' | 'obfuscated';
  /** True: must be absent. */
  readonly absent?: boolean;
  /** The host that its text names, wherever in it, is neither that of the argument given here nor below or above it; both name one. */
  readonly otherHostThan?: ArgumentReference | readonly ArgumentReference[];
}

/** What one function, method or command does. */
export interface Api {
  /**
   * Resolved names: `urllib.request.urlopen`, `child_process.exec`, `curl`. A method of an object that a modelled call returned is
   * `<returns>.<method>` (`requests.Session.get`). `*` stands for one part of a name, `{get,head}` for either part (in the YAML only:
   * loading writes the names out).
   */
  readonly names: readonly string[];
  readonly when?: readonly ArgumentCondition[];
  readonly capabilities?: readonly Capability[];
  /** Where the evidence's detail is found and what sort of thing it is; without it the detail is `*`. */
  readonly detail?: {
    readonly argument: ArgumentReference | readonly ArgumentReference[];
    readonly as: 'host' | 'path' | 'command' | 'variable' | 'module' | 'text';
  };
  /** Labels of the value it returns. */
  readonly source?: readonly SourceLabel[];
  readonly sinks?: readonly { readonly label: SinkLabel; readonly arguments: readonly ArgumentReference[] }[];
  /** Which arguments flow into the result. Without it: all of them (also for calls without a model). */
  readonly propagates?: readonly ArgumentReference[];
  /** Arguments that the result flows into as well: a buffer that is filled, `receiver` for a parser that keeps what it has read. */
  readonly fills?: readonly ArgumentReference[];
  /** Sinks that what it returns does no harm in: a file's bare name is no way out of a folder. */
  readonly clears?: readonly SinkLabel[];
  /** Arguments that name a file which is made of what it returns: `scrot out.png`, `tar czf out.tgz folder`. */
  readonly leaves?: readonly ArgumentReference[];
  /** Arguments that name a file of which it sends what is in it: `client.uploadFrom(path)`. */
  /** Starts a program with its arguments as words, none of which a shell reads: `create_subprocess_exec('git', 'log', path)`. */
  readonly takesWords?: true;
  readonly sendsFile?: readonly ArgumentReference[];
  /**
   * What it returns was handed to the program by whoever started it: words of its command line, options by name (the result is an object
   * whose members are the options), or its standard input.
   */
  readonly given?: 'words' | 'options' | 'input';
  /** Labels that the result no longer carries. */
  readonly sanitizes?: readonly SourceLabel[];
  /** The value it returns is an object of this name; its methods are looked up under it. */
  readonly returns?: string;
  /** It reads the file named by this argument: `secret.read` for a path of the class `secret-path`, `fs.read` otherwise. */
  readonly reads?: ArgumentReference | readonly ArgumentReference[];
  /**
   * It writes the file named by `path`: `persist` for a `persistence-path`, `agent.control` for an `agent-config-path`, `fs.write`
   * otherwise. `content` ends in the file.
   */
  readonly writes?: {
    readonly path: ArgumentReference | readonly ArgumentReference[];
    readonly content?: ArgumentReference | readonly ArgumentReference[];
  };
  /** Turns text back into what it hides; the folder undoes it when the argument is constant. */
  readonly decodes?:
    'base64' | 'base32' | 'base85' | 'hex' | 'rot13' | 'zlib' | 'gzip' | 'url' | 'reverse' | 'charcodes';
}

/** One file under `rules/models/<language>/`. */
export interface ApiModelFile {
  readonly library: string;
  /** `javascript` covers TypeScript too. */
  readonly language: Extract<Language, 'python' | 'javascript' | 'ruby' | 'go' | 'shell' | 'powershell'>;
  /** For commands: the options that take a value, so that positions count operands only. Keyed by command. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** Packages that are known: what none of the entries names of them does nothing of note. */
  readonly modules?: readonly string[];
  readonly apis: readonly Api[];
}

/** One file under `rules/models/classes/`: what kinds of paths, variables, hosts and commands there are. */
export interface ClassFile {
  readonly classes: readonly {
    /** `secret-path`, `persistence-path`, `agent-config-path`, `secret-variable`, `metadata-host`, `drop-host`, `shell`, … */
    readonly name: string;
    readonly of: 'path' | 'variable' | 'host' | 'command';
    /** Globs: `*` within a path part, `**` across parts; `~` is the home folder in all its spellings. Case-insensitive for hosts. */
    readonly patterns: readonly string[];
    /** Globs that are not members though a pattern matches. */
    readonly except?: readonly string[];
  }[];
}
