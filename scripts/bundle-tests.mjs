import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { PURE_CALLS, typescriptParser } from './typescript-parser.mjs';

/** The repository. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const FRONTEND = join(ROOT, 'src/static/frontends/javascript');

/** How the frontend asks for its parser. */
const PARSER = "('typescript')";

/** Writes what some entries need as modules in a folder. */
async function write(input, to, plugins, output) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: [/^node:/, /^[^./]/],
    treeshake: { manualPureFunctions: PURE_CALLS },
    plugins,
  });
  await bundle.write({ dir: to, ...output });
  await bundle.close();
}

/** The parser of JavaScript as it ships; gives its file. */
async function parserIn(to) {
  const esm = { format: 'esm', entryFileNames: '[name].mjs' };
  await write({ 'typescript-parts': join(FRONTEND, 'typescript-parts.ts') }, to, [], esm);
  const parts = await import(pathToFileURL(join(to, 'typescript-parts.mjs')).href);
  const typescript = createRequire(import.meta.url).resolve('typescript');
  const plugins = [typescriptParser(parts.TYPESCRIPT_PARTS)];
  await write({ typescript }, to, plugins, { format: 'cjs', entryFileNames: '[name].cjs' });
  return join(to, 'typescript.cjs');
}

/**
 * Modules of the tests, and the sources they need, as JavaScript in a folder; each still knows its place in the sources. JavaScript is
 * parsed by what ships, which is not the package as published.
 */
export async function bundleTests(names, to) {
  const parser = await parserIn(to);
  const input = Object.fromEntries(
    names.map((name) => [name.slice(name.lastIndexOf('/') + 1), join(ROOT, `test/${name}.ts`)]),
  );
  const asBundled = {
    name: 'as-bundled',
    transform(code, id) {
      if (!code.includes('import.meta.url')) return null;
      const placed = code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
      if (id !== join(FRONTEND, 'frontend.ts')) return placed;
      if (!placed.includes(PARSER)) throw new Error(`${id} does not ask for the parser by ${PARSER}`);
      return placed.replace(PARSER, () => `(${JSON.stringify(parser)})`);
    },
  };
  await write(input, to, [asBundled], {
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  });
}
