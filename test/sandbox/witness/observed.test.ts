import { randomInt } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Unit } from '../../../src/model/target.ts';
import type { Backend } from '../../../src/sandbox/backend.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { gapsOf } from '../../../src/sandbox/gaps/gaps.ts';
import { GUEST_FOLDER } from '../../../src/sandbox/inside.ts';
import { DEFAULT_LIMITS } from '../../../src/sandbox/limits.ts';
import { observe } from '../../../src/sandbox/observe/observe.ts';
import type { ObservedRun } from '../../../src/sandbox/observed-run.ts';
import { permissionsOf } from '../../../src/sandbox/permissions.ts';
import { witnessNotes, witnessTools } from '../../../src/sandbox/recorder/inotify/witness-notes.ts';
import { Told } from '../../../src/sandbox/recorder/inotify/sightings.ts';
import { contextWithDefaults } from '../../../src/cli/stage-context.ts';
import { processesWith } from '../backends/leftovers.ts';
import { describeWith } from '../backends/requirement.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const { signal } = new AbortController();
const unit: Unit = { path: '.', kind: 'files', name: 'it', files: [] };

afterAll(() => {
  expect(ownWatchers()).toEqual([]);
});

/** Watchers that this process started. */
function ownWatchers(): number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(
      (pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('inotify/watcher.py'),
    )
    .map(Number);
}

/** Observes a shell script, in a sandbox whose recorder says what `change` leaves of it. */
async function observed(
  script: string,
  change: (result: Awaited<ReturnType<Backend['run']>>) => Partial<Awaited<ReturnType<Backend['run']>>>,
): Promise<ObservedRun> {
  const backend = await loadBackend('native');
  const folder = temporaryFolder();
  const [target, guest, scratch] = ['target', 'guest', 'scratch'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [target, scratch]) mkdirSync(each, { mode: 0o755 });
  cpSync(GUEST_FOLDER, guest, { recursive: true });
  writeFileSync(join(target, 'run.sh'), script);
  const { policy } = contextWithDefaults({ signal, progress: () => undefined });
  return observe(
    { program: 'shell', path: 'run.sh', arguments: [], label: ['run.sh'], modules: [], roots: [] },
    '.',
    DEFAULT_LIMITS,
    {
      backend: {
        ...backend,
        run: async (command, stop) => {
          const result = await backend.run(command, stop);
          return { ...result, ...change(result) };
        },
      },
      prepared: null,
      packages: [],
      isLimitedToNamed: false,
      isTimeGiven: false,
      image: null,
      permissions: permissionsOf(null, policy),
      isOnline: false,
      targetFolder: target,
      targetBytes: 0,
      guestFolder: guest,
      scratch,
      patterns: { persistencePaths: [], agentPaths: [] },
    },
    signal,
  );
}

const decoysIn = ({ run }: ObservedRun): readonly string[] =>
  run.events.filter(({ kind }) => kind === 'decoy').map(({ detail, count }) => `${detail} ${count}`);
const gaps = (run: ObservedRun): readonly string[] =>
  gapsOf(unit, [run], { prepared: null, packages: [], targetPath: '.' }).map(({ reason }) => reason);

/** Read by a child whose command line does not name it, so that the recorder inside cannot tell. */
const READ = `sh -c 'cat ~/.ssh/id_r* >/dev/null'`;
const READS = `${READ}; exit 3\n`;

