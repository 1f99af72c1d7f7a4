// npm run detection -- [--full] [--peer-cases N] [--only twins] [--page FILE]
// --only twins: judges the pairs in fixtures/ anew, needs nothing else, and leaves the rest of the page as it is.
// The other scanners take seconds a case: --peer-cases has them look at so many cases of each corpus and label only.
// Scores sbx on labelled cases and honest software, and beside it, in the same run, the other scanners that are there; writes
// docs/detection.md. The cases are not part of this repository:
//   SBX_EVAL_KIT   folder of the kit: dev.labels.jsonl, dev-benign.txt, score.py
//   EVAL           folder that the kit has built its cases in
//   SBX_PEERS      folders with other scanners' programs, separated as in PATH; also looked for on PATH
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import prettier from 'prettier';
import { detectionPage } from './detection-page.mjs';
import { judgeWith, PEERS, programOf, versionOf } from './detection-peers.mjs';
import { judgedTwins, listDrift, withTwins } from './twins.mjs';

const run = promisify(execFile);
/** As the kit: so many honest units of a corpus in a quick look. */
const QUICK_UNITS = 15;
const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    'peer-cases': { type: 'string' },
    only: { type: 'string' },
    page: { type: 'string', default: 'docs/detection.md' },
  },
});
if (values.only !== undefined) {
  if (values.only !== 'twins') throw new Error('--only knows twins');
  const twins = await judgedTwins();
  await writePage(withTwins(readFileSync(values.page, 'utf8'), twins));
  for (const line of listDrift(twins)) process.stderr.write(`${line}\n`);
  process.exit();
}
const kit = process.env['SBX_EVAL_KIT'];
const cases = process.env['EVAL'];
if (kit === undefined || cases === undefined)
  throw new Error('set SBX_EVAL_KIT and EVAL; see the head of this file');
const folders = (process.env['SBX_PEERS'] ?? '').split(delimiter).filter((folder) => folder !== '');

const sample = values['peer-cases'] === undefined ? null : Number(values['peer-cases']);
if (sample !== null && (!Number.isInteger(sample) || sample < 1))
  throw new Error('--peer-cases needs a number above 0');
