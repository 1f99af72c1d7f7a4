import type { Language, Span } from '../../model/program.ts';

/** Something a detector saw in the raw text; a rule with `match: {detector: {name}}` turns it into a finding. */
export interface Detection {
  /** One of the detector's {@link Detector.names}. */
  readonly name: string;
  readonly span: Span;
  /** What was found, for `{detail}` in a message; already redacted if it is secret. */
  readonly detail: string;
  /** What no output may hold, as it stands in the text. */
  readonly secret?: string;
}

/** A check over text that YAML cannot express: entropy, checksums, invisible characters. Pure, linear in the text. */
export interface Detector {
  readonly names: readonly string[];
  inspect(text: string, language: Language, path: string): readonly Detection[];
}
