import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { rolldown } from 'rolldown';

/** Where the program and its workers start; everything else becomes chunks that are loaded when they are needed. */
const ENTRIES = { main: 'cli/main.js', worker: 'static/worker.js' };

/**
 * Puts compiled modules together into few files: opening two hundred small ones is most of what a short run waits for.
 * Dependencies stay outside. The files beside the modules (grammars, guest programs, seeds) keep their places below `to`, so every
 * `import.meta.url` is rewritten to the place its module had.
 * @param {string} from folder with the compiled modules
 * @param {string} to folder that gets the bundle
 */
export async function bundle(from, to) {
  const build = await rolldown({
    input: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, `${from}/${path}`])),
    platform: 'node',
    external: [/^node:/, /^[^./]/],
    plugins: [
      {
        name: 'module-places',
        transform: (code, id) =>
          code.includes('import.meta.url')
            ? code.replaceAll(
                'import.meta.url',
                `new URL(${JSON.stringify(`./${relative(from, id)}`)}, import.meta.url).href`,
              )
            : null,
      },
    ],
  });
  await build.write({
    dir: to,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunk-[hash].js',
  });
  await build.close();
  for (const [name, path] of Object.entries(ENTRIES)) {
    mkdirSync(dirname(`${to}/${path}`), { recursive: true });
    writeFileSync(`${to}/${path}`, `export * from '../${name}.js';\n`);
  }
}