const rows = sampled(
  readFileSync(join(kit, 'dev.labels.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .filter((row) => (values.full || row.quick === true) && row.tier !== 'C'),
);
const units = unitsOf(readFileSync(join(kit, 'dev-benign.txt'), 'utf8'));

const here = Object.entries(PEERS).flatMap(([name, peer]) => {
  const program = programOf(name, folders);
  if (program === null) process.stderr.write(`${name}: not here\n`);
  return program === null ? [] : [{ name, peer, program }];
});
// Nothing is timed, so all of them may run at once.
const [scores, ...peers] = await Promise.all([
  scored(),
  ...here.map(async ({ name, peer, program }) => ({
    name,
    version: await versionOf(name, program),
    ...(await scoresOf(name, peer, program)),
  })),
]);
process.stderr.write('done\n');
const page = detectionPage({ scores, peers, isFull: values.full, sample });
await writePage(withTwins(page, await judgedTwins()));

/** Writes the page in the layout of the others. */
async function writePage(text) {
  const layout = { ...(await prettier.resolveConfig(values.page)), parser: 'markdown' };
  writeFileSync(values.page, await prettier.format(text, layout));
}

/** What the kit's scorer says of sbx. */
async function scored() {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-detection-'));
  try {
    const out = join(folder, 'scores.json');
    const program = `node ${resolve(import.meta.dirname, '../bin/sbx.js')}`;
    const options = [
      '--sbx',
      program,
      '--benign',
      '--no-classes',
      '--out',
      out,
      ...(values.full ? [] : ['--quick']),
    ];
    process.stderr.write('sbx …\n');
    await run('python3', [join(kit, 'score.py'), ...options], { maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(readFileSync(out, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One other scanner on the corpora and the honest units that are about what it looks for. */
async function scoresOf(name, peer, program) {
  const own = rows.filter(({ corpus }) => peer.corpora.includes(corpus));
  const inFolder = new Map(own.map((row) => [row, folderOf(row)]));
  const answers = await answersOf(name, peer, program, [...new Set(inFolder.values())]);
  const corpora = {};
  for (const [row, folder] of inFolder) {
    const answer = answers.get(folder);
    if (row.line !== null || answer === undefined) continue;
    const isBad = row.label !== 'benign';
    const corpus = (corpora[row.corpus] ??= { bad: [], good: [] });
    corpus[isBad ? 'bad' : 'good'].push(answer?.level ?? 0);
  }
  const lines = {};
  if (name === 'bandit') countLines(own, inFolder, answers, lines);
  const honest = peer.units === null ? [] : units.filter(({ corpus }) => peer.units.test(corpus));
  const ofUnits = await answersOf(
    name,
    peer,
    program,
    honest.map(({ path }) => path),
  );
  const benign = {};
  for (const { corpus, path } of honest) {
    const answer = ofUnits.get(path);
    if (answer !== undefined) (benign[corpus] ??= []).push(answer?.level ?? 0);
  }
  return { corpora, lines, benign };
}

/** A finding counts for a labelled line from there to five lines on, or to the next labelled line, as in the kit. */
function countLines(own, inFolder, answers, lines) {
  for (const row of own) {
    if (row.line === null) continue;
    const next = own
      .filter(({ path, line }) => path === row.path && line !== null && line > row.line)
      .reduce((least, { line }) => Math.min(least, line - 1), row.line + 5);
    const findings = answers.get(inFolder.get(row))?.findings ?? [];
    const isHit = findings.some(
      ({ file, line }) => file.endsWith(row.path) && line >= row.line && line <= next,
    );
    const corpus = (lines[row.corpus] ??= { bad: [], good: [] });
    corpus[row.label === 'benign' ? 'good' : 'bad'].push(isHit ? 2 : 0);
  }
}

/** By folder; null where the scanner gave no answer that can be read. Folders that it is not for are left out. */
async function answersOf(name, peer, program, all) {
  const answers = new Map();
  const waiting = all.flatMap((folder) => {
    const at = peer.folderOf === undefined ? folder : dirname(fileBelow(folder, peer.folderOf) ?? '');
    return at === '.' || !existsSync(at) ? [] : [[folder, at]];
  });
  const work = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [folder, at] = next;
      answers.set(folder, await judgeWith(name, program, at));
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, cpus().length) }, work));
  return answers;
}

/** The first file of a name below a folder, five levels deep at most. */
function fileBelow(folder, name, depth = 5) {
  if (!existsSync(folder)) return null;
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name === name)) return join(folder, name);
  for (const entry of depth === 0 ? [] : entries) {
    const found = entry.isDirectory() ? fileBelow(join(folder, entry.name), name, depth - 1) : null;
    if (found !== null) return found;
  }
  return null;
}

/** The case that a row is about: `cases/ID` below its corpus. */
function folderOf({ corpus, path }) {
  return join(cases, 'labelled', corpus, ...path.split('/').slice(0, 2));
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex');
}

/** So many cases of each corpus and label as were asked for, chosen by their names' digests. */
function sampled(all) {
  if (sample === null) return all;
  const taken = new Map();
  return [...all]
    .sort((a, b) => (digest(a.id) < digest(b.id) ? -1 : 1))
    .filter(({ corpus, label, kind }) => {
      const key = `${corpus} ${label === 'benign'} ${kind === 'line'}`;
      const count = (taken.get(key) ?? 0) + 1;
      taken.set(key, count);
      return count <= sample;
    });
}

/** The honest units; of each corpus those that the kit takes for a quick look, in its order, unless all are asked for. */
function unitsOf(text) {
  const found = new Map();
  let corpus = '';
  for (const line of text.split('\n')) {
    const [kind, name] = line.split('\t');
    if (kind === 'corpus') corpus = name;
    if (kind === 'unit') found.set(corpus, [...(found.get(corpus) ?? []), name]);
  }
  return [...found].flatMap(([of, names]) =>
    names
      .sort((a, b) => (digest(a) < digest(b) ? -1 : 1))
      .slice(0, values.full ? undefined : Math.min(QUICK_UNITS, sample ?? QUICK_UNITS))
      .map((name) => ({ corpus: of, path: join(cases, 'benign', name) })),
  );
}
