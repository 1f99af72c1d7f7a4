import { describe, expect, it } from 'vitest';
import { staticStage } from '../../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../engine/target.ts';

async function rulesOf(line: string): Promise<readonly string[]> {
  const { findings } = await staticStage.run(targetOf({ 'run.sh': `#!/bin/sh\n${line}\n` }), STAGE_CONTEXT);
  return findings.map(({ ruleId }) => ruleId);
}

describe('a command behind one that runs it', () => {
  it.each([
    'sudo -n',
    'sudo -S',
    'sudo -k',
    'sudo -s',
    'sudo -nE -u root',
    'sudo --user root',
    'doas -n -u root',
    'env -i A=1',
    'env -u HOME',
    'nice -n 5',
    'timeout -k 5 10',
    'timeout -s KILL 5',
    'stdbuf -o L',
    'setsid -f',
    'command -p',
    'exec -a helper',
    'time -p',
    'xargs -n 1',
    'screen -dmS name',
  ])('is found: %s', async (wrapper) => {
    expect(await rulesOf(`${wrapper} rm -rf /`)).toContain('home-or-root-deleted');
    expect(await rulesOf(`${wrapper} rm -rf build`)).not.toContain('home-or-root-deleted');
  });

  it.each([
    'env -S "rm -rf /"',
    "tmux new-session -d 'rm -rf /'",
    "tmux new -ds name -c build 'rm -rf /'",
    "tmux send-keys -t name 'rm -rf /' Enter",
    "watch -n 5 'rm -rf /'",
    "watch -ctn 5 'rm -rf /'",
    "watch -t 'rm -rf /'",
    "trap -- 'rm -rf /' EXIT",
  ])('is found in one text: %s', async (line) => {
    expect(await rulesOf(line)).toContain('home-or-root-deleted');
  });
});
