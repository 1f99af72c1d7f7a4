/**
 * The common syntax that every frontend lowers its language to. It keeps what analysis needs (calls, values, names,
 * scopes, conditions) and drops the rest, so that resolving, folding, flow and rules are written once for all languages.
 *
 * Conventions of the lowering, the same for every language:
 * - `await x`, parentheses, casts, type assertions, non-null marks and spreads lower to what they wrap.
 * - `a + b` and friends are `binary`; f-strings, template literals and shell words with expansions are `template`.
 * - `new C(x)` is a call of `C`. A tagged template is a call with the template as its argument.
 * - Python `import a.b as c` is `{module: 'a.b', bindings: [{imported: null, local: 'c'}]}`; `from a import b as c` is
 *   `{module: 'a', bindings: [{imported: 'b', local: 'c'}]}`; `import a.b` binds `a` with `module: 'a.b'`, `imported: null`,
 *   `local: 'a'`; `from a import *` has `imported: '*'`. JavaScript `require('m')` stays a call.
 * - A shell command `curl -d "$X" https://h` is a call whose callee is the literal-named command (`name` when it is a plain
 *   word, else the expression), one positional argument per word; `a | b` is the call of `b` with `a` as its argument named
 *   `stdin`; `$(a)` is the call itself; `> file` is an argument named `stdout` (`>>` `stdout-append`, `<` `stdin`, `2>` `stderr`);
 *   `X=v cmd` puts the assignment before the call. A here-document is the `stdin` argument, as a template.
 * - What a block of JavaScript declares is a variable of the function, under a name of its own: `x@` and where it is declared.
 * - What has no counterpart becomes `other` with its sub-expressions, so that no call inside is lost.
 */
export type Language =
  | 'python'
  | 'javascript'
  | 'typescript'
  | 'shell'
  | 'markdown'
  | 'json'
  | 'yaml'
  | 'toml'
  | 'ini'
  | 'makefile'
  | 'dockerfile'
  | 'notebook'
  | 'pickle'
  | 'pyc'
  | 'html'
  | 'powershell'
  | 'ruby'
  | 'go'
  | 'batch'
  | 'text';

/** Half-open range of UTF-16 offsets into the text that the frontend was given. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An argument as written. `name` is the keyword (`shell=True`), the shell redirection, `*` or `**` for a spread, else null. */
export interface ArgumentNode {
  readonly name: string | null;
  readonly value: Expression;
}

export type Expression =
  | {
      readonly kind: 'literal';
      readonly value: string | number | boolean | null;
      readonly span: Span;
      readonly bytes?: true;
    }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'member'; readonly object: Expression; readonly property: string; readonly span: Span }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression; readonly span: Span }
  | {
      readonly kind: 'slice';
      readonly object: Expression;
      readonly start: Expression | null;
      readonly stop: Expression | null;
      readonly step: Expression | null;
      readonly span: Span;
    }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly ArgumentNode[];
      readonly span: Span;
    }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression; readonly span: Span }
  | { readonly kind: 'template'; readonly parts: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'list'; readonly elements: readonly Expression[]; readonly span: Span }
  | {
      readonly kind: 'record';
      readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
      readonly span: Span;
    }
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
      readonly span: Span;
    }
  /** A comprehension or generator: its elements come from `iterable`, bound to `binding`. */
  | {
      readonly kind: 'comprehension';
      readonly element: Expression;
      readonly binding: Expression;
      readonly iterable: Expression;
      readonly conditions: readonly Expression[];
      readonly span: Span;
    }
  | { readonly kind: 'function'; readonly definition: FunctionNode; readonly span: Span }
  | {
      readonly kind: 'assignment';
      readonly target: Expression;
      readonly value: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'other'; readonly children: readonly Expression[]; readonly span: Span };

export interface ParameterNode {
  readonly name: string;
  readonly default: Expression | null;
  /** The type that a parameter is written with, where it names a class or may. */
  readonly annotation?: Expression;
  /** `*` and `**` in Python, `*` for a JavaScript rest parameter; null for an ordinary one. */
  readonly rest: '*' | '**' | null;
}

