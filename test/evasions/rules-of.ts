import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** The rules that the static stage reports for a target of these files, by their paths; one a finding. Nothing of it is run. */
export async function rulesOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await staticStage.run(targetOf(files), STAGE_CONTEXT);
  return findings.map(({ ruleId }) => ruleId);
}
