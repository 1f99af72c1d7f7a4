import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { sandboxStage } from '../../../src/sandbox/stage.ts';
import { openTarget } from '../../../src/target/open.ts';
import { stageContext } from '../../support/stage-context.ts';
import { writeTree } from '../../support/temporary.ts';
import { lightBackends } from '../runs/fixture.ts';

const never = new AbortController().signal;
/** All the time that a slow machine may want. */
const manifest = {
  path: 'limits.yaml',
  manifest: { schema: 'sbx.manifest/1', resources: { wallSeconds: 60 } },
} as const;

/** What is seen of an environment that is there only as its web application makes it. */
async function probe(side: 'hostile' | 'honest', backend: BackendId): Promise<Outcome> {
  const folder = writeTree({
    'openenv.yaml':
      'spec_version: 1\nname: desk\ntype: space\nruntime: fastapi\napp: desk.app:app\nport: 8000\n',
    'desk/__init__.py': '',
  });
  const copy = (from: string, to: string): void => {
    cpSync(fileURLToPath(new URL(from, import.meta.url)), `${folder}/${to}`, { recursive: true });
  };
  copy('openenv', 'openenv');
  copy('desk/app.py', 'desk/app.py');
  copy(`desk/${side}.py`, 'desk/environment.py');
  return sandboxStage.run(
    await openTarget(folder, never),
    stageContext({ backend, signal: never, manifest }),
  );
}

const said = ({ findings }: Outcome): string[] => [
  ...new Set(findings.map(({ ruleId, message }) => `${ruleId}: ${message}`).sort()),
];
const stepped = ({ observations }: Outcome): string | undefined =>
  observations?.runs.find(({ phase }) => phase === 'step')?.command.at(-1);

describe('the probe of an environment that a web application serves', () => {
  it.each(lightBackends)(
    'tells what its step does late, and to hostile text, on %s',
    async (backend) => {
      const outcome = await probe('hostile', backend);
      expect(outcome.gaps).toEqual([]);
      expect(stepped(outcome)).toBe('desk.app.app: 53 steps');
      expect(said(outcome)).toEqual([
        'run-decoy-read: It read ~/.aws/credentials in phase step',
        'run-injection-executed: desk.app.app: text that it was given as an action was executed as a command of a shell',
        'run-process: It started `/bin/sh -c echo <answer>`',
        'run-process: It started `touch /tmp/sbx-canary-*-shell`',
      ]);
    },
    90_000,
  );

  it.each(lightBackends)(
    'has nothing against its honest twin, on %s',
    async (backend) => {
      const outcome = await probe('honest', backend);
      expect(said(outcome)).toEqual([]);
      expect(outcome).toMatchObject({ status: 'done', gaps: [] });
      expect(stepped(outcome)).toBe('desk.app.app: 53 steps');
    },
    90_000,
  );
});
