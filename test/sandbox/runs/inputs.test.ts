import { describe, expect, it } from 'vitest';
import { shownWith } from '../../../src/sandbox/plan/documents.ts';
import { inputFor, pipedInto } from '../../../src/sandbox/plan/standard-input.ts';
import { lightBackends, runFixture } from './fixture.ts';

describe('what a program that reads its standard input is sent', () => {
  it('has the keys that its source asks for', () => {
    const python =
      'import json, sys, os\nd = json.load(sys.stdin)\nd["user"]\nd.get("tool", {}).get("url")\nos.environ["HOME"]\n';
    expect(JSON.parse(inputFor(python, 'python') ?? '')).toEqual({
      user: 'example',
      tool: { url: 'https://example.com/' },
    });
    const node = 'const { file_path } = JSON.parse(readFileSync(0));\nif (input.city) {}';
    expect(JSON.parse(inputFor(node, 'javascript') ?? '')).toMatchObject({ city: 'Paris' });
    expect(JSON.parse(inputFor(node, 'javascript') ?? '')).toHaveProperty('file_path');
    const shell = 'input=$(cat)\necho "$input" | jq -r \'.tool_input.command\'\n';
    expect(JSON.parse(inputFor(shell, 'shell') ?? '')).toEqual({ tool_input: { command: 'ls -la' } });
  });

  it('answers prompts, and is a sample of what it works on elsewhere', () => {
    expect(inputFor('input("Go on? [y/N] ")\nname = input("Your name: ")\n', 'python')).toBe('y\nexample\n');
    expect(inputFor('import sys, csv\nrows = csv.reader(sys.stdin)\n', 'python')).toBe(
      'name,value\nfirst,1\nsecond,2\n',
    );
    expect(inputFor('import sys\nprint(sys.argv)\n', 'python')).toBeNull();
    expect(inputFor('cat "$1" | sort\nreadlink x\n', 'shell')).toBeNull();
  });

  it('is what a document pipes into it', () => {
    expect(pipedInto(`echo '{"a": 1}' | python3 x.py -v`)).toEqual({
      input: '{"a": 1}\n',
      rest: 'python3 x.py -v',
    });
    expect(pipedInto("python3 x.py <<'EOF'\none\ntwo\nEOF")).toEqual({
      input: 'one\ntwo\n',
      rest: 'python3 x.py',
    });
    expect(shownWith('x.py', [`printf "hi" | python3 x.py`, 'python3 x.py a'])).toEqual([
      { args: [], input: 'hi\n' },
      { args: ['a'], input: null },
    ]);
  });
});

// One sandbox is enough: how each hands on what is read is tested with all of them.
describe.each(lightBackends.slice(0, 1))('programs that read their standard input, in %s', (backend) => {
  it('are sent what they work on; hooks of agents what their host says; and a server of others is named', async () => {
    const { observations, gaps } = await runFixture('reads-input', backend);
    const runs = observations?.runs ?? [];
    const written = runs.flatMap(({ command, events }) =>
      events.flatMap(({ kind, detail }) =>
        kind === 'file.write' && detail.startsWith('/tmp/')
          ? [`${command.slice(0, 2).join(' ')}: ${detail}`]
          : [],
      ),
    );
    expect(written).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^PreToolUse hook: python3 .*: \/tmp\/checked-npm$/),
        'python3 scripts/count.py: /tmp/words-of-a-message',
        'node scripts/lines.js: /tmp/2-lines',
        'bash scripts/ask.sh: /tmp/asked-for-a-name',
      ]),
    );
    const asked = runs.find(({ command }) => command.join(' ').startsWith('bash scripts/ask.sh <<<'));
    const started = asked?.events.flatMap(({ kind, detail }) => (kind === 'exec' ? [detail] : []));
    expect(started).toEqual(['cp /dev/null /tmp/asked-for-a-name']);
    expect(gaps.map(({ reason }) => reason)).toEqual([
      'not run: the server weather, since `npx -y weather-server-of-others` in .mcp.json starts no file of the target',
    ]);
  }, 300_000);
});
