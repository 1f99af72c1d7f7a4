import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Chunks } from './chunks.ts';

/**
 * Node's own modules come compiled with it, and V8 takes that code, too, only under the flags it was made under: what every run needs
 * of them is loaded before any flag is set, in a third of the time. (The bundler would leave out an import of which nothing is used.)
 */
const NEEDED_OF_NODE = ['node:crypto', 'node:net', 'node:os', 'node:perf_hooks', 'node:tty'];
const loadOfNode = createRequire(import.meta.url);
for (const name of NEEDED_OF_NODE) loadOfNode(name);

/**
 * V8 takes code compiled earlier only under the very flags it was compiled under, so what workers are to run under is set before
 * anything is loaded: V8 optimises a function after this much bytecode has run in it (its own figure: 132 KiB). Most functions here
 * run for a second in all, which is too short to win back what optimising them costs.
 */
const OPTIMISE_AFTER_BYTES = 500_000;

/**
 * V8 interprets a regular expression this many times before it compiles it to machine code (its own figure: 1); texts of a thousand
 * characters and more make it compile at once. Most expressions see a few short texts.
 */
const INTERPRET_EXPRESSIONS = 20;

/** Node 20's V8 knows the flags; later ones may call them something else, and would say so on standard error. */
if (process.versions.v8.startsWith('11.')) {
  setFlagsFromString(`--interrupt-budget=${OPTIMISE_AFTER_BYTES}`);
  setFlagsFromString(`--regexp-tier-up-ticks=${INTERPRET_EXPRESSIONS}`);
  // What is interpreted a few times is not worth polishing: that takes half of the time that compiling for the interpreter does.
  setFlagsFromString('--no-regexp-peephole-optimization');
}

/** The chunks of this bundle. */
export const chunks = new Chunks(fileURLToPath(new URL('..', import.meta.url)));

export { codeCacheFile } from './code-cache.ts';