export interface FunctionNode {
  /** Null for a lambda, an arrow or an anonymous function expression. */
  readonly name: string | null;
  readonly parameters: readonly ParameterNode[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly documentation: string | null;
  /** What it gives, each with its type where that has a name, in a language that says so. */
  readonly results?: readonly (Expression | null)[];
  readonly span: Span;
}

export interface ImportBinding {
  /** The exported name; null for the module itself, `*` for everything, `default` for a default import. */
  readonly imported: string | null;
  readonly local: string;
}

export type Statement =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly span: Span }
  | {
      readonly kind: 'assign';
      /** Names, members, indexes, or a `list`/`record` of them for destructuring. */
      readonly target: Expression;
      readonly value: Expression;
      /** `=`, an augmented operator such as `+=`, or `:=`, which makes a variable where it stands. */
      readonly operator: string;
      /** The type that the variable is written with. */
      readonly annotation?: Expression;
      readonly span: Span;
    }
  /** `target: annotation`: a variable that is given its value elsewhere. */
  | {
      readonly kind: 'declare';
      readonly target: Expression;
      readonly annotation: Expression;
      readonly span: Span;
    }
  | { readonly kind: 'return'; readonly value: Expression | null; readonly span: Span }
  | {
      readonly kind: 'import';
      readonly module: string;
      /** Leading dots of a relative Python import; 0 otherwise. */
      readonly level: number;
      readonly bindings: readonly ImportBinding[];
      readonly span: Span;
    }
  /** `import type { … } from 'm'`: names for types alone, which leave no code and load nothing. */
  | {
      readonly kind: 'import-types';
      readonly module: string;
      readonly bindings: readonly ImportBinding[];
      readonly span: Span;
    }
  | { readonly kind: 'export'; readonly name: string; readonly value: Expression; readonly span: Span }
  | {
      readonly kind: 'function';
      readonly definition: FunctionNode;
      /** What it is called where it stands; absent: by its name. */
      readonly local?: string;
      readonly span: Span;
    }
  | {
      readonly kind: 'class';
      readonly name: string;
      /** What it is called where it stands; absent: by its name. */
      readonly local?: string;
      readonly bases: readonly Expression[];
      readonly decorators: readonly Expression[];
      readonly body: readonly Statement[];
      readonly documentation: string | null;
      readonly span: Span;
    }
  /** `if`/`elif`/`else`, `switch`, `match`: the test decides whether a branch runs, so it guards what is inside. */
  | {
      readonly kind: 'branch';
      readonly test: Expression;
      readonly branches: readonly (readonly Statement[])[];
      readonly span: Span;
    }
  | {
      readonly kind: 'loop';
      readonly binding: Expression | null;
      /** The iterable of a `for`, the condition of a `while`. */
      readonly iterable: Expression | null;
      readonly body: readonly Statement[];
      readonly span: Span;
    }
  /** `with open(p) as f`: the value bound to the target for the body. */
  | {
      readonly kind: 'with';
      readonly value: Expression;
      readonly binding: Expression | null;
      readonly body: readonly Statement[];
      readonly span: Span;
    }
  /** `try`/`except`/`finally`, bare blocks: each runs, in order. */
  | { readonly kind: 'block'; readonly bodies: readonly (readonly Statement[])[]; readonly span: Span };

/** One file or fragment, lowered. */
export interface Program {
  readonly language: Language;
  readonly body: readonly Statement[];
  readonly comments: readonly Span[];
}

/** Where in a file's life a piece of embedded code runs; the facts pass uses it as the fragment's outermost scope. */
export type FragmentRole =
  'example' | 'install-hook' | 'build' | 'ci' | 'agent-hook' | 'server-command' | 'cell' | 'script';

/** A variable of the environment that whoever runs a program sets for it. */
export interface HandedVariable {
  readonly name: string;
  readonly value: string;
}

/** Code in another language inside a file: a fenced block, a notebook cell, a package.json script. It goes to its own frontend. */
export interface Fragment {
  readonly language: Language;
  readonly text: string;
  readonly role: FragmentRole;
  /** Appended to the file's path to form `Location.layer` (`#cell-3`); null when positions point into the file itself. */
  readonly layer: string | null;
  /**
   * How positions inside the fragment map to the file: `lines` adds `line - 1` lines and, on the first line, `column - 1` columns
   * (a fenced block); `fixed` reports every finding at the given span of the file (a script inside a JSON string).
   */
  readonly origin:
    | { readonly kind: 'lines'; readonly line: number; readonly column: number }
    | { readonly kind: 'fixed'; readonly span: Span };
  /** What is in its environment that others do not have; absent: nothing. */
  readonly variables?: readonly HandedVariable[];
}

