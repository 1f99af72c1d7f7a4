import type { Evidence, Scope } from '../model/evidence.ts';
import type { ObservedEvent } from '../model/observation.ts';
import type { ObservedRun } from './observed-run.ts';
import { commandName, hostOf } from './recorder/classify.ts';

const SCOPE_OF_PHASE: Readonly<Record<string, Scope>> = {
  import: 'import-time',
  make: 'env.init',
  reset: 'env.reset',
  step: 'env.step',
  render: 'env.render',
  close: 'env.close',
};

/** What was seen, as evidence: once per capability, detail and scope of a unit. Details as static analysis gives them. */
export function evidenceOf(unit: string, observed: readonly ObservedRun[]): readonly Evidence[] {
  const evidence = new Map<string, Evidence>();
  for (const { planned, run } of observed) {
    for (const event of run.events) {
      const { capability } = event;
      if (capability === null) continue;
      const detail = detailOf(event);
      const scope =
        planned.program === 'hook' && planned.isAgents !== true
          ? 'install-hook'
          : (SCOPE_OF_PHASE[event.phase] ?? 'cli-entry');
      const key = `${capability}\0${detail}\0${scope}`;
      if (evidence.has(key)) continue;
      evidence.set(key, {
        source: 'run',
        capability,
        detail,
        unit,
        scope,
        guard: null,
        confidence: 'high',
        location: null,
        event,
      });
    }
  }
  return [...evidence.values()];
}

function detailOf({ kind, detail, decoy }: ObservedEvent): string {
  if (kind === 'connect' || kind === 'dns') return hostOf(detail);
  if (kind === 'exec') return commandName(detail);
  if (kind === 'decoy') return decoy ?? detail;
  return detail;
}
