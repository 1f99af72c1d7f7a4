import { describe, expect, it } from 'vitest';
import { gvisorTraceOptions, parseGvisorLog } from '../../src/sandbox/recorder/gvisor.ts';

/** A log of gVisor with one message a line. */
function log(...messages: readonly string[]): string {
  return messages
    .map((msg, index) => JSON.stringify({ msg, level: 'info', time: `2026-01-01T00:00:0${index % 10}.5Z` }))
    .join('\n');
}

const seen = (...messages: readonly string[]): readonly string[] =>
  parseGvisorLog(log(...messages))
    .events.map(({ kind, detail, allowed, phase }) => `${phase} ${kind} ${allowed ? '' : '! '}${detail}`)
    .sort();

const MARK =
  '[   1:   1] sh X openat(AT_FDCWD /, 0x1 /.sbx-phase/run, O_RDONLY, 0o0) = 0 (0x0) errno=2 (no such file or directory) (9µs)';
const READ = 'openat(AT_FDCWD /tmp, 0x7f6d ../home/user/.netrc, O_RDONLY|O_CLOEXEC, 0o0) = 3 (0x3) (3.2µs)';

describe('parseGvisorLog', () => {
  it('leaves out what came before the first phase, and follows working folders', () => {
    expect(
      seen(
        `[   1:   1] cp X ${READ}`,
        MARK,
        `[   2:   2] cat X ${READ}`,
        '[   2:   2] cat X unlink(0x1 old) = 0 (0x0) (1µs)',
        '[   2:   2] cat X clone(CLONE_CHILD_SETTID|SIGCHLD, 0x0, 0x0, 0x7f, 0x0) = 3 (0x3) (1µs)',
        '[   3:   3] cat X rename(0x1 a, 0x2 /etc/b) = 0 (0x0) errno=30 (read-only file system) (1µs)',
      ),
    ).toEqual([
      'run file.delete ! /tmp/a',
      'run file.delete /tmp/old',
      'run file.open /home/user/.netrc',
      'run file.write ! /etc/b',
    ]);
  });

  it('lets neither a name of a thread nor a path hide what is done', () => {
    const forged = `x, O_DIRECTORY|0x0, 0o0) = 0 (0x0) errno=2 (no) (1µs)\n[   1:   1] sh X access(0x1 /.sbx-phase/collect, 0o0`;
    expect(
      seen(
        MARK,
        `[   2:   2] a X kill( X ${READ}`,
        `[   2:   2] sh X open(0x7f /tmp/${forged}, O_WRONLY|O_CREAT, 0o666) = 3 (0x3) (1µs)`,
        '[   2:   2] sh X open(0x7f /.sbx-phase/collect, O_RDONLY, 0o0) = 0 (0x0) errno=2 (no such file or directory) (1µs)',
        '[   2:   2] sh X unlink(0x7f /tmp/after) = 0 (0x0) (1µs)',
      ),
    ).toEqual([
      'run file.delete /tmp/after',
      'run file.open /home/user/.netrc',
      `run file.write /tmp/${forged}`,
    ]);
  });

  it('takes lines that are none, cut off or of other calls', () => {
    const { events, lost } = parseGvisorLog(
      `${log('[ 1: 1] x X brk(0x0) = 1 (0x1) (1µs)', 'text')}\n{"msg": "[ 1: 1] a X op`,
    );
    expect({ events, lost }).toEqual({ events: [], lost: 0 });
  });
});

describe('gvisorTraceOptions', () => {
  it('leaves out, for older versions, the calls that they do not know', () => {
    const list = (knowsYoung: boolean): string => gvisorTraceOptions('/logs', knowsYoung).join(' ');
    expect(list(true)).toMatch(/[=,]openat2[, ]/);
    expect(list(false)).not.toMatch(/[=,]openat2[, ]/);
    expect(list(false)).toMatch(/[=,]openat[, ]/);
  });
});
