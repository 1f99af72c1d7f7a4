import { writeFileSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import { PACKAGE_ROOT } from '../package-info.ts';
import { compileRules } from './compile.ts';
import { MODEL_LANGUAGES } from './knowledge.ts';
import { loadRules } from './load.ts';

/** Writes JSON in ASCII, which is read without decoding. */
function write(name: string, value: unknown): void {
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(value).replace(/[^\0-\x7f]/g, escape);
  writeFileSync(new URL(`./${name}`, import.meta.url), text);
}

// Run by the build: writes what analysis loads at start-up, so that it needs neither a YAML parser nor a schema validator.
try {
  const { models, ...knowledge } = compileRules([loadRules(`${PACKAGE_ROOT}rules`, 'built-in', 'rules')]);
  write('compiled.json', knowledge);
  for (const language of MODEL_LANGUAGES) write(`compiled-${language}.json`, models[language]);
  writeFileSync(new URL('./compiled-digest', import.meta.url), knowledge.digest);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : messageOf(error)}\n`);
  process.exitCode = 1;
}
