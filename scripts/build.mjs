// Compiles and bundles src/ to dist/, copies the files beside the sources that are not TypeScript (guest programs,
// seeds), compiles rules/ to JSON files, manifests/ to functions and the words of prose to tables, and
// keeps what V8 compiles of the bundle in a few scans. Runs on `npm ci` (prepare) and needs nothing but the installed packages.
// `--loose` keeps going over type errors: for trying things out while other parts are in the middle of a change.
// `--source-maps` puts source maps beside the chunks: for profiles.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { compile } from './compile.mjs';

/** Digest of the program: what it says of the same bytes may change with it. */
function digestOf(folder) {
  const hash = createHash('sha256');
  const chunks = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort();
  for (const name of chunks) hash.update(name).update(readFileSync(`${folder}/${name}`));
  return hash.digest('hex');
}

const root = fileURLToPath(new URL('..', import.meta.url));
const loose = process.argv.includes('--loose');
// Built aside and swapped in at the end, so that a running sbx never sees half of it.
const modules = `${root}dist.${process.pid}.modules`;
const fresh = `${root}dist.${process.pid}`;
try {
  if (!compile(root, modules) && !loose) throw new Error('the sources have errors');
  const isAsset = (path) => !path.endsWith('.ts') && !path.endsWith('__pycache__');
  cpSync(`${root}src`, modules, { recursive: true, filter: isAsset });
  execFileSync(process.execPath, [`${modules}/rules/compile-cli.js`], { stdio: 'inherit' });
  execFileSync(process.execPath, [`${modules}/schemas/compile-cli.js`], { stdio: 'inherit' });
  execFileSync(process.execPath, [`${modules}/static/prose/acts/compile-cli.js`], { stdio: 'inherit' });
  cpSync(modules, fresh, { recursive: true, filter: (path) => !path.endsWith('.js') });
  await bundle(modules, fresh, { hasSourceMaps: process.argv.includes('--source-maps') });
  execFileSync(process.execPath, [`${root}scripts/code-cache.mjs`, fresh], { stdio: 'inherit' });
  writeFileSync(`${fresh}/build-id`, digestOf(fresh));
  if (existsSync(`${root}dist`)) renameSync(`${root}dist`, `${fresh}.old`);
  renameSync(fresh, `${root}dist`);
} catch (error) {
  process.exitCode = typeof error?.status === 'number' ? error.status : 1;
  if (typeof error?.status !== 'number') console.error(error);
} finally {
  rmSync(modules, { recursive: true, force: true });
  rmSync(fresh, { recursive: true, force: true });
  rmSync(`${fresh}.old`, { recursive: true, force: true });
}
