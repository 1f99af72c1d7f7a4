import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { typescriptParser, PURE_CALLS } from './typescript-parser.mjs';

/** Where the program and its workers start; everything else becomes chunks that are loaded when they are needed. */
const ENTRIES = { main: 'cli/main.js', worker: 'static/worker.js' };

/** Loads the chunks; a file of its own. */
const LOADER = 'startup/load.js';

/**
 * Dependencies that nearly every short run needs and that lie in many small files (semver alone in forty), or that only ES modules can
 * load: they become part of the bundle. What is one large file already, or reads files beside itself, stays outside.
 */
const BUNDLED = ['@renovatebot/pep440', 'chalk', 'commander', 'execa', 'smol-toml'];

/** Of these, the ones that few short runs need: each a chunk of its own, which the loader takes when it is asked for the library. */
const APART = ['semver', 'typescript', 'yaml'];

/**
 * What every scan needs, however it is split in the sources (compiled to `*.modules`): one file for the command, which says what is known of
 * a target that has not changed without any other; one for the analysis, which takes from the first what both use; and one for Python's
 * syntax, which the audit of dependencies reads without the rest.
 */
const TOGETHER = [
  {
    name: 'analysis',
    test: /\.modules\/(?:static\/(?:engine|analyse-file)|static\/frontends\/(?:shell|markdown)\/frontend)\.js$/,
    priority: 1,
  },
  {
    name: 'python',
    test: /\.modules\/static\/(?:frontends\/python\/.*|frontends\/unparsed|decode\/(?:lines|control-letters))\.js$/,
    priority: 3,
  },
  {
    name: 'scan',
    test: /\.modules\/(?:cli\/main|cli\/commands\/scan|pipeline|judge\/default-policy|reporters\/terminal|rules\/digest|static\/stage)\.js$/,
    priority: 2,
  },
  // An audit needs all of this whatever it finds; the libraries that are part of it are small.
  {
    name: 'audit',
    test: /\.modules\/deps\/(?:stage|embedded|direct|inventory\/inventory|advisories\/database)\.js$/,
  },
];

/** Libraries that are loaded in the middle of synchronous work; the bundler understands only a plain `require`. */
const LAZY_LOAD = new RegExp(
  `createRequire\\(import\\.meta\\.url\\)\\('(${[...BUNDLED, ...APART].join('|')})'\\)`,
  'g',
);

/** The licences of what the bundle holds, which ask to go where the code goes. */
function licences(moduleIds) {
  const folders = new Set(moduleIds.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0]));
  return [...folders]
    .filter((folder) => folder !== undefined)
    .sort()
    .map((folder) => {
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      return `${basename(folder)}\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * Puts compiled modules together into few files: opening two hundred small ones is most of what a short run waits for.
 * Other dependencies than {@link BUNDLED} stay outside. The files beside the modules (guest programs, seeds) keep their
 * places below `to`, so every `import.meta.url` is rewritten to the place its module had. The chunks are CommonJS, as only such code
 * can be loaded with what V8 compiled of it earlier, and starts without Node's loader of ES modules.
 * @param {string} from folder with the compiled modules
 * @param {string} to folder that gets the bundle
 * @param {{ hasSourceMaps?: boolean }} options `hasSourceMaps`: source maps beside the chunks, to the compiled modules
 */
export async function bundle(from, to, { hasSourceMaps = false } = {}) {
  const entries = Object.entries(ENTRIES).map(([name, path]) => [name, `${from}/${path}`]);
  const chunks = await write(from, to, Object.fromEntries(entries), [ready()], {
    chunkFileNames: 'chunk-[name]-[hash].js',
    codeSplitting: { groups: TOGETHER },
    sourcemap: hasSourceMaps && 'hidden',
  });
  const libraries = APART.map((name) => [`library-${name}`, createRequire(import.meta.url).resolve(name)]);
  const { TYPESCRIPT_PARTS } = await import(`${from}/static/frontends/javascript/typescript-parts.js`);
  const apart = await write(
    from,
    to,
    Object.fromEntries(libraries),
    [typescriptParser(TYPESCRIPT_PARTS), ready()],
    {},
  );
  await write(from, to, { load: `${from}/${LOADER}` }, [], {});
  writeFileSync(`${to}/LICENSES.txt`, licences([...chunks, ...apart].flatMap(({ moduleIds }) => moduleIds)));
  writeFileSync(`${to}/package.json`, '{ "type": "commonjs" }\n');
  mkdirSync(dirname(`${to}/${ENTRIES.worker}`), { recursive: true });
  writeFileSync(`${to}/${ENTRIES.worker}`, "require('../load.js').chunks.require('worker.js');\n");
}

/** Bundles what some entries need; gives the chunks. */
async function write(from, to, input, plugins, options) {
  const build = await rolldown({
    input,
    platform: 'node',
    external: (id, importer) =>
      /^[^./#]/.test(id) && !BUNDLED.includes(id) && importer?.startsWith(`${from}/`) !== false,
    plugins: [modulePlaces(from), ...plugins],
    treeshake: { manualPureFunctions: PURE_CALLS },
  });
  const { output } = await build.write({
    dir: to,
    format: 'cjs',
    comments: false,
    minify: false,
    dynamicImportInCjs: false,
    entryFileNames: '[name].js',
    ...options,
  });
  await build.close();
  return output.filter(({ type }) => type === 'chunk');
}

/**
 * A plug-in that makes chunks what the loader takes: a function in ASCII, which V8 reads as it is in the file. Outside of ASCII there are
 * only texts and expressions, in which an escape means the same.
 */
function ready() {
  const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return {
    name: 'ready-chunks',
    renderChunk: (code) => ({
      code: `(function (exports, require, module, __filename, __dirname) { ${code.replace(/[^\0-\x7f]/g, escape)}\n})`,
      map: lineByLine(code),
    }),
  };
}

/** A source map that leads every line to the same line of `code`: what of a line is escaped moves its columns only. */
function lineByLine(code) {
  const lines = code.split('\n').length;
  return { version: 3, sources: ['chunk'], names: [], mappings: `AAAA${';AACA'.repeat(lines - 1)}` };
}

/** A plug-in that keeps every `import.meta.url` at the place its module had below `from`. */
function modulePlaces(from) {
  return {
    name: 'module-places',
    transform: (code, id) =>
      id.startsWith(from) && code.includes('import.meta.url')
        ? {
            code: code
              .replaceAll(LAZY_LOAD, "require('$1')")
              .replaceAll(
                'import.meta.url',
                `new URL(${JSON.stringify(`./${relative(from, id)}`)}, import.meta.url).href`,
              ),
            map: lineByLine(code),
          }
        : null,
  };
}
