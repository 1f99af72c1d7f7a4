import type { TracedCall } from './traced-call.ts';

/** Threads whose working folder is remembered. */
const MOST_THREADS = 20_000;

/** Where relative paths of each thread of a trace begin, as far as the trace tells. */
export class WorkingFolders {
  readonly #folders = new Map<string, string>();

  /** Null: not known. */
  of(thread: string): string | null {
    return this.#folders.get(thread) ?? null;
  }

  set(thread: string, folder: string): void {
    if (this.#folders.size < MOST_THREADS || this.#folders.has(thread)) this.#folders.set(thread, folder);
  }

  /**
   * Takes a change of folder, or a new thread, into account.
   * @param child who was made, where the tracer numbers threads as the call's result does
   */
  follow({ name, thread, paths: [path], error }: TracedCall, child: string | undefined): void {
    if (error !== null) return;
    if ((name === 'chdir' || name === 'fchdir') && typeof path === 'string') this.set(thread, path);
    const own = this.of(thread);
    if (name === 'clone' && child !== undefined && own !== null) this.set(child, own);
  }
}