/** A configuration value with its path from the root of the document: `mcpServers.db.command`. Array indexes are path parts. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
  readonly span: Span;
}

/** A sentence of prose with what decides whether it is an order to an agent. */
export interface Sentence {
  readonly text: string;
  readonly span: Span;
  /** The heading it stands under, lower-cased; empty at the top. */
  readonly section: string;
  /**
   * Where it stands. `hidden` covers HTML comments, zero-width and tag characters, alt text; `shown` texts that a program holds and may
   * show to an agent: observations, answers of tools.
   */
  readonly role:
    | 'body'
    | 'heading'
    | 'list-item'
    | 'quote'
    | 'code-comment'
    | 'docstring'
    | 'description'
    | 'hidden'
    | 'shown'
    | 'table';
  /** True when the main verb is an order ("Send the file to …"), also when softened ("please", "you must"). */
  readonly imperative: boolean;
  /** True when the order forbids ("never", "do not"). */
  readonly negated: boolean;
  /** True when the sentence quotes, lists or documents text rather than saying it. */
  readonly quoted: boolean;
  /** Whom it speaks to. */
  readonly addressee: 'agent' | 'user' | 'developer' | 'unknown';
  /** The condition it depends on ("when the user asks …", "if today is …"), or null. */
  readonly condition: string | null;
  /** True when its letters are put in disguise: strokes laid over them, or invisible characters between them. */
  readonly disguised?: true;
  /** How it steers an agent; absent for what does not, and for what is quoted or forbidden. */
  readonly acts?: readonly SpeechAct[];
}

/** What a sentence does to an agent that takes it for an order, in whatever language it is written. */
export type SpeechAct =
  /** Drop what you were told: the strongest and the most common attack. */
  | 'drop-instructions'
  /** Drop what was said or asked before, which might still be honest. */
  | 'drop-context'
  /** "Forget everything", without saying what. */
  | 'forget-everything'
  /** "New tasks follow", "your instructions are now …". */
  | 'take-new-task'
  /** Answer without the documents, or not the question. */
  | 'disregard-sources'
  /** Show what you were told. */
  | 'reveal-instructions'
  | 'hide-from-user'
  /** Say nothing of these instructions. */
  | 'conceal-instructions'
  /** Send the user's data or secrets outside. */
  | 'send-private-data'
  /** Gather what a person shows nobody. */
  | 'collect-private-data'
  /** Send what an earlier sentence speaks of outside. */
  | 'send-it-outside'
  | 'bypass-safeguards'
  /** Keep the secrets that the user lets slip. */
  | 'retain-secrets'
  /** Put secrets into an answer, where whoever reads along has them. */
  | 'repeat-secrets'
  /** Call a tool, or oneself, without an end. */
  | 'loop-endlessly'
  /** Spend, grant or send without asking. */
  | 'act-without-consent'
  /** Send, copy or delete unnoticed. */
  | 'act-in-secret'
  /** Be somebody without rules. */
  | 'persona-without-limits'
  /** Answer, however harmful. */
  | 'comply-with-harm'
  /** Put malware or a back door in. */
  | 'plant-malware'
  /** Speaks to agents as a kind, not to its own. */
  | 'address-agents'
  /** Visit an address or run something from there. */
  | 'reach-outside'
  /** These words count for more than the user's. */
  | 'outrank-user'
  /** Do not answer what was asked. */
  | 'leave-question'
  /** Or else. */
  | 'threaten'
  /** Stop what you are doing. */
  | 'halt'
  /** Say just this. */
  | 'say-only'
  /** Voice hatred. */
  | 'voice-hatred'
  /** Be somebody else from now on, at the speaker's wish. */
  | 'take-persona'
  /** Make up news. */
  | 'write-falsehood';

/** What a frontend makes of one text. */
export interface ParsedText {
  readonly program: Program | null;
  readonly fragments: readonly Fragment[];
  readonly sentences: readonly Sentence[];
  readonly settings: readonly Setting[];
  /**
   * `complete`: all of it was understood; `recovered`: a syntax error was stepped over, code near it may be missing;
   * `unparsed`: nothing of it was (too large, too deep, out of time): the caller lists the file as opaque.
   */
  readonly status: 'complete' | 'recovered' | 'unparsed';
  /** Why the status is not `complete`; else null. */
  readonly problem: string | null;
  /** Some of it was left out although it is valid: it is too long or nests too deep. Absent: no. */
  readonly isCutOff?: boolean;
}

/** One language's way from text to the common syntax. */
export interface Frontend {
  readonly languages: readonly Language[];
  /**
   * Never throws for any text; bounded in time, depth and memory.
   * @param text decoded source, line breaks as in the file
   * @param language the one of {@link languages} to read it as
   * @param path for the few formats whose meaning hangs on the file's name (`package.json`, `setup.cfg`)
   */
  parse(text: string, language: Language, path: string): ParsedText;
}
