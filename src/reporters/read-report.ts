import { readFileSync } from 'node:fs';
import { configError, messageOf, usageError } from '../errors.ts';
import type { Report } from '../model/report.ts';
import { validatorOf } from '../schemas/validator.ts';

/**
 * Reads a JSON report and checks it against the published schema: it may come from anywhere.
 * @throws SbxError of kind `usage` when it cannot be read, `config` when it is not a report
 */
export function readReport(file: string): Report {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError('report-not-found', `${file}: the report cannot be read: ${messageOf(error)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw configError(
      'report-not-json',
      `${file} is not JSON: ${messageOf(error)}`,
      'Write one with --format json.',
      error,
    );
  }
  const validate = validatorOf('report');
  if (validate(value)) return value as Report;
  const [error] = validate.errors ?? [];
  const where = error?.instancePath === '' ? 'the document' : (error?.instancePath ?? 'the document');
  throw configError(
    'report-invalid',
    `${file} is not an sbx report: ${where} ${error?.message ?? 'is not valid'}`,
  );
}
