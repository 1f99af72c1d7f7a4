import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BackendId, Guarantees, Proof } from '../../src/model/observation.ts';

const MARKS: Readonly<Record<string, Proof>> = { '✔': 'proven', '–': 'unproven', '✘': 'absent' };

/** The table of docs/sandbox.md, by backend and guarantee. */
export function provenOnPage(): Readonly<Partial<Record<BackendId, Guarantees>>> {
  const page = readFileSync(fileURLToPath(new URL('../../docs/sandbox.md', import.meta.url)), 'utf8');
  const block = /<!-- begin: proof -->([\s\S]*)<!-- end: proof -->/.exec(page)?.[1] ?? '';
  const [head = [], , ...rows] = block
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return Object.fromEntries(
    head
      .slice(1)
      .map((id, column) => [
        id,
        Object.fromEntries(
          rows.map((cells) => [cells[0]?.replaceAll('`', ''), MARKS[cells[column + 1] ?? '']]),
        ),
      ]),
  );
}
