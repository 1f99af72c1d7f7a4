import { Option } from 'commander';
import type { EcosystemStatus, Installation } from '../../deps/advisories/store.ts';
import { escapeLine } from '../../reporters/escape.ts';
import type { CommandContext, ConfigureCommand } from '../command.ts';
import { addCommonOptions } from '../judging.ts';

const EXAMPLES = `
Examples:
  sbx db status                 what is known, and as of which day
  sbx db update                 fetch the public OSV database (needs the network; nothing about any target is sent)
  sbx db import ./osv           take it from a folder with PyPI/all.zip and npm/all.zip, for machines without a network
  sbx db import osv.zip         or from a zip of such a folder, or of OSV records

osv-scanner uses the same database: pass it --local-db-path with the folder that \`sbx db status\` names.
`;

interface Format {
  readonly format: 'terminal' | 'json';
}

/** `sbx db status | update | import DIR|ZIP`. */
const configure: ConfigureCommand = (command, context) => {
  const format = (): Option =>
    new Option('--format <format>', 'output format').choices(['terminal', 'json']).default('terminal');
  command
    .command('status')
    .description('show what the advisory database holds and how old it is')
    .addOption(format())
    .action((options: Format) => showStatus(options, context));
  command
    .command('update')
    .description('fetch the public OSV database')
    .option('--mirror <url>', 'a mirror of it that serves <ecosystem>/all.zip')
    .option('--online', 'accepted for symmetry: updating always uses the network')
    .addOption(format())
    .action((options: Format & { mirror?: string }) => update(options, context));
  command
    .command('import')
    .description('take the database from a folder or a zip')
    .argument(
      '<source>',
      '<ecosystem>/all.zip as the public OSV database has it, or OSV records in .json files',
    )
    .addOption(format())
    .action((source: string, options: Format) => importFrom(source, options, context));
  for (const subcommand of command.commands) addCommonOptions(subcommand);
  command.addHelpText('after', EXAMPLES);
};
export default configure;

async function showStatus({ format }: Format, context: CommandContext): Promise<void> {
  const [{ databaseStatus, UNCOVERED: uncovered }, { advisoriesFolder }] = await Promise.all([
    import('../../deps/advisories/store.ts'),
    import('../../deps/advisories/database.ts'),
  ]);
  const ecosystems = await databaseStatus();
  const folder = advisoriesFolder();
  if (format === 'json')
    context.stdout(`${JSON.stringify({ schema: 'sbx.db/1', folder, ecosystems, uncovered }, null, 2)}\n`);
  else {
    const lines = [
      ...ecosystems.map(statusLine),
      `not covered: ${uncovered.join(', ')}`,
      `folder  ${folder}`,
    ];
    context.stdout(`${lines.join('\n')}\n`);
  }
}

function statusLine({
  ecosystem,
  origin,
  date,
  records,
  malicious,
  stale,
  updatedAt,
}: EcosystemStatus): string {
  const from = origin === 'seed' ? 'shipped with sbx' : `updated ${updatedAt?.slice(0, 10) ?? ''}`;
  const advice = stale ? ': stale, `sbx db update` or `sbx db import` brings newer ones' : '';
  return `${ecosystem.padEnd(6)}  ${counts(records, malicious)} as of ${date}, ${from}${advice}`;
}

function counts(records: number, malicious: number): string {
  return `${String(records)} advisories (${String(malicious)} of malicious packages)`;
}

async function update(
  { format, mirror }: Format & { mirror?: string },
  context: CommandContext,
): Promise<void> {
  const [{ OSV_BUCKET, withDownloadedArchives }, { installArchives }] = await Promise.all([
    import('../../deps/advisories/download.ts'),
    import('../../deps/advisories/store.ts'),
  ]);
  const { signal } = context;
  const installation = await withDownloadedArchives(mirror ?? OSV_BUCKET, context, (archives) =>
    installArchives(archives, signal),
  );
  showInstallation(installation, format, context);
}

async function importFrom(source: string, { format }: Format, context: CommandContext): Promise<void> {
  const { importDatabase } = await import('../../deps/advisories/store.ts');
  context.progress('reading the advisories');
  showInstallation(await importDatabase(source, context.signal), format, context);
}

function showInstallation(
  { installed, uncovered }: Installation,
  format: Format['format'],
  context: CommandContext,
): void {
  for (const { ecosystem, malformed } of installed) {
    if (malformed > 0)
      context.stderr(`${ecosystem}: ${String(malformed)} entries are no advisories and were passed over`);
  }
  if (uncovered.length > 0)
    context.stderr(
      escapeLine(`not covered, because their versions are not compared here: ${uncovered.join(', ')}`),
    );
  if (format === 'json') {
    context.stdout(`${JSON.stringify({ schema: 'sbx.db/1', installed, uncovered }, null, 2)}\n`);
    return;
  }
  for (const { ecosystem, records, malicious, date } of installed)
    context.stdout(`${ecosystem.padEnd(6)}  ${counts(records, malicious)} as of ${date}\n`);
}
