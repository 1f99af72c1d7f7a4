import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SBX } from './cases.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const maps = new Map();

/** Where a chunk lies now: what V8 compiled of it earlier names the folder that the build put aside. */
function placeOf(file) {
  return file.replace(/\bdist\.\d+(?=[\\/][^\\/]+$)/, 'dist');
}

/** The module that a place in a chunk comes from; the chunk where there is no source map (`node scripts/build.mjs --source-maps`). */
function moduleOf(url, line, column) {
  if (url === '') return null;
  if (!url.startsWith('file:')) return url.startsWith('node:') ? 'node' : url.split('/')[0];
  const file = placeOf(fileURLToPath(url));
  if (!maps.has(file)) {
    const map = `${file}.map`;
    maps.set(file, existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, 'utf8'))) : null);
  }
  const source = maps.get(file)?.findEntry(line, column).originalSource;
  if (source === undefined) return relative(root, file).replace(/^.*node_modules\//, '');
  return source
    .replace(/^.*\.modules\//, 'src/')
    .replace(/^.*node_modules\//, '')
    .replace(/^(?:\.\.\/)+/, '');
}

/** Self-times of one recorded thread, in microseconds, added to those by module. */
function add(profile, byModule) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  for (const [index, id] of profile.samples.entries()) {
    const { functionName, url, lineNumber, columnNumber } = nodes.get(id).callFrame;
    const name = moduleOf(url, lineNumber, columnNumber) ?? (functionName || '(unknown)');
    if (name === '(idle)') continue;
    byModule.set(name, (byModule.get(name) ?? 0) + profile.timeDeltas[index]);
  }
}

/**
 * Records a scan with V8's sampling profiler, workers included, and adds up the time of each module's own code.
 * @returns {{ name: string, ms: number }[]} the `count` that take most
 */
export function profile(tree, count = 25) {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), '--source-maps'], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'sbx-bench-'));
  try {
    const options = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
    const { error } = spawnSync(process.execPath, [...options, SBX, 'scan', tree], {
      stdio: 'ignore',
      env: { ...process.env, SBX_CACHE_DIR: join(folder, 'cache') },
    });
    if (error !== undefined) throw error;
    const byModule = new Map();
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile')))
      add(JSON.parse(readFileSync(join(folder, basename(file)), 'utf8')), byModule);
    return [...byModule]
      .map(([name, microseconds]) => ({ name, ms: Math.round(microseconds / 1000) }))
      .sort((a, b) => b.ms - a.ms)
      .slice(0, count);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
