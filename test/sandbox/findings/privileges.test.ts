import { describe, expect, it } from 'vitest';
import type { EventKind, ObservedEvent } from '../../../src/model/observation.ts';
import { privilegeFindings } from '../../../src/sandbox/findings/privileges.ts';
import { sandboxStage } from '../../../src/sandbox/stage.ts';
import { openTarget } from '../../../src/target/open.ts';
import { stageContext } from '../../support/stage-context.ts';
import { writeTree } from '../../support/temporary.ts';
import { describeWith } from '../backends/requirement.ts';

function attempt(text: string, kind: EventKind = 'privilege'): ObservedEvent {
  const at = { first: 1, last: 1, count: 1, decoy: null, capability: null, allowed: false };
  return { kind, detail: text, phase: 'run', ...at };
}

const found = (...events: readonly ObservedEvent[]): readonly string[] =>
  privilegeFindings(events, (rule, subject) => `${rule}: ${subject}`);

describe('findings about rights', () => {
  it('make one question of one sort of attempt, as browsers and sudo make it', () => {
    expect(found(attempt('clone user'), attempt('unshare user, process'))).toEqual([
      'run-privilege-attempt: make or enter namespaces',
    ]);
    expect(found(attempt('setuid 0'), attempt('setresgid 0'), attempt('setgroups'))).toEqual([
      'run-privilege-attempt: become root',
    ]);
    expect(found(attempt('mount proc on /tmp', 'mount'), attempt('unshare mount'))).toEqual([
      'run-privilege-attempt: make or enter namespaces, change what is mounted',
    ]);
  });

  it('call several sorts, or one that nothing needs, an attempt to escape', () => {
    expect(found(attempt('setuid 0'), attempt('unshare user'), attempt('mount proc on /x', 'mount'))).toEqual(
      ['run-escape-attempt: become root, make or enter namespaces, change what is mounted'],
    );
    expect(found(attempt('open_by_handle_at'))).toEqual([
      'run-escape-attempt: use calls that administer the machine',
    ]);
    expect(found(attempt('finit_module'), attempt('bpf'))).toHaveLength(1);
  });

  it('say nothing of what programs do as a matter of course', () => {
    const ordinary = [
      'io_uring_setup',
      'capset',
      'setgroups',
      'ptrace',
      'perf_event_open',
      'keyctl',
      'setuid 1000',
    ];
    expect(found(...ordinary.map((each) => attempt(each)), attempt('unshare 0'), attempt('bpf'))).toEqual([]);
    expect(found(attempt('setuid 0', 'exec'))).toEqual([]);
  });
});

const PYTHON = 'import ctypes, os\nlibc = ctypes.CDLL(None)\n';

async function rulesOf(code: string): Promise<readonly string[]> {
  const { signal } = new AbortController();
  const target = await openTarget(writeTree({ 'run.py': `${PYTHON}${code}` }), signal);
  const outcome = await sandboxStage.run(target, stageContext({ backend: 'native', signal }));
  const rules = outcome.findings.map(({ ruleId, message }) => `${ruleId} ${message}`);
  return [...new Set(rules.filter((each) => /privilege|escape/.test(each)))].sort();
}

await describeWith('native', 'a program that tries for more rights', () => {
  it('is found trying to escape', async () => {
    const code = 'libc.unshare(0x10020000)\nlibc.mount(b"proc", b"/tmp", b"proc", 0, None)\nlibc.setuid(0)\n';
    expect(await rulesOf(code)).toEqual([
      expect.stringMatching(
        /^run-escape-attempt It tried to become root, make or enter namespaces and change what is mounted \(mount proc on \/tmp, setuid 0, unshare user, mount\), first in phase run$/,
      ),
    ]);
  });

  it('is asked about when it only looks whether it may', async () => {
    expect(await rulesOf('libc.unshare(0x10000000)\n')).toEqual([
      expect.stringMatching(/^run-privilege-attempt It tried to make or enter namespaces \(unshare user\)/),
    ]);
  });

  it('is left alone when it stays who it is', async () => {
    const code =
      'os.setuid(os.getuid())\nos.setresgid(-1, os.getgid(), -1)\nlibc.unshare(0x200)\nos.chmod(__file__, 0o644) if os.access(__file__, os.W_OK) else None\n';
    expect(await rulesOf(code)).toEqual([]);
  });
});
