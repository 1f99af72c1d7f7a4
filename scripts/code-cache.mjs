// node scripts/code-cache.mjs FOLDER: scans a few fixtures and audits their dependencies with the bundle in FOLDER, keeps what V8 compiled of it for that beside it,
// and makes sure that V8 takes it. Run by the build.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setMaxListeners } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is scanned: every language that small targets are written in, with and without findings. */
const TARGETS = [
  'skills/api-client-benign',
  'skills/ssh-thief',
  'mcp/server-benign',
  'envs/gridworld-benign',
];

/** Whose dependencies are audited: the formats that small targets have. */
const AUDITED = ['envs/gridworld-benign', 'mcp/server-benign'];

/** What is judged as a whole. */
const JUDGED = ['skills/api-client-benign'];

/**
 * V8 takes code only under the flags it was made under: those at the start. What the program sets later is left out while recording,
 * and so is this after it, without which functions that have not run for a while are thrown away.
 */
const KEEP_COMPILED = ['--no-flush-bytecode', '--flush-bytecode'];

/** Loads the bundle in this process and scans all targets; gives its chunks. */
async function scanned(folder) {
  const { chunks } = createRequire(import.meta.url)(join(folder, 'load.js'));
  v8.setFlagsFromString = () => undefined;
  const { main } = chunks.require('main.js');
  const aside = mkdtempSync(join(tmpdir(), 'sbx-build-'));
  // What earlier scans keep is neither used, as it would spare the work that is to be compiled, nor added to.
  process.env.SBX_CACHE_DIR = join(aside, 'cache');
  // Each run listens to these once more.
  setMaxListeners(0, process.stdout, process.stderr);
  // No tool that happens to be installed is started.
  process.env.PATH = aside;
  const runs = [
    ...TARGETS.map((target) => ['scan', target]),
    ...AUDITED.map((target) => ['deps', target]),
    // Nothing is run; what running takes is loaded.
    ...JUDGED.map((target) => ['vet', target, '--backend', 'none']),
  ];
  try {
    for (const [command, target, ...options] of runs) {
      for (const format of ['terminal', 'json']) {
        const output = ['--quiet', '--format', format, '--output', join(aside, 'report')];
        await main([command, join(root, 'fixtures', target), ...options, ...output]);
      }
    }
  } finally {
    rmSync(aside, { recursive: true });
    process.exitCode = 0;
  }
  return chunks;
}

const [folder, mode] = process.argv.slice(2);
if (mode === 'check') {
  const refused = (await scanned(folder)).compiled().filter(({ wasTaken }) => wasTaken === false);
  if (refused.length > 0)
    throw new Error(`V8 does not take its own code for ${refused.map(({ name }) => name).join(', ')}`);
} else if (existsSync(join(root, 'fixtures'))) {
  const { codeCacheFile } = createRequire(import.meta.url)(join(folder, 'load.js'));
  const { setFlagsFromString } = v8;
  setFlagsFromString(KEEP_COMPILED[0]);
  const chunks = await scanned(folder);
  setFlagsFromString(KEEP_COMPILED[1]);
  for (const { name, data } of chunks.compiled()) {
    const file = codeCacheFile(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
  }
  execFileSync(process.execPath, [fileURLToPath(import.meta.url), folder, 'check'], { stdio: 'inherit' });
}
