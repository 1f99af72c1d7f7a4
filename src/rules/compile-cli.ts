import { writeFileSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import { PACKAGE_ROOT } from '../package-info.ts';
import { compileRules } from './compile.ts';
import { loadRules } from './load.ts';

// Run by the build: writes what analysis loads at start-up, so that it needs neither a YAML parser nor a schema validator.
try {
  const knowledge = compileRules([loadRules(`${PACKAGE_ROOT}rules`, 'built-in', 'rules')]);
  writeFileSync(new URL('./compiled.json', import.meta.url), JSON.stringify(knowledge));
  writeFileSync(new URL('./compiled-digest', import.meta.url), knowledge.digest);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : messageOf(error)}\n`);
  process.exitCode = 1;
}
