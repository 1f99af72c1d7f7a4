import { afterEach, beforeEach, vi } from 'vitest';
import type { Finding } from '../../../src/model/finding.ts';
import { depsStage } from '../../../src/deps/stage.ts';
import { stageContext } from '../../support/stage-context.ts';
import { targetOf } from '../target-of.ts';

/** Leaves the tools that are installed on the machine out of the tests of a file. */
export function withoutTools(): void {
  beforeEach(() => {
    vi.stubEnv('PATH', '/nonexistent');
    vi.stubEnv('SBX_TOOLS_BIN', '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
}

/** The findings of one rule in a target of these files. */
export async function findingsOf(
  ruleId: string,
  files: Readonly<Record<string, string>>,
): Promise<readonly Finding[]> {
  const { findings } = await depsStage.run(targetOf(files), stageContext());
  return findings.filter((finding) => finding.ruleId === ruleId);
}
