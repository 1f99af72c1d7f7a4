import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeRepository } from './sample-repository.ts';

/** The folder in the home folder inside that holds a small file of each sort, for programs that ask for one. */
export const SAMPLES = '/home/user/Documents';

/** A picture of one white pixel, as PNG says it (ISO/IEC 15948). */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEANl9ngAAAAABJRU5ErkJggg==';

const CONTENTS: Readonly<Record<string, string | Uint8Array>> = {
  txt: 'A short text.\nIt has two lines.\n',
  md: '# A title\n\nA short text.\n',
  csv: 'name,value\nfirst,1\nsecond,2\n',
  tsv: 'name\tvalue\nfirst\t1\nsecond\t2\n',
  json: '{"name": "sample", "values": [1, 2, 3]}\n',
  jsonl: '{"name": "first", "value": 1}\n{"name": "second", "value": 2}\n',
  yaml: 'name: sample\nvalues: [1, 2, 3]\n',
  yml: 'name: sample\nvalues: [1, 2, 3]\n',
  toml: 'name = "sample"\n',
  ini: '[sample]\nname = value\n',
  xml: '<?xml version="1.0"?>\n<sample><name>value</name></sample>\n',
  html: '<!doctype html>\n<title>Sample</title>\n<p>A short text.</p>\n',
  svg: '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>\n',
  py: 'def add(a, b):\n    return a + b\n',
  js: 'export const add = (a, b) => a + b;\n',
  ts: 'export const add = (a: number, b: number): number => a + b;\n',
  sh: 'echo hello\n',
  log: '2024-05-17 12:00:00 INFO started\n2024-05-17 12:00:01 INFO ended\n',
  sql: 'SELECT 1;\n',
  pdf: '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  png: Buffer.from(PIXEL, 'base64'),
};

/** Endings of the samples that there are. */
export function isSampled(ending: string): boolean {
  return Object.hasOwn(CONTENTS, ending);
}

/** A file of this ending inside; a text for an ending that there is no sample of. */
export function samplePath(ending: string): string {
  return `${SAMPLES}/sample.${isSampled(ending) ? ending : 'txt'}`;
}

/** A text sample of this ending as it stands in its file; a plain text for an ending that there is none of. */
export function sampleText(ending: string): string {
  const content = Object.hasOwn(CONTENTS, ending) ? CONTENTS[ending] : CONTENTS['txt'];
  return typeof content === 'string' ? content : '';
}

/** Writes the samples into a home folder on the host. */
export async function writeSamples(home: string): Promise<void> {
  const folder = join(home, 'Documents');
  await mkdir(folder, { recursive: true });
  for (const [ending, content] of Object.entries(CONTENTS))
    await writeFile(join(folder, `sample.${ending}`), content, { mode: 0o644 });
  await writeRepository(folder);
}
