#!/usr/bin/env node
// Start-up only. The version is answered here, before anything is loaded: shells and hooks ask for it all the time.
import { readFileSync } from 'node:fs';

const [first, second] = process.argv.slice(2);
if (second === undefined && (first === '--version' || first === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  const { main } = await import('../dist/cli/main.js').catch((error) => {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('dist/cli/main.js'))
      throw error;
    process.stderr.write('sbx: it is not built yet; run "npm run build" first\n');
    process.exitCode = 70;
    return { main: () => undefined };
  });
  await main(process.argv.slice(2));
}
