// npm run docs:sandbox    writes the table of docs/sandbox.md from what `sbx doctor --prove` says on this machine; takes minutes.
// `--last` takes the last proof of this machine instead of attacking anew. Needs a build, and every backend that the table names: it
// refuses to leave one out.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}docs/sandbox.md`;
const MARKS = { proven: '✔', unproven: '–', absent: '✘' };

const options = process.argv.includes('--last') ? [] : ['--prove'];
const answer = JSON.parse(
  execFileSync(process.execPath, [`${root}bin/sbx.js`, 'doctor', '--format', 'json', ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 24,
  }),
);
const backends = answer.backends.filter(({ available }) => available);
const before = readFileSync(page, 'utf8');
// A sandbox that is down today is no reason to say nothing of it any more.
const named =
  /<!-- begin: proof -->[\s\S]*?\n\| guarantee +\|([^\n]*)\|\n/.exec(before)?.[1]?.split('|') ?? [];
const down = named.map((id) => id.trim()).filter((id) => !backends.some((each) => each.id === id));
if (down.length > 0) {
  process.stderr.write(
    `docs/sandbox.md says what was proven of ${down.join(', ')}, and that is not available here: start it first\n`,
  );
  process.exit(1);
}
const names = Object.keys(backends[0].guarantees);
const row = (cells) => `| ${cells.join(' | ')} |`;
const lines = [
  row(['guarantee', ...backends.map(({ id }) => id)]),
  row(['---', ...backends.map(() => ':-:')]),
  ...names.map((name) => row([`\`${name}\``, ...backends.map(({ guarantees }) => MARKS[guarantees[name]])])),
];
const versions = backends.map(({ id, version }) => (version === null ? id : `${id} ${version}`)).join(', ');
const user = process.getuid() === 0 ? 'root' : 'an ordinary user';
const machine = `Proven as ${user} on Linux ${release()} (${process.arch}): ${versions}.`;
const after = before.replace(
  /(<!-- begin: proof -->\n)[\s\S]*?(<!-- end: proof -->)/,
  (_whole, begin, end) => `${begin}\n${machine}\n\n${lines.join('\n')}\n\n${end}`,
);
writeFileSync(page, after);
