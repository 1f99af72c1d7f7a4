import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { expect, it } from 'vitest';
import { createShellFrontend } from '../../../../src/static/frontends/shell/frontend.ts';

const { parse } = createShellFrontend();

/** Bash's own check of the syntax; it runs nothing. Null: there is no Bash here. */
function isAccepted(text: string): boolean | null {
  const { exitCode, failed, stderr } = execaSync('bash', ['-n'], { input: text, reject: false });
  // For an error in `[[ … ]]` it complains, and still ends with 0.
  const hasComplaint = stderr.split('\n').some((line) => line !== '' && !line.includes('warning'));
  return exitCode === undefined ? null : !failed && !hasComplaint;
}

const hasBash = isAccepted('a') === true;

/** Whole commands, each accepted by Bash; taken apart and put together below. */
const LINES = [
  'if [ -f "$x" ]; then a; elif (( y > 1 )); then b; else c; fi',
  'for i in a {b,c} "$@"; do echo "${i%%.*}"; done < f',
  'for i; do ((i > 2)) || a; done',
  'while read -r l; do case $l in (a|b*) c;; [x-z]) d;& *) e; esac; done <<< "$(f)"',
  'f() { local a=(1 [x]=2) b; }; function g { a; } 2>&1',
  '[[ $x =~ ^(a|b)+$ && ! -n "$y" || $z == *.txt ]] && a || b',
  'a | b |& c; ! d & (e; f) > g; { h; } 2>/dev/null',
  'x=$(a "$(b `c`)") y+=\'d\' z[1]=$((x ** 2)) e <(f) >(g)',
  'cat <<-\\E && b\n\t$(a)\n\tE\nc',
  'select a in b; do c; done; until d; do e; done; coproc f; time -p g',
  'echo $\'a\\\'b\' $"c" ${x//\\//_} ${#x} ${!y} ${z:1:2} ${w:-"$(a)"} # b',
  'exec 3<>/dev/tcp/h/1 {fd}>&- 4<&3; a \\\n b; ((x++)); $((1)) ; ((a); b)',
];
const PIECES = '( ) { } [[ ]] ; ;; & && | < << \' " ` $( ${ $(( # ! if then fi do done esac in \n \\'.split(
  ' ',
);

it.runIf(hasBash)('agrees with bash -n on whole and on broken commands', () => {
  let state = 11;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
  const differences: string[] = [];
  let accepted = 0;
  for (let round = 0; round < 150; round++) {
    let text = `${LINES[round % LINES.length]!}\n${LINES[next(LINES.length)]!}\n`;
    if (round >= LINES.length) {
      const at = next(text.length);
      const piece = PIECES[next(PIECES.length)]!;
      text = `${text.slice(0, at)} ${piece} ${text.slice(at + next(3))}`;
    }
    const isWhole = isAccepted(text) === true;
    if (isWhole) accepted += 1;
    if (isWhole && parse(text, 'shell', 'x').status !== 'complete') differences.push(text);
  }
  expect(accepted).toBeGreaterThan(40);
  expect(differences).toEqual([]);
});

it.runIf(hasBash)('reads the scripts of this system as bash -n does', () => {
  const folder = '/usr/bin';
  let checked = 0;
  const differences: string[] = [];
  for (const file of readdirSync(folder, { withFileTypes: true })) {
    if (!file.isFile() || checked === 40) continue;
    const text = readFileSync(join(folder, file.name)).subarray(0, 200_000).toString('latin1');
    if (!/^#!\s*\S*(?:\/|\s)(?:ba)?sh\b/.test(text)) continue;
    checked += 1;
    const status = parse(text, 'shell', file.name).status;
    if ((status === 'complete') !== isAccepted(text)) differences.push(file.name);
  }
  expect(differences).toEqual([]);
});
