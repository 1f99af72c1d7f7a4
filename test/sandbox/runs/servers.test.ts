import { describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { sandboxStage } from '../../../src/sandbox/stage.ts';
import { staticStage } from '../../../src/static/stage.ts';
import { openTarget } from '../../../src/target/open.ts';
import { stageContext } from '../../support/stage-context.ts';
import { writeTree } from '../../support/temporary.ts';
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

  it.each(lightBackends)(
    'gets the key it wants, a place to write, and arguments that fit, on %s',
    async (backend) => {
      const outcome = await runFixture('server-shows-environment', backend);
      expect(outcome).toMatchObject({ status: 'done', gaps: [] });
      const runs = outcome.observations?.runs ?? [];
      const calls = runs.filter(({ phase }) => phase.startsWith('tool '));
      expect(
        calls.map(({ command, exit }) => [command.slice(0, -2).join(' '), command.at(-1), exit]),
      ).toEqual(
        [
          ['get_env', 0],
          // With both of its arguments, then with the one that it has to have.
          ['add_note', 1],
          ['add_note', 0],
          ['forget_note', 0],
        ].map(([name, exit]) => ['NOTES_API_KEY=example-key python3 server.py', name, exit]),
      );
      // It says that it shows them: a weakness, and no theft.
      expect(firedIn(outcome)).not.toContain('decoy-left');
      expect(
        outcome.findings
          .filter(({ ruleId }) => ruleId === 'run-tool-shows-environment')
          .map(({ message }) => message),
      ).toEqual([
        expect.stringMatching(/^The tool get_env answered with 1\d planted tokens from the environment/),
      ]);
      // What it was handed is none of its own secrets.
      expect(
        outcome.findings.filter(({ location }) => (location.layer ?? '').includes('answers.json')),
      ).toEqual([]);
    },
  );

  it('that never answers is a gap, with its last words', async () => {
    const [backend] = lightBackends;
    const outcome = await runText({ '.mcp.json': SETTINGS, 'server.py': SILENT }, backend!);
    expect(outcome.status).toBe('partial');
    expect(outcome.gaps.map(({ reason }) => reason)).toEqual([
      'not seen: `python3 server.py` did not answer a client over standard input, so none of its tools was called (its last words: no licence was found)',
    ]);
  });
});

const SETTINGS = JSON.stringify({ mcpServers: { silent: { command: 'python3', args: ['server.py'] } } });
const SILENT = `import sys
METHODS = ["tools/list", "tools/call"]
if __name__ == "__main__":
    sys.exit("no licence was found")
`;

/** What the sandbox stage makes of a target of these files. */
async function runText(files: Readonly<Record<string, string>>, backend: BackendId): Promise<Outcome> {
  return sandboxStage.run(await openTarget(writeTree(files), signal), stageContext({ backend, signal }));
}
