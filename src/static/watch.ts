import { Script } from 'node:vm';

/** Work in this thread was ended because it took longer than it may. What it was at is in no known state. */
export class TookTooLong extends Error {}

/** Runs a function to its end. @throws TookTooLong, or what the function throws */
export type Watch = <Value>(run: () => Value) => Value;

/** So long the main thread works at one bundle at most; then it is a worker's, which is told from outside when it has to stop. */
export const SECONDS_HERE = 3;

const WATCHED = Symbol.for('sbx.watched');
const scope = globalThis as { [WATCHED]?: (() => void) | undefined };
let script: Script | undefined;

/**
 * A watch over this thread: V8 ends a script from a thread of its own when its time is over, wherever the script is, in loops and in
 * regular expressions too. The script is one line of ours that calls the function.
 * @param seconds how long a function may take, by the clock on the wall
 */
export function watchFor(seconds: number): Watch {
  return <Value>(run: () => Value): Value => {
    let value: Value;
    scope[WATCHED] = () => {
      value = run();
    };
    script ??= new Script('globalThis[Symbol.for("sbx.watched")]()', { filename: 'sbx-watched' });
    try {
      script.runInThisContext({ timeout: Math.max(1, Math.ceil(seconds * 1_000)) });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
        throw new TookTooLong();
      throw error;
    } finally {
      scope[WATCHED] = undefined;
    }
    return value!;
  };
}
