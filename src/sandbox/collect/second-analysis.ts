import { createHash } from 'node:crypto';
import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { Gap } from '../../model/outcome.ts';
import type { StageContext } from '../../model/stage.ts';
import type { Target, Unit } from '../../model/target.ts';

/** Something that a run brought to light: a file it wrote, a text it gave. */
export interface Revealed {
  /** The file of the target that was run; findings point there. */
  readonly origin: string;
  /** The run, as a person would call it. */
  readonly command: string;
  /** Where it was, inside: `/tmp/stage2.sh`; its ending says what it is. */
  readonly path: string;
  readonly content: Uint8Array;
  /** `written`, `given`: how it came about. */
  readonly how: string;
}

/** What the static stage makes of things that runs brought to light. */
export interface SecondAnalysis {
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
}

/** Things of one unit that are analysed, and bytes of all of them. */
const MOST_REVEALED = 200;
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Has the static stage look at what a unit's runs wrote and gave. What the target holds itself was looked at before and is left out;
 * what several runs brought to light counts once. Findings have the layer `run:COMMAND!/path`.
 */
export async function analyseRevealed(
  unit: Unit,
  revealed: readonly Revealed[],
  target: Target,
  context: Pick<StageContext, 'ruleFolders' | 'secondsPerFile' | 'signal' | 'progress'>,
): Promise<SecondAnalysis> {
  const chosen = choose(revealed, target);
  if (chosen.length === 0) return { findings: [], evidence: [], gaps: [] };
  const [{ analyse }, { expandLayers }, { knowledgeWith }] = await Promise.all([
    import('../../static/engine.ts'),
    import('../../static/layers/expand.ts'),
    import('../../rules/compiled.ts'),
  ]);
  const byLayer = new Map(chosen.map((each) => [layerOf(each), each]));
  const plain = [...byLayer].map(([path, { origin, content }]) => ({
    path,
    container: origin,
    content,
    unit: unit.path,
  }));
  const tasks = (await expandLayers(plain, context.signal)).map((task) => {
    const of = sourceOf(task.path, byLayer);
    return of === null ? task : { ...task, container: of.origin };
  });
  const { findings, evidence, files } = await analyse(
    tasks,
    await knowledgeWith(context.ruleFolders),
    context.signal,
    context.progress,
    { secondsPerFile: context.secondsPerFile },
    new Map([[unit.path, unit.kind]]),
  );
  return {
    findings: findings.map((finding): Finding => {
      const of = sourceOf(finding.location.layer ?? '', byLayer);
      const message = of === null ? '' : `${of.how} as ${of.path} by \`${of.command}\``;
      const step = { path: finding.location.path, line: 1, message };
      return { ...finding, stage: 'sandbox', trace: of === null ? finding.trace : [step, ...finding.trace] };
    }),
    evidence,
    gaps: files.flatMap(({ path, opaque }): readonly Gap[] =>
      opaque?.blocking === true
        ? [{ unit: unit.path, reason: `${path} was not analysed: ${opaque.reason}` }]
        : [],
    ),
  };
}

function choose(revealed: readonly Revealed[], target: Target): readonly Revealed[] {
  const known = new Set(target.files.map(({ digest }) => digest));
  const chosen: Revealed[] = [];
  let bytes = 0;
  for (const each of revealed) {
    const digest = createHash('sha256').update(each.content).digest('hex');
    const isKnown = known.has(digest) || each.content.length === 0;
    if (isKnown || chosen.length >= MOST_REVEALED || bytes + each.content.length > MOST_BYTES) continue;
    known.add(digest);
    bytes += each.content.length;
    chosen.push(each);
  }
  return chosen;
}

function layerOf({ command, path }: Revealed): string {
  return `run:${command.replace(/\s+/g, ' ').slice(0, 120)}!${path}`;
}

/** What a path or layer leads into: itself, or what it lies in. */
function sourceOf(path: string, byLayer: ReadonlyMap<string, Revealed>): Revealed | null {
  for (const [layer, each] of byLayer) {
    if (
      path === layer ||
      path.startsWith(`${layer}!/`) ||
      path.startsWith(`${layer}@`) ||
      path.startsWith(`${layer}#`)
    )
      return each;
  }
  return null;
}
