import { describe, expect, it } from 'vitest';
import { staticStage } from '../../../src/static/stage.ts';
import { openTarget } from '../../../src/target/open.ts';
import { stageContext } from '../../support/stage-context.ts';
import { firedIn, lightBackends, runFixture } from './fixture.ts';

const { signal } = new AbortController();

describe.skipIf(lightBackends.length === 0)('a server that is talked to', () => {
  it.each(lightBackends)('shows which of its tools can be broken out of, on %s', async (backend) => {
    const outcome = await runFixture('server-weak', backend);
    const proofs = outcome.findings.filter(({ ruleId }) => ruleId.startsWith('run-tool-'));
    expect(proofs.map(({ message }) => message).sort()).toEqual([
      'The tool count_words ran a command that stood inside an ordinary text argument',
      'The tool fetch_page tried to reach 169.254.169.254 when it was given that address',
      'The tool read_note read ~/.ssh/id_rsa for a path that leads upwards',
    ]);
    // What the client asked for itself is no theft.
    expect(firedIn(outcome)).not.toContain('decoy-left');
    expect(firedIn(outcome)).not.toContain('run-decoy-read');
    expect(outcome.reason).toBe(
      '`python3 server.py` was asked and listed the tools read_note, count_words, fetch_page',
    );
    const called = outcome.observations?.runs.filter(({ phase }) => phase.startsWith('tool '));
    expect(called?.map(({ phase, exit, command }) => [phase, exit, command.at(-1)])).toEqual([
      ['tool read_note', 0, 'read_note'],
      ['tool count_words', 0, 'count_words'],
      ['tool fetch_page', 0, 'fetch_page'],
    ]);
    expect(called?.[2]?.events.map(({ kind, detail }) => `${kind} ${detail}`)).toContain(
      'connect example.com:443',
    );
  });

  it.each(lightBackends)('that checks what it is given is no finding, on %s', async (backend) => {
    const outcome = await runFixture('server-weak-twin', backend);
    expect(firedIn(outcome)).toEqual(['run-network-attempt', 'run-process']);
    expect(outcome).toMatchObject({ status: 'done', gaps: [] });
  });

  it.each(lightBackends)('is caught when it describes a tool otherwise later, on %s', async (backend) => {
    const outcome = await runFixture('server-changes', backend);
    expect(firedIn(outcome)).toEqual(expect.arrayContaining(['run-tool-changed', 'tool-description-order']));
    expect(outcome.findings.find(({ ruleId }) => ruleId === 'run-tool-changed')?.message).toBe(
      'The tool count_words was described otherwise after its tools had been called',
    );
    expect(
      outcome.findings.find(({ ruleId }) => ruleId === 'tool-description-order')?.location,
    ).toMatchObject({
      path: 'server.py',
      layer: 'run:python3 server.py!/tools.json',
    });
    const target = await openTarget('fixtures/runs/server-changes', signal);
    expect(firedIn(await staticStage.run(target, stageContext({ signal })))).not.toContain(
      'tool-description-order',
    );
  });

  it.each(lightBackends)('is caught when a tool’s answer carries a secret, on %s', async (backend) => {
    const outcome = await runFixture('server-leaks', backend);
    expect(
      outcome.findings.filter(({ ruleId }) => ruleId === 'decoy-left').map(({ message }) => message),
    ).toEqual([
      'The planted secret ~/.aws/credentials turned up in the answer of the tool count_words (reversed), in phase tool count_words',
    ]);
  });
});
