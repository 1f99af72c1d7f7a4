import type { Span } from '../../../model/program.ts';
import { normalPath } from '../../evidence/detail.ts';
import { plain } from '../../fold/constant.ts';
import { constantValue, flowingValue, knownText, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { readFile } from './redirections.ts';

/** Programs that are told in words or by their input what to send. */
const TOLD = /^(?:sftp|ftp|tftp|lftp|smbclient|curl)$/;
/** `put path`, `upload-file = "path"`. */
const ORDERED =
  /(?:^|[\s;"'])(?:m?put|send|reput|upload-file\s{0,3}[=:]|(?:data(?:-binary)?|form)\s{0,3}[=:]\s{0,3}"?[^"@\s]{0,60}@)\s{0,3}"?([~/$.][^\s"';]{1,300})/;

/** Orders in words or input to send a private file: what it holds is a word of the command. */
export function withOrders(
  walk: Walk,
  command: string,
  words: readonly Value[],
  input: Value | undefined,
  span: Span,
): readonly Value[] {
  if (!TOLD.test(command) || words.length === 0) return words;
  const texts = [...words, ...(input === undefined ? [] : [input])].map((word) => knownText(word) ?? '');
  if (command === 'curl') {
    if (!texts.some((text) => /^(?:-K|--config)/.test(text))) return words;
    for (const text of [...texts])
      texts.push(knownText(walk.gathering.file.written(normalPath(text)) ?? UNKNOWN) ?? '');
  }
  const path = ORDERED.exec(texts.join(' ').slice(0, 20_000))?.[1];
  if (path === undefined) return words;
  if (!walk.gathering.knowledge.classes.belongs('private-path', normalPath(path))) return words;
  const content = readFile(walk, constantValue(plain(path)), span);
  return [flowingValue(content.node), ...words];
}
