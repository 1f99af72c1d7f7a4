import { describe, expect, it } from 'vitest';
import { staticStage } from '../../../src/static/stage.ts';
import { openTarget } from '../../../src/target/open.ts';
import { stageContext } from '../../support/stage-context.ts';
import { firedIn, lightBackends, runFixture } from './fixture.ts';

describe.skipIf(lightBackends.length === 0)('what a run writes', () => {
  it.each(lightBackends)('is analysed again, also when the run never ends, on %s', async (backend) => {
    const manifest = { schema: 'sbx.manifest/1', resources: { wallSeconds: 2 } } as const;
    const outcome = await runFixture('unpacks-itself', backend, {
      manifest: { path: 'limits.yaml', manifest },
    });
    expect(firedIn(outcome)).toContain('downloaded-script-piped');
    const finding = outcome.findings.find(({ ruleId }) => ruleId === 'downloaded-script-piped');
    expect(finding).toMatchObject({
      stage: 'sandbox',
      location: {
        path: 'scripts/prepare.py',
        startLine: 2,
        layer: expect.stringMatching(/^run:python3 scripts\/prepare\.py[^!]*!\/tmp\/thumbnails\/warm\.sh$/),
      },
    });
    expect(finding?.trace[0]?.message).toMatch(/^written as \/tmp\/thumbnails\/warm\.sh by `python3 /);
    expect(outcome.gaps.map(({ reason }) => reason).join()).toContain('reached the limit on wall-time');
  });

  it.each(lightBackends)(
    'is analysed again when it is written in another world only, on %s',
    async (backend) => {
      const target = await openTarget('fixtures/runs/unpacks-later', new AbortController().signal);
      // It is the condition in the code that leads to the other world.
      const earlier = [await staticStage.run(target, stageContext())];
      expect(firedIn(earlier[0]!)).not.toContain('downloaded-script-piped');
      const outcome = await runFixture('unpacks-later', backend, { earlier });
      const finding = outcome.findings.find(({ ruleId }) => ruleId === 'downloaded-script-piped');
      expect(finding?.location.layer).toBe('run:python3 scripts/prepare.py!/tmp/thumbnails/warm.sh');
    },
  );

  it('was not seen by the static stage', async () => {
    const { signal } = new AbortController();
    const target = await openTarget('fixtures/runs/unpacks-itself', signal);
    // Where it writes is a weakness; what it writes is not seen.
    expect(firedIn(await staticStage.run(target, stageContext({ signal })))).toEqual([
      'fixed-temporary-path',
    ]);
  });

  it.each(lightBackends)('is no news when it is ordinary, on %s', async (backend) => {
    const outcome = await runFixture('unpacks-itself-twin', backend);
    expect(outcome).toMatchObject({ status: 'done', findings: [], gaps: [] });
  });
});
