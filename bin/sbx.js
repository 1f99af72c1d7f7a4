#!/usr/bin/env node
// Start-up only, in CommonJS, which Node starts faster. The version is answered here, before anything is loaded: shells and hooks ask
// for it all the time.
'use strict';

const [first, second] = process.argv.slice(2);
if (second === undefined && (first === '--version' || first === '-V')) {
  process.stdout.write(`${require('../package.json').version}\n`);
} else {
  const chunks = loaded();
  // All is written by then; a process that ends by itself would go on to collect garbage and take its heap apart.
  if (chunks !== null) run(chunks.require('main.js')).then(() => process.exit());
}

function run({ main }) {
  return main(process.argv.slice(2));
}

/** The bundle's chunks; null when it is not built. */
function loaded() {
  try {
    return require('../dist/load.js').chunks;
  } catch (error) {
    if (error?.code !== 'MODULE_NOT_FOUND' || !String(error.message).includes('dist/load.js')) throw error;
    process.stderr.write('sbx: it is not built yet; run "npm run build" first\n');
    process.exitCode = 70;
    return null;
  }
}
