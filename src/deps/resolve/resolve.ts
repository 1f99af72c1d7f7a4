import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Package } from '../../model/dependency.ts';
import type { StageContext } from '../../model/stage.ts';
import { describe } from '../findings.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { compareText } from '../inventory/text.ts';
import { findTool } from '../tools/find-tool.ts';
import { runTool } from '../tools/run-tool.ts';
import type { ToolContext } from '../tools/tool-context.ts';
import { endOf } from '../tools/tool-failure.ts';
import type { ToolResult } from '../tools/tool-result.ts';
import { worstOf } from '../tools/tool-result.ts';
import { askPins, pinsToAsk } from './pinned.ts';
import { resolvedPackage, rootsByPackage } from './resolved-package.ts';
import type { OpenUnit, Root } from './roots.ts';
import { openUnits, pinKey, pypiPin } from './roots.ts';
import type { Chosen, Yanked } from './uv-compile.ts';
import { compileWithUv } from './uv-compile.ts';

/** What would be installed today for what the target leaves open. */
export interface Resolution {
  readonly result: ToolResult;
  /** With `resolvedAsOf`; at the places of the declarations that lead to them. */
  readonly packages: readonly Package[];
  /** What would be installed though its maker withdrew it, by unit. */
  readonly yanked: readonly YankedIn[];
}

/** A withdrawn version, and the unit that would install it. */
export interface YankedIn extends Yanked {
  readonly unit: string;
}

const INSTALL = 'not found; `pipx install uv==0.13.8` installs it';
const VERSION_DEADLINE_MS = 5_000;
/** For all runs together. */
const DEADLINE_MS = 180_000;
/** Runs for requirements one by one, after all of them together were unsolvable. */
const MAX_SINGLE_RUNS = 100;

/**
 * Resolves the requirements of Python that have no lock, with uv, over lists that sbx writes itself. Names and ranges leave the machine.
 * @param today ISO 8601 day
 * @throws the signal's reason when aborted
 */
