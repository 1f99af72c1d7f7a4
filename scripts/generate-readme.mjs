// Writes what sbx really prints into README.md, below each `<!-- output of: sbx … -->`. `--check` only says whether it is up to date.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = `${root}README.md`;
const before = readFileSync(readme, 'utf8');

const after = before.replace(
  /(<!-- output of: sbx (.+) -->\n\n)(?:```text\n[\s\S]*?\n```\n)?/g,
  (_whole, marker, command) => `${marker}\`\`\`text\n${outputOf(command.split(' '))}\n\`\`\`\n`,
);

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('README.md shows other output than sbx prints: run "npm run docs"');
    process.exitCode = 1;
  }
} else writeFileSync(readme, after);

/** Standard output with what changes from run to run (durations) made constant. */
function outputOf(args) {
  const { stdout, stderr } = spawnSync(process.execPath, [`${root}bin/sbx.js`, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  if (stdout.trim() === '') throw new Error(`sbx ${args.join(' ')} prints nothing; is it built? ${stderr}`);
  return stdout.trimEnd().replace(/\b\d+\.\d s\b/g, '0.1 s');
}
