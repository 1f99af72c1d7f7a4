import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { usageError } from '../errors.ts';
import { DEFAULT_POLICY } from '../judge/default-policy.ts';
import { exitStatusOf } from '../exit-codes.ts';
import type { OperatorIgnores } from '../deps/ignores/operator-ignores.ts';
import type { Suppress } from '../judge/suppress.ts';
import type { BackendId } from '../model/observation.ts';
import { BACKEND_IDS } from '../model/observation.ts';
import type { StageId } from '../model/outcome.ts';
import type { Report } from '../model/report.ts';
import type { StageContext } from '../model/stage.ts';
import type { Target } from '../model/target.ts';
import { DEFAULT_LIMITS } from '../static/analyst.ts';
import { FORMATS } from '../reporters/formats.ts';
import { escapeLine } from '../reporters/escape.ts';
import type { Format } from '../reporters/formats.ts';
import type { CommandContext } from './command.ts';
import { parseOutputs, writeReport } from './output.ts';
import { parseSboms, writeSboms } from './sbom-output.ts';

/** The options that every command that judges shares. */
export interface JudgingOptions {
  readonly format: Format;
  readonly output: readonly string[];
  readonly policy?: string;
  readonly manifest?: string;
  readonly failOn: 'reject' | 'review';
  readonly backend: BackendId | 'auto' | 'none';
  readonly online: boolean;
  readonly offline?: boolean;
  readonly resolve?: boolean;
  readonly config?: string;
  readonly baseline?: string;
  readonly vex?: readonly string[];
  /** Only where dependencies are audited. */
  readonly sbom?: readonly string[];
  /** True: what to change goes to standard output in place of the report. */
  readonly fixPlan?: boolean;
  readonly rules: readonly string[];
  readonly fileTimeout: number;
  readonly cache: boolean;
  readonly python?: string;
  readonly image?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Timers of Node hold no more than so many milliseconds. */
const MAX_SECONDS = 2_000_000;

function positiveSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= MAX_SECONDS))
    throw new InvalidArgumentError(`Give a number of seconds above 0 and at most ${MAX_SECONDS}.`);
  return seconds;
}

/** Adds what the judging commands share; `hasSandbox` adds what only a command with a sandbox stage needs. */
export function addJudgingOptions(command: Command, hasSandbox: boolean): Command {
  command
    .addOption(new Option('--format <format>', 'format of the report').choices(FORMATS).default('terminal'))
    .option(
      '--output <file>',
      'write the report there; repeat as FORMAT=FILE for several formats',
      collect,
      [],
    )
    .option('--policy <file>', 'what is allowed, what is required, what fails (YAML or JSON)')
    .option('--manifest <file>', 'hold the target to this manifest instead of its own')
    .addOption(
      new Option('--fail-on <decision>', 'the lowest decision that makes the exit status non-zero')
        .choices(['reject', 'review'])
        .default('review'),
    )
    .option('--rules <folder>', 'rules of your own beside the built-in ones; may be repeated', collect, [])
    .addOption(
      new Option('--file-timeout <seconds>', 'the most processor time that analysing a file may take')
        .default(DEFAULT_LIMITS.secondsPerFile)
        .argParser(positiveSeconds),
    )
    .option('--no-cache', 'analyse anew even when the same bytes were analysed before')
    .option('--offline', 'let nothing about the target leave this machine (the default)')
    .option(
      '--online',
      'allow names of packages to be sent to advisory services, and what runs to reach hosts of --manifest',
      false,
    )
    .option('--config <file>', 'suppressions and defaults (YAML or JSON); never read from the target')
    .option('--baseline <file>', 'an earlier JSON report: its findings are marked suppressed');
  if (hasSandbox) {
    command
      .addOption(
        new Option('--backend <backend>', 'sandbox backend; none leaves the stage out and says so')
          .choices(['auto', ...BACKEND_IDS, 'none'])
          .default('auto'),
      )
      .option('--python <path>', 'interpreter to run the target with')
      .option('--image <reference>', 'container image to run the target in (docker, podman, gvisor)');
  }
  return addCommonOptions(command);
}

/** Adds what every command knows. */
export function addCommonOptions(command: Command): Command {
  return command
    .option('--no-color', 'never colour the output (NO_COLOR does the same)')
    .option('-q, --quiet', 'no progress; results and errors only')
    .option('--verbose', 'say more about what is done')
    .option('--debug', 'show the causes of errors');
}

/**
 * Opens, judges, reports, and sets the exit status.
 * @param openTarget how to get at the target (a path, or standard input)
 */
