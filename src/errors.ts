/** What went wrong, by who has to act; each kind has one exit status (`exit-codes.ts`). */
export type ErrorKind = 'usage' | 'config' | 'target' | 'sandbox' | 'network' | 'interrupted' | 'internal';

/** Every error that a user may see: a stable code, what happened, and what to do about it. */
export class SbxError extends Error {
  readonly kind: ErrorKind;
  /** Kebab-case and stable: `target-not-found`. */
  readonly code: string;
  /** What the user can do; one sentence, or null. */
  readonly help: string | null;
  /** What is wrong one by one, a line each, when it is more than one thing: `FILE:LINE:COLUMN: message`. */
  readonly details: readonly string[];

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { help?: string; cause?: unknown; details?: readonly string[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SbxError';
    this.kind = kind;
    this.code = code;
    this.help = options.help ?? null;
    this.details = options.details ?? [];
  }
}

/** An option, argument or command that does not exist or cannot be used this way. */
export function usageError(code: string, message: string, help?: string): SbxError {
  return new SbxError('usage', code, message, help === undefined ? {} : { help });
}

/** A policy, manifest, rule or configuration file of the operator's that is wrong. Nothing is judged. */
export function configError(code: string, message: string, help?: string, cause?: unknown): SbxError {
  return new SbxError('config', code, message, { ...(help === undefined ? {} : { help }), cause });
}

/** The target cannot be opened at all. */
export function targetError(code: string, message: string, help?: string, cause?: unknown): SbxError {
  return new SbxError('target', code, message, { ...(help === undefined ? {} : { help }), cause });
}

/** The text of whatever was thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}

/** The text of whatever was thrown and the way out of it, as sentences on one line. */
export function oneLine(error: unknown): string {
  const help = error instanceof SbxError && error.help !== null ? `. ${error.help}` : '';
  return `${messageOf(error)}${help}`.replace(/\.\.(?= |$)/, '.');
}
