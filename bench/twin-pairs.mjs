// Twins: a unit, and the same unit with one hostile passage or line. `honest/` is the whole unit, `hostile/` the files that differ in its
// twin, `twin.yml` says what they do there. What sbx says of them is in docs/detection.md and asserted by test/twins.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import YAML from 'yaml';

const ROOT = resolve(import.meta.dirname, '..');

/** Where the pairs are: those that rules may be written by, and those that nobody who writes rules looks at. */
export const HALVES = { development: 'fixtures/twins', 'held-out': 'fixtures/twins-heldout' };

/** The list of pairs that are not told apart, beside the pairs of a half. */
export const MISSED_LIST = 'not-told-apart.yml';

/** @returns {string[]} the halves that are there */
export function halves() {
  return Object.keys(HALVES).filter((half) => existsSync(join(ROOT, HALVES[half])));
}

/**
 * @param {string} half
 * @returns {{ name: string, half: string, folder: string, about: any }[]} its pairs by name; `about` is what twin.yml holds
 */
export function twinPairs(half) {
  const folder = join(ROOT, HALVES[half]);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({
      name,
      half,
      folder: join(folder, name),
      about: YAML.parse(readFileSync(join(folder, name, 'twin.yml'), 'utf8')),
    }));
}

/**
 * @param {string} half
 * @returns {{ twin: string, said: string, why: string }[]} what the half's list names
 */
export function missedList(half) {
  const file = join(ROOT, HALVES[half], MISSED_LIST);
  return existsSync(file) ? (YAML.parse(readFileSync(file, 'utf8')) ?? []) : [];
}

/**
 * Lays one of the two into a folder that does not exist yet.
 * @param {{ folder: string }} pair
 * @param {'honest' | 'hostile'} side
 * @param {string} target
 */
export function layTwin({ folder }, side, target) {
  cpSync(join(folder, 'honest'), target, { recursive: true });
  if (side === 'hostile') cpSync(join(folder, 'hostile'), target, { recursive: true });
}

/**
 * Whether the hostile one is stopped, or shown to a person, and the honest one let through.
 * @param {{ honest: string, hostile: string }} verdicts
 */
export function areToldApart({ honest, hostile }) {
  return honest === 'approve' && ['reject', 'review'].includes(hostile);
}

/**
 * What went wrong with a pair, in the words of the list: the twin that has the wrong verdict, and which.
 * @param {{ honest: string, hostile: string }} verdicts
 * @returns {string}
 */
export function saidOf({ honest, hostile }) {
  const wrong = [];
  if (honest !== 'approve') wrong.push(`honest ${honest}`);
  if (!['reject', 'review'].includes(hostile)) wrong.push(`hostile ${hostile}`);
  return wrong.join(', ');
}