export async function resolveOpen(
  { packages, files }: Pick<Inventory, 'packages' | 'files'>,
  { signal, progress }: Pick<StageContext, 'signal' | 'progress'>,
  today: string,
): Promise<Resolution> {
  const nothing = { result: { id: 'uv', version: null, reports: [] }, packages: [] } as const;
  const units = openUnits(packages, files);
  const pins = pinsToAsk(packages);
  if (units.length === 0 && pins.length === 0)
    return told(nothing, 'skipped', 'no package of a Python index is declared');
  const path = findTool('uv');
  if (path === null) return told(nothing, 'missing', INSTALL);
  const folder = await mkdtemp(join(tmpdir(), 'sbx-deps-'));
  try {
    await mkdir(join(folder, 'empty'));
    const context: ToolContext = { folder, online: true, signal };
    const probe = await runTool({
      path,
      arguments: ['--version'],
      folder: join(folder, 'empty'),
      deadlineMs: VERSION_DEADLINE_MS,
      signal,
    });
    const version = /^uv (\S+)/.exec(probe.stdout)?.[1];
    if (version === undefined)
      return told(nothing, 'failed', `states no version: ${probe.startError ?? endOf(probe)}`);
    progress('resolving what it leaves open');
    const resolver = new Resolver(path, context);
    const resolved: Package[] = [];
    for (const unit of units) resolved.push(...(await resolver.resolve(unit, packages, today)));
    await resolver.askAbout(pins, packages);
    const result = { id: 'uv', version, ...resolver.verdict(resolved.length, today) } as const;
    return { result, packages: resolved, yanked: resolver.yanked() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function told(
  { result }: { readonly result: Pick<ToolResult, 'id' | 'version' | 'reports'> },
  status: ToolResult['status'],
  message: string,
): Resolution {
  return { result: { ...result, status, message }, packages: [], yanked: [] };
}

interface Failure {
  readonly status: 'failed' | 'timeout';
  readonly message: string;
}

/** What uv chose for one unit, in one run or in several. */
interface Answer {
  readonly chosen: readonly Chosen[];
  readonly yanked: readonly Yanked[];
}

/** Runs uv unit by unit under one deadline and remembers what could not be resolved. */
class Resolver {
  readonly #path: string;
  readonly #context: ToolContext;
  readonly #ends = performance.now() + DEADLINE_MS;
  readonly #failures: Failure[] = [];
  readonly #yanked = new Map<string, YankedIn>();
  /** Pins that the index has answered about, `name==version`. */
  readonly #answered = new Set<string>();
  #singleRuns = 0;
  #solved = 0;
  #asked = 0;

  constructor(path: string, context: ToolContext) {
    this.#path = path;
    this.#context = context;
  }

  async resolve(unit: OpenUnit, packages: readonly Package[], today: string): Promise<Package[]> {
    for (const declared of unit.unwritable)
      this.#failures.push({ status: 'failed', message: `${describe(declared)}: not a range of PyPI` });
    if (unit.roots.length === 0) return [];
    const { chosen, yanked } = await this.#choose(unit);
    for (const each of yanked) this.#tell(each, unit.unit);
    for (const { name, version } of chosen) this.#answered.add(`${name}==${version}`);
    const declared = new Set(
      packages
        .filter((each) => each.unit === unit.unit && each.ecosystem === 'PyPI' && each.version !== null)
        .map(({ name, version }) => `${name}==${version ?? ''}`),
    );
    const leading = rootsByPackage(chosen, unit.roots);
    return chosen
      .filter(({ name, version }) => !declared.has(`${name}==${version}`))
      .map((each) => resolvedPackage(each, leading.get(each.name) ?? unit.roots, unit.unit, today))
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.version ?? '', b.version ?? ''));
  }

  /** All together, as they would be installed; one by one when that cannot be, so that one of them does not hide the others. */
  async #choose({ roots, pins }: OpenUnit): Promise<Answer> {
    const lines = roots.map(({ line }) => line);
    const all = await this.#compile({ lines, pins, isDeep: true });
    if ('chosen' in all) {
      this.#solved += roots.length;
      return all;
    }
    if (!all.isUnsolvable || roots.length === 1) {
      this.#failures.push({ ...all, message: `${namesOf(roots)}: ${all.message}` });
      return { chosen: [], yanked: [] };
    }
    const chosen = new Map<string, Chosen>();
    const yanked: Yanked[] = [];
    for (const root of roots) {
      this.#singleRuns += 1;
      const one =
        this.#singleRuns > MAX_SINGLE_RUNS
          ? TOO_MANY
          : await this.#compile({ lines: [root.line], pins, isDeep: true });
      if ('chosen' in one) {
        this.#solved += 1;
        yanked.push(...one.yanked);
        for (const each of one.chosen) chosen.set(`${each.name}==${each.version}`, merged(each, chosen));
      } else this.#failures.push({ ...one, message: `${describe(root.declared)}: ${one.message}` });
    }
    return { chosen: [...chosen.values()], yanked };
  }

  async #compile(question: Parameters<typeof compileWithUv>[1]): ReturnType<typeof compileWithUv> {
    const deadlineMs = Math.round(this.#ends - performance.now());
    if (deadlineMs <= 0) return { status: 'timeout', message: 'no time was left', isUnsolvable: false };
    return compileWithUv(this.#path, question, deadlineMs, this.#context);
  }

  /** Asks whether pins were withdrawn that no answer was about so far: nothing that is open needs them. */
  async askAbout(pins: readonly string[], packages: readonly Package[]): Promise<void> {
    const open = pins.filter((pin) => !this.#answered.has(pin));
    const { asked, yanked, unanswered } = await askPins(open, (lines) =>
      this.#compile({ lines, pins: [], isDeep: false }),
    );
    this.#asked = asked.length;
    const keys = new Map(yanked.map((each) => [pinKey(each.name, each.version), each]));
    for (const { name, version, unit, ...rest } of packages) {
      const known = version === null ? undefined : keys.get(pinKey(name, version));
      const isAsked = pypiPin({ name, version, ...rest }) !== null;
      if (known !== undefined && version !== null && isAsked) this.#tell({ ...known, version }, unit);
    }
    for (const { pin, message } of unanswered)
      this.#failures.push({ status: 'failed', message: `${pin}: ${message}` });
  }

  #tell(yanked: Yanked, unit: string): void {
    this.#yanked.set([unit, yanked.name, yanked.version].join('\0'), { ...yanked, unit });
  }

  /** In the order of the units. */
  yanked(): readonly YankedIn[] {
    return [...this.#yanked.values()];
  }

  verdict(count: number, today: string): Pick<ToolResult, 'status' | 'message' | 'reports'> {
    const parts = [
      ...(this.#solved > 0 ? [`would install ${String(count)} packages as of ${today}`] : []),
      ...(this.#asked > 0 ? [`${String(this.#asked)} pins asked about`] : []),
    ];
    const chosen = parts.join(', ');
    const worst = worstOf(this.#failures);
    if (worst === undefined) return { status: 'ok', message: chosen, reports: [] };
    const more = this.#failures.length > 1 ? ` (and ${String(this.#failures.length - 1)} more)` : '';
    const failure = `not resolved: ${worst.message}${more}`;
    if (parts.length === 0) return { status: worst.status, message: failure, reports: [] };
    return { status: 'partial', message: `${failure}; the rest ${chosen}`, reports: [] };
  }
}

const TOO_MANY = { status: 'failed', message: 'there are too many to resolve one by one' } as const;

function namesOf(roots: readonly Root[]): string {
  const shown = roots.slice(0, 3).map(({ declared }) => declared.name);
  return shown.join(', ') + (roots.length > 3 ? ` and ${String(roots.length - 3)} more` : '');
}

/** The same version for several requirements is needed by all that need it in one of the runs. */
function merged(each: Chosen, known: ReadonlyMap<string, Chosen>): Chosen {
  const via = [...(known.get(`${each.name}==${each.version}`)?.via ?? []), ...each.via];
  return { ...each, via: [...new Set(via)] };
}
