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
  const { chosen, leftOut } = choose(revealed, target);
  const left: readonly Gap[] = leftOut === 0 ? [] : [{ unit: unit.path, reason: `${leftOut} ${LEFT_OUT}` }];
  if (chosen.length === 0) return { findings: [], evidence: [], gaps: left };
  const [{ analyse }, { expandLayers }, { knowledgeWith }] = await Promise.all([
    import('../../static/engine.ts'),
    import('../../static/layers/expand.ts'),
    import('../../rules/compiled.ts'),
  ]);
  const byLayer = layered(chosen);
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
    gaps: [
      ...left,
      ...files.flatMap(({ path, opaque }): readonly Gap[] =>
        opaque?.blocking === true
          ? [{ unit: unit.path, reason: `${path} was not analysed: ${opaque.reason}` }]
          : [],
      ),
    ],
  };
}

const LEFT_OUT = 'of the things that runs wrote or gave were not analysed: there were too many, or too much';

/** What is new of it, each content once, as far as it is not too much; and how many things were too much. */
function choose(
  revealed: readonly Revealed[],
  target: Target,
): { readonly chosen: readonly Revealed[]; readonly leftOut: number } {
  const known = new Set(target.files.map(({ digest }) => digest));
  const chosen: (Revealed & { readonly digest: string })[] = [];
  let bytes = 0;
  let leftOut = 0;
  for (const each of revealed) {
    const digest = createHash('sha256').update(each.content).digest('hex');
    if (known.has(digest) || each.content.length === 0) continue;
    known.add(digest);
    if (chosen.length >= MOST_REVEALED || bytes + each.content.length > MOST_BYTES) {
      leftOut += 1;
      continue;
    }
    bytes += each.content.length;
    chosen.push({ ...each, digest });
  }
  // Random names are levelled: what has the same one has to have the same order each time.
  return { chosen: chosen.sort((one, other) => (one.digest < other.digest ? -1 : 1)), leftOut };
}

/** Each under a layer of its own, also where a command wrote to one path more than once. */
function layered(chosen: readonly Revealed[]): ReadonlyMap<string, Revealed> {
  const byLayer = new Map<string, Revealed>();
  for (const each of chosen) {
    const command = `run:${each.command.replace(/\s+/g, ' ').slice(0, 120)}`;
    let layer = `${command}!${each.path}`;
    for (let time = 2; byLayer.has(layer); time += 1) layer = `${command} (${time})!${each.path}`;
    byLayer.set(layer, each);
  }
  return byLayer;
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
