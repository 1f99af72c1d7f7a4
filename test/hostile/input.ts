/** A hostile text of a size that can be doubled. */
export interface HostileInput {
  /** What is in it: `2 MB of (`. */
  readonly name: string;
  /** The file's path in the target; its name says the language. */
  readonly path: string;
  /** The content, so many times the size that the name says: 1, 2 or 4. */
  make(times: number): string | Buffer;
}
