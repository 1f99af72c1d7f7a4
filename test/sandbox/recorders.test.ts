import { rmSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { SandboxResult } from '../../src/sandbox/backend.ts';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { runscBackend } from '../../src/sandbox/backends/runsc.ts';
import { describeWith } from './backends/requirement.ts';
import { sample } from './backends/sample.ts';
import { homeFolder, HOSTILE_PROGRAM, lines } from './hostile-program.ts';

const signal = new AbortController().signal;
const hasRunsc = (await runscBackend.probe()).available || process.env['CI'] === 'true';
const KINDS = [
  ...[
    'file.open',
    'file.write',
    'file.delete',
    'file.mode',
    'exec',
    'exec.fileless',
    'process',
    'connect',
    'dns',
  ],
  ...['listen', 'socket', 'signal', 'privilege', 'mount'],
];

/** Who started whom. */
const CHAINS = ['memfd:hidden', 'sh', 'sh > cat', 'sleep', 'true'].map(
  (chain) => `process python3 > ${chain}`,
);

/** What each of two recorders saw of one program, and the other did not; `kind detail`, what was refused with `!`. */
function differences(
  one: SandboxResult,
  other: SandboxResult,
): { readonly onlyOne: readonly string[]; readonly onlyOther: readonly string[] } {
  const deeds = (result: SandboxResult): ReadonlySet<string> =>
    new Set(
      KINDS.flatMap((kind) => lines(result, kind).map((line) => `${kind} ${line}`)).filter(
        // Reading what the system brings along is no deed; one recorder leaves it out sooner than the other.
        (deed) =>
          !/^file\.open !? ?\/(?:usr|lib|lib64|etc|proc|dev|bin)\//.test(deed) &&
          !/^exec python3 -u/.test(deed),
      ),
    );
  const [first, second] = [deeds(one), deeds(other)];
  return {
    onlyOne: [...first].filter((deed) => !second.has(deed)).sort(),
    onlyOther: [...second].filter((deed) => !first.has(deed)).sort(),
  };
}

async function record(recorder: 'notify' | 'strace' | 'gvisor'): Promise<SandboxResult> {
  const home = homeFolder();
  try {
    const backend = recorder === 'gvisor' ? runscBackend : await loadBackend('native');
    return await backend.run(
      sample(['python3', '-u', '-I', '-S', '-B', '-c', HOSTILE_PROGRAM], {
        trace: true,
        ...(recorder === 'gvisor' ? {} : { recorder }),
        copies: [{ source: home, target: '/home/user' }],
      }),
      signal,
    );
  } finally {
    rmSync(home, { recursive: true });
  }
}

await describeWith('native', 'two recorders of one program', () => {
  let notify: SandboxResult;
  beforeAll(async () => {
    notify = await record('notify');
  });

  it('see the same, notify and strace, but for what each cannot', async () => {
    const strace = await record('strace');
    expect([notify.tracer, strace.tracer]).toEqual(['notify', 'strace']);
    expect([notify.lost, strace.lost]).toEqual([0, 0]);
    expect(differences(notify, strace)).toEqual({
      onlyOne: [
        // strace does not know whether the network leads anywhere.
        'dns ! collect.example',
        'dns ! drops.example',
        // It names processes by numbers of the host and their children by numbers of the sandbox, so nobody knows who started whom.
        ...CHAINS,
        'signal SIGTERM to sleep',
      ],
      onlyOther: ['dns collect.example', 'dns drops.example', 'signal SIGTERM to another process'],
    });
  });

  it.skipIf(!hasRunsc)('see the same, notify and gVisor, but for what each cannot', async () => {
    const gvisor = await record('gvisor');
    expect([gvisor.tracer, gvisor.lost]).toEqual(['gvisor', 0]);
    expect(differences(notify, gvisor)).toEqual({
      onlyOne: [
        // gVisor does not write down what is sent.
        'dns ! collect.example',
        'dns ! drops.example',
        // Its own kernel allows, or has, what another would have been asked for.
        'privilege ! io_uring_setup',
        'privilege ! unshare user',
        ...CHAINS,
        'signal SIGTERM to sleep',
        'socket ! AF_NETLINK',
      ],
      onlyOther: [
        'dns *',
        // It does not say where a link led; that it was made to a secret is told when it is made.
        'file.open /tmp/harmless',
        'privilege io_uring_setup',
        'privilege unshare user',
        'signal SIGTERM to another process',
      ],
    });
  });
});
