import type { ArgumentCondition, SinkLabel, SourceLabel } from './api-model.ts';
import type { Capability } from './capability.ts';
import type { Guard, Scope } from './evidence.ts';
import type { RuleSummary } from './rule-summary.ts';
import type { Language, Sentence, SpeechAct } from './program.ts';
import type { UnitKind } from './target.ts';

/** A call by what it does (through the API models) or by name, with conditions on its arguments. */
export interface CallMatcher {
  /** Resolved names with `*` for one part, as in {@link Api.names}. */
  readonly names?: readonly string[];
  readonly capability?: Capability;
  /** Any of the classes that the evidence's detail belongs to (`secret-path`, `drop-host`, …). */
  readonly detailClass?: readonly string[];
  /** Calls whose detail is of one of these classes do not count. */
  readonly exceptClass?: readonly string[];
  /** What it acts on was brought out of hiding by a decoder (base64, hex, reversed), and is not this machine. */
  readonly isDetailHidden?: true;
  readonly arguments?: readonly ArgumentCondition[];
}

export type Matcher =
  | { readonly call: CallMatcher }
  /** A labelled value that reaches a sink, through any number of steps in the unit. */
  | {
      readonly flow: {
        readonly from: readonly SourceLabel[];
        readonly to: readonly SinkLabel[];
        /** The key belongs to one service (class `X-service-key`) and the host that it ends at does not (class `X-service-host`). */
        readonly isForeign?: true;
        /**
         * Whether the file (class `X-service-file`) or key (`X-service-key`) belongs to one service and so does the host that it ends at;
         * left out: either way.
         */
        readonly isOwn?: boolean;
        /** It ends at a host that is not known to be this machine or in its own network. */
        readonly isAway?: true;
        /**
         * Whether whoever runs it chooses what is fetched (no address stands in the text) and it becomes one skill beside others (class
         * `agent-skill-path`); left out: either way.
         */
        readonly isChosenSkill?: boolean;
        /** What comes from one of these classes (of hosts, paths, …) does not count. */
        readonly exceptFrom?: readonly string[];
        /** The value goes through a call of one of these on its way. */
        readonly through?: readonly string[];
        /** It begins with a call of one of these. */
        readonly sources?: readonly string[];
        /** It ends in a call of one of these; or in one of none of those. */
        readonly sinks?: readonly string[];
        readonly exceptSinks?: readonly string[];
      };
    }
  | { readonly import: { readonly modules: readonly string[] } }
  /** A string constant, folded and decoded; `in` restricts by what the string turned out to be. */
  | {
      readonly string: {
        readonly matches?: string;
        readonly class?: string;
        readonly minLength?: number;
        /** `code`, `command`, `address`, `program` (machine code): it decodes to such a thing; `text`: as it stands. Default `text`. */
        readonly decodedAs?: 'text' | 'code' | 'command' | 'address' | 'program';
        /** A text that a program only prints for whoever watches does not count. */
        readonly exceptShown?: true;
      };
    }
  /** A value in a configuration file: `mcpServers.*.command`, `scripts.postinstall`, `hooks.**.command`. */
  | {
      readonly setting: {
        readonly path: string;
        readonly matches?: string;
        /** Globs on the file's name. */
        readonly files?: readonly string[];
        /** The whole file is in this language: a block inside another file, or a key of that name elsewhere, does not count. */
        readonly language?: Language;
      };
    }
  /** A sentence of prose; everything given must hold. */
  | {
      readonly sentence: {
        /** Every one of these regular expressions (case-insensitive) is found in the sentence. */
        readonly all?: readonly string[];
        /** It does one of these things to an agent, in whatever words. Its polarity is part of that: `negated` says nothing then. */
        readonly acts?: readonly SpeechAct[];
        /** None of these is. */
        readonly none?: readonly string[];
        readonly imperative?: boolean;
        /** Default false: forbidding is not ordering. `either`: it makes no difference. */
        readonly negated?: boolean | 'either';
        /** Default false. */
        readonly quoted?: boolean;
        readonly roles?: readonly Sentence['role'][];
        /** Its letters are in disguise. */
        readonly disguised?: true;
        readonly addressee?: readonly Sentence['addressee'][];
      };
    }
  /** A regular expression over the raw text of a file, line by line. */
  | {
      readonly text: {
        readonly matches: string;
        readonly files?: readonly string[];
        readonly keywords?: readonly string[];
      };
    }
  /** An environment class (Gym or Gymnasium) with a property. */
  | {
      readonly environment: {
        /** Lifecycle methods it does not define nor inherit from another class of the target. */
        readonly lacks?: readonly (
          'reset' | 'step' | 'render' | 'close' | 'action_space' | 'observation_space'
        )[];
        /** What is wrong with the named method: see the rule that uses it. */
        readonly method?: 'reset' | 'step';
        readonly problem?: 'step-tuple-length' | 'reset-not-tuple' | 'reset-without-seed' | 'bare-except';
      };
    }
  /** What a built-in check found that YAML cannot express (entropy, unicode, parse status); the name of the check. */
  | { readonly detector: { readonly name: string } }
  /** `passage`: a few sentences of a text under one heading, the first member's place first. */
  | { readonly all: readonly Matcher[]; readonly within: 'passage' | 'function' | 'file' | 'unit' }
  | { readonly any: readonly Matcher[] }
  /** Only as a member of `all`. */
  | { readonly not: Matcher };

export interface RuleExample {
  readonly language: Language;
  readonly code: string;
  /** The code is bytes, written in base64: what they are is told by themselves, not by `language`. */
  readonly encoding?: 'base64';
  /** The file's name, where it matters (`setup.py`, `package.json`, `SKILL.md`); a name for the language otherwise. */
  readonly path?: string;
  /** For a good example: why it stays quiet. */
  readonly why?: string;
}

/** What is wrong: one file under `rules/<category>/<id>.yml`. The id equals the file's name, the category its folder. */
export interface Rule extends RuleSummary {
  readonly status: 'stable' | 'experimental' | 'deprecated';
  /** Only in these scopes; empty: any. */
  readonly scopes: readonly Scope[];
  /** Only in units of these kinds; left out: any. */
  readonly units?: readonly UnitKind[];
  /** Only under one of these guards; empty: guard or not. */
  readonly guards: readonly Guard['kind'][];
  readonly match: Matcher;
  /** `{detail}`, `{name}`, `{source}`, `{sink}`, `{scope}`, `{guard}`, `{text}` (redacted, shortened) are filled in. */
  readonly message: string;
  readonly references: readonly string[];
  readonly examples: { readonly bad: readonly RuleExample[]; readonly good: readonly RuleExample[] };
}
