import { manifestOf } from '../../manifest/read.ts';
import type { StageContext } from '../../model/stage.ts';
import type { Target, Unit } from '../../model/target.ts';

/** Ids that a manifest may put first. */
const MOST_NAMED = 100;

/**
 * The ids that a manifest names. The operator's says what is to be run, and nothing else is; that of the target is a claim, which says
 * what comes first and leaves nothing out.
 */
export function namedEnvironments(unit: Unit, target: Target, context: StageContext): readonly string[] {
  const files = new Map(target.files.map((file) => [file.path, file]));
  const own = manifestOf(unit, files)?.manifest ?? null;
  const ids = context.manifest?.manifest.environment?.ids ?? [];
  return [...new Set(ids.length > 0 ? ids : (own?.environment?.ids ?? []))].slice(0, MOST_NAMED);
}
