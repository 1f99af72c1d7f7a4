import type { Language } from '../model/program.ts';
import { inspectCompiled } from './compiled-sources.ts';
import { detectLanguage } from './decode/language.ts';
import { decodeText } from './decode/text.ts';
import { type FileDetection, inspectBytes } from './detectors/bytes.ts';
import type { Detection } from './detectors/detector.ts';
import { type Shortfall, tooLongToParse } from './facts/shortfall.ts';
import type { FactsInput } from './facts/texts/read-text.ts';
import { type FileResult, nothingOf } from './file-result.ts';
import type { FileTask } from './file-task.ts';
import { NO_READINGS, readingsOf } from './readings.ts';

/** A file's text, made ready to gather facts from. */
export interface ReadyFile {
  readonly task: FileTask;
  readonly language: Language | null;
  readonly input: FactsInput;
  readonly seen: readonly FileDetection[];
  /** The same with a place in the text. */
  readonly placed: readonly Detection[];
  readonly shortfalls: readonly Shortfall[];
}

/** Bytes to text; a result at once when there is no text in the file. */
export function madeReady(task: FileTask): ReadyFile | FileResult {
  const decoded = decodeText(task.content);
  const detected =
    task.language === undefined
      ? detectLanguage(task.path, decoded?.text ?? null, task.content)
      : { language: task.language, opaque: null };
  const { language } = detected;
  const seen = [
    ...(task.opened?.detections ?? []),
    ...(language === null ? inspectBytes(task.content, task.path) : []),
  ];
  if (language === null && task.opened === undefined && seen.length === 0)
    return nothingOf(task, null, detected.opaque);
  // Pickles and compiled code are read as bytes, one character each.
  const text =
    language === null
      ? ''
      : decoded === null || language === 'pickle' || language === 'pyc'
        ? Buffer.from(task.content).toString('latin1')
        : decoded.text;
  if (language === 'pyc') seen.push(...inspectCompiled(text, task.source ?? null));
  const tooLong = language === null ? null : tooLongToParse(text.length, language, task.path);
  const readAs = tooLong !== null || language === null ? 'text' : language;
  const other = decoded === null ? NO_READINGS : readingsOf(decoded, readAs, task.path);
  const { path, container, scope, environments, entries, before } = task;
  return {
    task,
    language,
    input: {
      path,
      text,
      language: readAs,
      readings: other.readings,
      ...(container === undefined ? {} : { container }),
      ...(scope === undefined ? {} : { scope }),
      ...(environments === undefined ? {} : { environments }),
      ...(entries === undefined ? {} : { entries }),
      ...(before?.isSilent === true ? { isSilent: true } : {}),
    },
    seen,
    placed: other.detections,
    shortfalls: [
      ...other.shortfalls,
      ...(tooLong === null ? [] : [tooLong]),
      ...(detected.opaque === null ? [] : [detected.opaque]),
      ...(task.opened?.shortfalls ?? []),
    ],
  };
}
