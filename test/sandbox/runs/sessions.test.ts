import { describe, expect, it } from 'vitest';
import { firedIn, lightBackends, runFixture } from './fixture.ts';

describe.skipIf(lightBackends.length === 0)('the commands that SKILL.md shows', () => {
  it.each(lightBackends)('are typed in order into one shell, on %s', async (backend) => {
    const outcome = await runFixture('session', backend);
    const runs = outcome.observations?.runs ?? [];
    expect(runs.map(({ command, phase, exit }) => [phase, exit, command.join(' ')])).toEqual([
      ['command 1', 0, 'export REPORT=weekly'],
      ['command 2', 0, 'cd scripts'],
      ['command 3', 0, 'python3 gather.py /home/user/Documents/sample.txt --format json'],
      ['command 4', 0, 'python3 publish.py --title "Weekly"'],
      ['command 5', 0, 'touch /tmp/published'],
      ['run', 0, 'without a network: bash SKILL.md'],
    ]);
    const details = (runs[3]?.events ?? []).map(({ kind, detail }) => `${kind} ${detail}`);
    expect(details).toEqual(expect.arrayContaining(['connect 198.51.100.7:443', 'decoy ~/.aws/credentials']));
    expect(runs[2]?.events.map(({ kind }) => kind)).not.toContain('connect');
    expect(firedIn(outcome)).toContain('run-secret-and-network');
  });

  it.each(lightBackends)(
    'are no finding beyond what they start when they are honest, on %s',
    async (backend) => {
      const outcome = await runFixture('session-twin', backend);
      expect(firedIn(outcome)).toEqual(['run-process']);
      expect(outcome).toMatchObject({ status: 'done', gaps: [] });
    },
  );

  it.each(lightBackends)(
    'are typed beside a SKILL.md that lies deeper in the target, on %s',
    async (backend) => {
      const outcome = await runFixture('below-the-top', backend);
      expect(outcome).toMatchObject({ status: 'done', gaps: [] });
      expect(outcome.observations?.runs.map(({ command, exit }) => [command.join(' '), exit])).toEqual([
        ['python3 scripts/label.py jam', 0],
        ['python scripts/label.py plum', 0],
      ]);
    },
  );
});

describe.skipIf(process.env['CI'] !== 'true')('on firejail, where paths are others', () => {
  it('the commands of SKILL.md are typed in the writable copy', async () => {
    const outcome = await runFixture('session', 'firejail');
    const commands = outcome.observations?.runs.map(({ command, exit }) => [command.join(' '), exit]);
    expect(commands?.slice(1, 4)).toEqual([
      ['cd scripts', 0],
      ['python3 gather.py /home/user/Documents/sample.txt --format json', 0],
      ['python3 publish.py --title "Weekly"', 0],
    ]);
    expect(firedIn(outcome)).toContain('run-secret-and-network');
    expect(firedIn(await runFixture('session-twin', 'firejail'))).toEqual(['run-process']);
  });
});

describe.skipIf(lightBackends.length === 0)('a script that refuses what was made up for it', () => {
  it.each(lightBackends)('is run plainly and with a sample file, on %s', async (backend) => {
    const outcome = await runFixture('refuses-made-up', backend);
    expect(outcome.observations?.runs.map(({ command, exit }) => [command.join(' '), exit])).toEqual([
      ['python3 scripts/tally.py /home/user/Documents/sample.txt', 2],
      ['python3 scripts/tally.py', 2],
      ['python3 scripts/tally.py /home/user/Documents/sample.csv', 0],
      ['without a network: python3 scripts/tally.py /home/user/Documents/sample.csv', 0],
    ]);
    expect(firedIn(outcome)).toContain('run-secret-and-network');
  });

  it.each(lightBackends)('and is no finding when it is honest, on %s', async (backend) => {
    const outcome = await runFixture('refuses-made-up-twin', backend);
    expect(outcome).toMatchObject({ status: 'done', findings: [], gaps: [] });
  });
});

const CONVERT = 'python3 scripts/convert.py convert --mode fast --limit 3 /home/user/Documents/sample.csv';

describe.skipIf(lightBackends.length === 0)('a script that asks for arguments', () => {
  it.each(lightBackends)('gets the ones that its source defines, on %s', async (backend) => {
    const outcome = await runFixture('asks-for-arguments', backend);
    expect(outcome.observations?.runs.map(({ command, exit }) => [command.join(' '), exit])).toEqual([
      [CONVERT, 0],
      [`without a network: ${CONVERT}`, 0],
    ]);
    expect(firedIn(outcome)).toEqual(['run-network-attempt']);
  });

  it.each(lightBackends)('and is no finding when it is honest, on %s', async (backend) => {
    const outcome = await runFixture('asks-for-arguments-twin', backend);
    expect(outcome).toMatchObject({ status: 'done', findings: [], gaps: [] });
  });
});
