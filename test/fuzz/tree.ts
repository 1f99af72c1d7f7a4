/** A file of a target that is made up: its path below the target, with `/`, and its bytes. */
export interface TreeFile {
  readonly path: string;
  readonly bytes: Buffer;
}
