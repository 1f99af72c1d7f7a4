import { join } from 'node:path';
import process from 'node:process';

/**
 * Where the code that V8 compiled of a chunk lies: in the bundle itself, beside the sources of the same code, so that whoever can write
 * the one can write the other. V8 does not check such data against tampering; that is why it is never kept where a run writes (ADR 23).
 * The folder is of one version of Node on one kind of machine, as V8 checks its own version and flags but not the machine.
 * @param folder the bundle's
 * @param chunk name of the chunk's file, which has a digest of its contents in it
 */
export function codeCacheFile(folder: string, chunk: string): string {
  return join(folder, 'code-cache', `${process.version}-${process.platform}-${process.arch}`, `${chunk}.bin`);
}
