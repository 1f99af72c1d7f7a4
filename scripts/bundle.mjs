import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** Where the program and its workers start; everything else becomes chunks that are loaded when they are needed. */
const ENTRIES = { main: 'cli/main.js', worker: 'static/worker.js' };

/**
 * Dependencies that nearly every short run needs and that lie in many small files (yaml alone in sixty): they become part of the
 * bundle. What is one large file already, or reads files beside itself, stays outside.
 */
const BUNDLED = ['chalk', 'commander', 'smol-toml', 'yaml'];

/** What every scan needs, however it is split in the sources: one file for the command, one for the analysis, which workers load too. */
const TOGETHER = [
  {
    name: 'analysis',
    test: /\/(?:static\/(?:engine|stage|analyse-file)|static\/frontends\/(?:python|shell|markdown)\/frontend)\.js$/,
    priority: 2,
  },
  {
    name: 'scan',
    test: /\/(?:cli\/main|cli\/commands\/scan|pipeline|judge\/default-policy|reporters\/terminal|rules\/digest)\.js$/,
    priority: 1,
  },
];

/** Libraries that are loaded in the middle of synchronous work; the bundler understands only a plain `require`. */
const LAZY_LOAD = new RegExp(`createRequire\\(import\\.meta\\.url\\)\\('(${BUNDLED.join('|')})'\\)`, 'g');

/** The licences of what the bundle holds, which ask to go where the code goes. */
function licences() {
  return BUNDLED.map((name) => {
    const folder = fileURLToPath(new URL(`../node_modules/${name}/`, import.meta.url));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name}\n\n${readFileSync(`${folder}${file}`, 'utf8').trim()}\n`;
  }).join(`\n${'-'.repeat(80)}\n\n`);
}

/**
 * Puts compiled modules together into few files: opening two hundred small ones is most of what a short run waits for.
 * Other dependencies than {@link BUNDLED} stay outside. The files beside the modules (grammars, guest programs, seeds) keep their places below `to`, so every
 * `import.meta.url` is rewritten to the place its module had.
 * @param {string} from folder with the compiled modules
 * @param {string} to folder that gets the bundle
 */
export async function bundle(from, to) {
  const build = await rolldown({
    input: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, `${from}/${path}`])),
    platform: 'node',
    external: (id) => /^[^./#]/.test(id) && !BUNDLED.includes(id),
    plugins: [
      {
        name: 'module-places',
        transform: (code, id) =>
          id.startsWith(from) && code.includes('import.meta.url')
            ? code
                .replaceAll(LAZY_LOAD, "require('$1')")
                .replaceAll(
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
    codeSplitting: { groups: TOGETHER },
  });
  await build.close();
  writeFileSync(`${to}/LICENSES.txt`, licences());
  for (const [name, path] of Object.entries(ENTRIES)) {
    mkdirSync(dirname(`${to}/${path}`), { recursive: true });
    writeFileSync(`${to}/${path}`, `export * from '../${name}.js';\n`);
  }
}
