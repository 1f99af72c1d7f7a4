import { staticStage } from '../../src/static/stage.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';
import type { HostileInput } from './input.ts';

/** What static analysis says of a hostile text that is the only file of its target. */
export function analysed(input: HostileInput, times = 1): Promise<Outcome> {
  return staticStage.run(targetOf({ [input.path]: input.make(times) }), STAGE_CONTEXT);
}