export async function runJudgement(
  openTarget: (signal: AbortSignal) => Promise<Target>,
  stages: readonly StageId[],
  options: JudgingOptions,
  context: CommandContext,
): Promise<void> {
  if (options.online && options.offline === true)
    throw usageError('online-offline', 'give either --online or --offline');
  if (options.resolve === true && !options.online)
    throw usageError('resolve-offline', '--resolve asks the package index: give --online with it');
  const outputs = parseOutputs(options.output, options.format).filter(
    ({ file }) => file !== null || options.fixPlan !== true,
  );
  const sboms = parseSboms(options.sbom ?? []);
  const stageContext = await stageContextOf(options, context);
  const suppress = await suppressionOf(options, context);
  const ignores = await ignoresOf(options, context);
  context.progress('reading the target');
  const target = await openTarget(context.signal);
  const { judge } = await import('../pipeline.ts');
  const report = await judge(target, stages, { ...stageContext, decisions: ignores }, suppress);
  for (const unused of stages.includes('deps') ? (ignores?.unused() ?? []) : [])
    context.stderr(escapeLine(`sbx: ${unused}`));
  await writeReport(
    report,
    outputs,
    { color: context.color, isVerbose: options.verbose === true, columns: process.stdout.columns },
    context,
  );
  if (options.fixPlan === true) {
    const { fixPlanJson, fixPlanText } = await import('../reporters/fix-plan.ts');
    context.stdout((options.format === 'json' ? fixPlanJson : fixPlanText)(report));
  }
  await writeSboms(report, sboms, context);
  explainIncomplete(report, context);
  context.exit(exitStatusOf(report.verdict.decision, options.failOn));
}

async function stageContextOf(
  options: JudgingOptions,
  context: CommandContext,
): Promise<Omit<StageContext, 'earlier' | 'decisions'>> {
  const policy =
    options.policy === undefined
      ? DEFAULT_POLICY
      : (await import('../judge/policy-file.ts')).readPolicy(options.policy);
  const manifest =
    options.manifest === undefined
      ? null
      : {
          path: options.manifest,
          manifest: (await import('../manifest/read.ts')).readManifestFile(options.manifest),
        };
  return {
    policy,
    manifest,
    backend: options.backend,
    online: options.online,
    resolve: options.resolve === true,
    python: options.python ?? null,
    image: options.image ?? null,
    ruleFolders: options.rules,
    secondsPerFile: options.fileTimeout,
    useCache: options.cache,
    signal: context.signal,
    progress: context.progress,
  };
}

async function suppressionOf(options: JudgingOptions, context: CommandContext): Promise<Suppress | null> {
  if (options.config === undefined && options.baseline === undefined) return null;
  const { expiredSuppressions, suppressionFrom } = await import('../judge/suppress.ts');
  if (options.config !== undefined) {
    for (const expired of expiredSuppressions(options.config)) context.stderr(escapeLine(`sbx: ${expired}`));
  }
  return suppressionFrom({ configFile: options.config ?? null, baselineFile: options.baseline ?? null });
}

/** What the operator decided about advisories; entries that no longer hold are said. */
async function ignoresOf(options: JudgingOptions, context: CommandContext): Promise<OperatorIgnores | null> {
  const { config, vex = [] } = options;
  if (config === undefined && vex.length === 0) return null;
  const { OperatorIgnores } = await import('../deps/ignores/operator-ignores.ts');
  const ignores = new OperatorIgnores({ configFile: config ?? null, vexFiles: vex });
  for (const expired of ignores.expired()) context.stderr(escapeLine(`sbx: ${expired}`));
  return ignores;
}

/** Adds what the commands with a dependency audit share. */
export function addAuditOptions(command: Command): Command {
  return command
    .option(
      '--vex <file>',
      'OpenVEX document: advisories that it settles are marked suppressed; may be repeated',
      collect,
      [],
    )
    .option(
      '--sbom <file>',
      'write a bill of materials there, as cyclonedx=FILE or spdx=FILE or by the name; may be repeated',
      collect,
      [],
    );
}

/** An incomplete judgement says on standard error what is missing, whatever the format and wherever the report went. */
function explainIncomplete(report: Report, context: CommandContext): void {
  if (report.verdict.decision !== 'incomplete') return;
  const missing = report.verdict.reasons.filter(({ code }) => code === 'evidence-missing');
  const first = missing[0]?.message ?? 'required evidence is missing';
  const more = missing.length > 1 ? ` (and ${missing.length - 1} more)` : '';
  context.stderr(`sbx: incomplete: ${first}${more}`);
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
