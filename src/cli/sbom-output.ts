import { usageError } from '../errors.ts';
import type { Report } from '../model/report.ts';
import { escapedJson } from '../reporters/escape.ts';
import type { CommandContext } from './command.ts';
import { checkWritable, writeWhole } from './output.ts';

const SBOM_FORMATS = ['cyclonedx', 'spdx'] as const;

/** Where a bill of materials goes, and in which format. */
export interface SbomOutput {
  readonly format: (typeof SBOM_FORMATS)[number];
  readonly file: string;
}

/**
 * Understands `--sbom`: `FORMAT=FILE`, or `FILE`, which is SPDX when its name says so (`x.spdx.json`) and CycloneDX otherwise.
 * @throws SbxError of kind `usage` for a file that cannot be there, before any work is done
 */
export function parseSboms(values: readonly string[]): readonly SbomOutput[] {
  return values.map((value) => {
    const named = SBOM_FORMATS.find((format) => value.startsWith(`${format}=`));
    const file = named === undefined ? value : value.slice(named.length + 1);
    if (file === '')
      throw usageError('sbom-empty', `--sbom ${value} names no file`, 'Write --sbom FORMAT=FILE.');
    checkWritable(file);
    const name = file.slice(file.lastIndexOf('/') + 1);
    return { format: named ?? (/\bspdx\b/i.test(name) ? 'spdx' : 'cyclonedx'), file };
  });
}

/** Writes the bills of a report; says so when the dependency stage did not do its work, as an empty list would say that there is nothing. */
export async function writeSboms(
  report: Report,
  outputs: readonly SbomOutput[],
  { stderr }: Pick<CommandContext, 'stderr'>,
): Promise<void> {
  if (outputs.length === 0) return;
  const stage = report.stages.find(({ id }) => id === 'deps');
  if (stage === undefined || stage.status === 'failed' || stage.status === 'skipped') {
    stderr('sbx: no SBOM was written: the dependency audit did not do its work');
    return;
  }
  const { billOf } = await import('../deps/sbom/bill.ts');
  const bill = billOf(report, sourceDate());
  for (const { format, file } of outputs) {
    const document =
      format === 'spdx'
        ? (await import('../deps/sbom/spdx.ts')).spdxOf(bill)
        : (await import('../deps/sbom/cyclonedx.ts')).cyclonedxOf(bill);
    writeWhole(file, escapedJson(document));
  }
}

/** The time that builds are to be dated with, so that the same input gives the same bytes (reproducible-builds.org). */
function sourceDate(): number | null {
  const text = process.env['SOURCE_DATE_EPOCH'] ?? '';
  return /^\d{1,11}$/.test(text) ? Number(text) : null;
}
