import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FILE_SHAPES, ORDINARY_FILES } from './file-shapes.ts';
import { PREFIX_LENGTH } from './markers.ts';
import { TOKEN_SHAPES } from './token-shapes.ts';

/** A made-up secret, marked so that it is known wherever it turns up. */
export interface Decoy {
  /** What the report calls it: `~/.ssh/id_rsa`, `OPENAI_API_KEY`. */
  readonly name: string;
  readonly kind: 'file' | 'token';
  /** Fresh per run; all of a run begin with the same eight letters. */
  readonly marker: string;
}

/** A home folder with decoys, and the environment that goes with it. */
export interface DecoySet {
  readonly decoys: readonly Decoy[];
  /** Content by path relative to the home folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Variables with decoy tokens. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Gives the text that a decoy is known by, in small letters and digits that hexadecimal and base32 both have. One a decoy.
 * @param length of it; 24 when nothing is said
 */
export type Mark = (length?: number) => string;

const ALPHABET = 'abcdef234567';

/** Makes up a fresh set: every marker is random, so that one run's theft is never taken for another's. */
export function makeDecoys(): DecoySet {
  const decoys: Decoy[] = [];
  const files: Record<string, string> = { ...ORDINARY_FILES };
  const environment: Record<string, string> = {};
  const prefix = letters(PREFIX_LENGTH);
  const make = (name: string, kind: Decoy['kind'], shape: (mark: Mark) => string): string => {
    // The shortest marker has three letters beside what all of them begin with: the place in the list.
    const place = decoys.length;
    const own = [place / 144, place / 12, place].map((digit) => ALPHABET[Math.floor(digit) % 12]).join('');
    let marker = '';
    const content = shape((length = 24) => (marker = `${prefix}${own}${letters(length)}`.slice(0, length)));
    // Some keys are in capital letters.
    decoys.push({ name, kind, marker: content.includes(marker) ? marker : marker.toUpperCase() });
    return content;
  };
  for (const [path, shape] of Object.entries(FILE_SHAPES)) files[path] = make(`~/${path}`, 'file', shape);
  for (const [name, shape] of Object.entries(TOKEN_SHAPES)) environment[name] = make(name, 'token', shape);
  return { decoys, files, environment };
}

function letters(count: number): string {
  return [...randomBytes(count)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/**
 * Writes the home folder; readable by every user, since the sandboxed one is another. In one go: handing a hundred small steps to other
 * threads takes ten times as long.
 */
export function writeHome(set: DecoySet, folder: string): void {
  const made = new Set<string>();
  for (const [path, content] of Object.entries(set.files)) {
    const file = join(folder, path);
    for (
      let parent = dirname(file);
      parent.startsWith(folder) && !made.has(parent);
      parent = dirname(parent)
    ) {
      mkdirSync(parent, { recursive: true });
      made.add(parent);
    }
    // Letters below 256 stand for bytes.
    writeFileSync(file, content, 'latin1');
    chmodSync(file, 0o644);
  }
  for (const parent of made) chmodSync(parent, 0o755);
}