await describeWith('native', 'a run with two witnesses of its decoys', () => {
  it('tells once of what both saw', async () => {
    const run = await observed(READS, () => ({}));
    expect(decoysIn(run)).toEqual(['~/.ssh/id_rsa 1']);
    expect(run.witness).toEqual({ missed: [], limitation: null });
    expect(gaps(run)).toEqual([]);
    expect(witnessTools([run]).map(({ id, version, status }) => [id, version, status])).toEqual([
      ['recorder', 'notify', 'ok'],
      ['decoy witness', 'inotify', 'ok'],
    ]);
    expect(witnessNotes([run])).toEqual([]);
  });

  it('makes an event and a gap of what the recorder missed', async () => {
    const run = await observed(READS, () => ({ events: [] }));
    expect(decoysIn(run)).toEqual(['~/.ssh/id_rsa 1']);
    expect(gaps(run)).toEqual([
      'the recorder of system calls missed that `run.sh` read ~/.ssh/id_rsa, which was seen from outside the sandbox',
    ]);
  });

  it('is the only witness where there is no recorder, and says so', async () => {
    const run = await observed(READS, () => ({ events: [], tracer: null }));
    expect(decoysIn(run)).toEqual(['~/.ssh/id_rsa 1']);
    expect(gaps(run)).toEqual([]);
    expect(witnessTools([run])[0]).toEqual({ id: 'recorder', version: null, status: 'missing' });
    expect(witnessNotes([run])).toEqual([
      'system calls were not recorded; reads of decoys were seen from outside the sandbox all the same',
    ]);
  });

  it('does not count what sbx itself reads when it collects what was written', async () => {
    const changes =
      'echo more >>~/.npmrc; touch ~/.netrc; mv ~/.pypirc ~/.kept; chmod 600 ~/.aws/credentials';
    const script = `${changes}; ${READ}; sh -c 'touch ~/.ssh/id_r*'\n`;
    const run = await observed(script, () => ({ events: [] }));
    expect(run.written.opened.length).toBeGreaterThan(4);
    expect(run.witness).toEqual({ missed: ['~/.ssh/id_rsa'], limitation: null });
  });

  it('says so when the watcher is killed in the middle', async () => {
    const sleep = `sleep 5.${randomInt(100_000, 999_999)}`;
    const running = observed(`${READ}; ${sleep}\n`, () => ({}));
    await expect
      .poll(() => processesWith(sleep).some((line) => line === sleep), { timeout: 20_000 })
      .toBe(true);
    const watchers = ownWatchers();
    expect(watchers).toHaveLength(1);
    for (const pid of watchers) process.kill(pid, 'SIGKILL');
    const run = await running;
    expect(run.witness.limitation).toBe('the watcher of decoys ended before the run did');
    expect(witnessNotes([run])).toEqual([
      'reads of decoys had no second witness: the watcher of decoys ended before the run did',
    ]);
    expect(decoysIn(run)).toEqual(['~/.ssh/id_rsa 1']);
  });
});

describe('what the watcher told', () => {
  const files = ['.ssh/id_rsa', '.netrc'];
  const told = (...records: readonly object[]): Told => {
    const each = new Told();
    for (const record of records) each.take(JSON.stringify(record));
    return each;
  };

  it('leaves out what sbx read itself', () => {
    const end = { end: true, reads: { 0: 1, 1: 3 }, own: { '7:1': 0, '7:2': 1 }, lost: 0 };
    const all = told({ ready: true }, { watched: 2 }, { read: 0, at: 4 }, { read: 1, at: 9 }, end);
    expect(all.sightings(files, ['7:1', '7:2'])).toEqual({
      reads: [{ file: '.netrc', first: 9, count: 2 }],
      limitation: null,
    });
  });

  it('says what was not seen', () => {
    const end = { end: true, reads: {}, own: {}, lost: 0 };
    expect(told({ ready: true }, end).sightings(files, []).limitation).toMatch(/cannot be seen/);
    expect(told({ watched: 1 }, end).sightings(files, []).limitation).toBe(
      '1 of 2 decoys could not be watched',
    );
    expect(told({ watched: 2 }, { ...end, lost: 1 }).sightings(files, []).limitation).toMatch(
      /more happened/,
    );
    const cut = told({ watched: 2 }, { read: 0, at: 1 });
    cut.take('{"end": tr');
    expect(cut.sightings(files, [])).toEqual({
      reads: [{ file: '.ssh/id_rsa', first: 1, count: 1 }],
      limitation: 'the watcher of decoys ended before the run did',
    });
  });
});
