import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BackendId } from '../../src/model/observation.ts';
import type { Backend, SandboxResult } from '../../src/sandbox/backend.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { ATTACKS } from '../../src/sandbox/proof/attacks.ts';
import { layBait } from '../../src/sandbox/proof/bait.ts';
import { readJournal } from '../../src/sandbox/recorder/notify/notify.ts';
import { eventually, processesWith } from './backends/leftovers.ts';
import { describeWith } from './backends/requirement.ts';
import { err, out, sample } from './backends/sample.ts';
import { homeFolder, HOSTILE_PROGRAM, lines } from './hostile-program.ts';

const IDS: readonly BackendId[] = ['native', 'bubblewrap', 'docker', 'podman', 'firejail'];
/** In containers the attacks on totals are the engine's to withstand, in firejail the control group's; what the filter is for is tried everywhere. */
const OF_THE_ENGINE: ReadonlySet<BackendId> = new Set(['docker', 'podman', 'firejail']);
const signal = new AbortController().signal;

/** Supervisors that this process started. */
function ownSupervisors(): number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter((pid) => {
      const line = pid === '' ? '' : readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return line.includes('notify/supervisor.py');
    })
    .map(Number);
}

for (const id of IDS) {
  await describeWith(id, `the notify recorder around ${id}`, () => {
    let backend: Backend;
    let result: SandboxResult;

    beforeAll(async () => {
      backend = await loadBackend(id);
      const home = homeFolder();
      result = await backend.run(
        sample(['python3', '-u', '-I', '-S', '-B', '-c', HOSTILE_PROGRAM], {
          trace: true,
          copies: [{ source: home, target: '/home/user' }],
        }),
        signal,
      );
      rmSync(home, { recursive: true });
    });

    it('records without a loss, and changes nothing of what the program sees', () => {
      expect(err(result)).toBe('');
      expect(result).toMatchObject({ tracer: 'notify', exit: 0, lost: 0, limitsHit: [] });
      expect(out(result).split('\n').slice(0, 9)).toEqual([
        ...Array<string>(3).fill('97'),
        ...Array<string>(6).fill('-1 1'),
      ]);
      expect(out(result)).toContain('from-memory');
    });

    it('names the file that was read, however it was named', () => {
      expect(lines(result, 'file.open').filter((path) => path.startsWith('/home'))).toEqual([
        '/home/user/.aws/credentials',
        '/home/user/.netrc',
        '/home/user/.npmrc',
        '/home/user/.pypirc',
        '/home/user/.ssh/id_ed25519',
        '/home/user/.ssh/id_rsa',
      ]);
    });

    it('sees files made, renamed, linked, made executable and deleted, and what could not be written', () => {
      expect(lines(result, 'file.write')).toEqual([
        '! /etc/planted',
        '! /usr/planted',
        '/tmp/harmless',
        '/tmp/linked',
        '/tmp/made',
        '/tmp/moved',
      ]);
      expect(lines(result, 'file.delete')).toEqual(['/tmp/linked', '/tmp/made']);
      expect(lines(result, 'file.mode')).toEqual(['0755 /tmp/moved']);
    });

    it('sees addresses and the names asked for', () => {
      expect(lines(result, 'connect')).toEqual(['! 2001:db8::1:80', '! 203.0.113.7:443']);
      expect(lines(result, 'dns')).toEqual(['! collect.example', '! drops.example']);
      expect(lines(result, 'listen')).toEqual(['127.0.0.1:4711']);
      expect(lines(result, 'socket')).toEqual(['! AF_ALG', '! AF_NETLINK', '! AF_VSOCK']);
    });

    it('sees programs with their arguments, and who started them', () => {
      expect(lines(result, 'exec').filter((command) => !command.startsWith('python3'))).toEqual([
        'cat /tmp/moved',
        'echo from-memory',
        'sh -c cat /tmp/moved >/dev/null; true',
        'sleep 60',
        'true spawned',
      ]);
      expect(lines(result, 'exec.fileless')).toEqual(['memfd:hidden echo from-memory']);
      expect(lines(result, 'process')).toEqual([
        'python3 > memfd:hidden',
        'python3 > sh',
        'python3 > sh > cat',
        'python3 > sleep',
        'python3 > true',
      ]);
      expect(lines(result, 'signal')).toEqual(['SIGTERM to sleep']);
    });

    it('sees what the sandbox refuses', () => {
      expect(lines(result, 'mount')).toEqual(['! mount proc on /tmp', '! umount2 /tmp']);
      expect(lines(result, 'privilege')).toEqual([
        '! bpf',
        '! io_uring_setup',
        '! ptrace',
        '! setuid 0',
        '! unshare user',
      ]);
    });

    it('lets nobody hide in the phase after the command, but the process that started it', async () => {
      const script =
        '(: </.sbx-phase/collect; cat /tmp/a) 2>/dev/null; [ -r /.sbx-phase/step ]; : >/tmp/a; { true </.sbx-phase/collect; } 2>/dev/null; : >/tmp/b';
      const { events } = await backend.run(
        sample(['bash', '-c', `true >/tmp/a; ${script}`], { trace: true }),
        signal,
      );
      const phases = events.filter(({ kind }) => kind === 'file.open' || kind === 'file.write');
      expect(phases.map(({ kind, detail, phase }) => `${phase} ${kind} ${detail}`)).toEqual([
        'run file.write /tmp/a',
        'run file.open /tmp/a',
        'step file.write /tmp/a',
        'collect file.write /tmp/b',
      ]);
    });

    it('keeps so many different events, and says how many it lost', async () => {
      const script = 'for n in range(2100): open("/tmp/%d" % n, "w").close()';
      const flood = await backend.run(sample(['python3', '-I', '-S', '-c', script], { trace: true }), signal);
      expect(flood.exit).toBe(0);
      expect(flood.events).toHaveLength(2_000);
      expect(flood.lost).toBe(101);
    });

    it('keeps its record when the run is ended from outside', async () => {
      const script = 'import time; open("/tmp/before", "w"); time.sleep(60)';
      const ended = await backend.run(
        sample(['python3', '-I', '-S', '-c', script], { trace: true, limits: { wallMs: 1_500 } }),
        signal,
      );
      expect(ended.limitsHit).toEqual(['wall-time']);
      expect(lines(ended, 'file.write')).toEqual(['/tmp/before']);
      expect(ended.lost).toBe(0);
    });

    it('does not hang, and says that it lost something, when the supervisor is killed', async () => {
      const mark = `mark-${randomBytes(6).toString('hex')}`;
      const script = `import time; open("/tmp/before", "w"); print("on", flush=True); time.sleep(2.5)\ntry: open("/tmp/after", "w")\nexcept OSError as e: print(e.errno) # ${mark}`;
      expect(processesWith(mark)).toEqual([]);
      const running = backend.run(sample(['python3', '-I', '-S', '-c', script], { trace: true }), signal);
      const hasBegun = (): boolean =>
        processesWith(mark).some((line) => line.startsWith('python3 -I -S -c import'));
      expect(await eventually(hasBegun, 10_000)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 700));
      for (const supervisor of ownSupervisors()) process.kill(supervisor, 'SIGKILL');
      const ended = await running;
      expect(ended.exit).toBe(0);
      expect(out(ended)).toBe('on\n38\n');
      expect(lines(ended, 'file.write')).toEqual(['/tmp/before']);
      expect(ended.lost).toBeGreaterThan(0);
    });

    const attacks = OF_THE_ENGINE.has(id) ? ATTACKS.slice(0, 1) : ATTACKS;
    for (const attack of attacks) {
      it(`leaves the sandbox as strong against ${attack.name}`, { timeout: 120_000 }, async () => {
        const bait = await layBait();
        try {
          const recorded: Backend = {
            ...backend,
            run: (command, stop) => backend.run({ ...command, trace: true }, stop),
          };
          const checks = await attack({ backend: recorded, bait, signal });
          expect(checks.length).toBeGreaterThan(0);
          expect(checks.filter(({ outcome }) => outcome === 'broken' || outcome === 'untried')).toEqual([]);
        } finally {
          await bait.remove();
        }
      });
    }
  });
}

describe('readJournal', () => {
  const event = '{"kind": "file.write", "phase": "run", "detail": "/tmp/a", "allowed": true, "at": 5}';

  it('adds up how often something happened', () => {
    const again = '{"again": 0, "last": 90, "count": 7, "allowed": false}';
    expect(readJournal(`{"met": true}\n${event}\n${again}\n{"end": true, "lost": 3}\n`)).toEqual({
      events: [
        {
          kind: 'file.write',
          phase: 'run',
          detail: '/tmp/a',
          capability: 'fs.write',
          allowed: false,
          first: 5,
          last: 90,
          count: 7,
          decoy: null,
        },
      ],
      lost: 3,
      hasBegun: true,
    });
  });

  it('takes a record without an end for one that lost something', () => {
    const { events, lost, hasBegun } = readJournal(`{"met": true}\n${event}\n{"kind": "file.wr`);
    expect(events).toHaveLength(1);
    expect(lost).toBe(1);
    expect(hasBegun).toBe(true);
  });
});
