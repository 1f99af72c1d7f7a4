import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** The repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Modules of the tests, and the sources they need, as JavaScript in a folder; each still knows its place in the sources. */
export async function bundleTests(names, to) {
  const bundle = await rolldown({
    input: Object.fromEntries(
      names.map((name) => [name.slice(name.lastIndexOf('/') + 1), join(ROOT, `test/${name}.ts`)]),
    ),
    platform: 'node',
    external: [/^node:/, /^[^./]/],
    plugins: [
      {
        name: 'source-places',
        transform: (code, id) =>
          code.includes('import.meta.url')
            ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
            : null,
      },
    ],
  });
  await bundle.write({
    dir: to,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  });
  await bundle.close();
}
