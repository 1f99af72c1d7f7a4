/** One system call as a tracer wrote it down, in terms that do not depend on the tracer. */
export interface TracedCall {
  readonly name: string;
  /** Who made it: tells threads apart, and nothing else. */
  readonly thread: string;
  /** Seconds, on a clock of the tracer's. */
  readonly time: number;
  /** The arguments that are paths, absolute; null where a path is relative to a folder that is not known. Links are not followed. */
  readonly paths: readonly (string | null)[];
  /** What an open led to, links followed, where the tracer says so. */
  readonly opened: string | null;
  /** The other arguments: names of flags and numbers, as the tracer writes them. Holds nothing that the program chose freely. */
  readonly flags: string;
  /** Texts among the arguments that are no paths: words of a command line, the type of a file system. */
  readonly words: readonly string[];
  /** `HOST:PORT` or `unix:PATH`. */
  readonly address: string | null;
  /** The beginning of what is sent; null where the tracer does not show it. */
  readonly data: Uint8Array | null;
  /** The error's name (`EPERM`), or null. */
  readonly error: string | null;
}

/** Another name for the root of all that a sandboxed process sees: none may change its own. */
const ROOT = /^\/+proc\/+(?:self|thread-self|\d+)(?:\/+task\/+\d+)?\/+root(?=\/|$)/;

/** Where a path leads that is relative to a folder; null when that is not known. Links are not followed. */
export function absolute(folder: string | null, path: string): string | null {
  const named = path.startsWith('/') ? path : folder === null ? null : `${folder}/${path}`;
  const whole = named?.replace(ROOT, '') ?? null;
  if (whole === null || !/\/\/|\/\.{1,2}(?:\/|$)|.\/$/.test(whole)) return whole;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
