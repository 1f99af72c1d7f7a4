// `npm run train -- --cache DIR [--limit N]`: trains src/static/prose/likeness/weights.bin on the labelled passages of training/prose/labelled and on the
// documentation of the packages that training/prose/background.tsv lists (downloaded from the package index, never shipped, built or run), and
// prints what comes of it on the passages of training/prose/unseen, by an author of whom nothing was trained on. See training/prose/README.md.
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compile } from './compile.mjs';
import { backgroundSentences, sentencesOfMarkdown } from './train-prose/background.mjs';
import { sumOf, trained } from './train-prose/regression.mjs';
import { table } from './train-prose/unseen.mjs';

const { values } = parseArgs({
  options: { cache: { type: 'string' }, limit: { type: 'string', default: '0' } },
});
if (values.cache === undefined) {
  console.error(
    'train-prose: --cache DIR says where downloads are kept; choose a folder outside of the project',
  );
  process.exit(2);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}training/prose`;
const modules = mkdtempSync(join(values.cache, 'modules-'));
process.on('exit', () => rmSync(modules, { recursive: true, force: true }));
if (!compile(root, modules)) process.exit(1);
writeFileSync(join(modules, 'package.json'), '{"type":"module"}');
symlinkSync(`${root}node_modules`, join(modules, 'node_modules'));
const load = (path) => import(pathToFileURL(join(modules, path)).href);
const { FEATURE_BITS, featuresOf, wordsOf } = await load('static/prose/likeness/features.js');
const { sentencesOf } = await load('static/prose/index.js');

/** Lines of `label<TAB>passage`. */
const passagesOf = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => {
      const [label, text] = line.split('\t');
      return { label, text: text.replaceAll('\\n', '\n') };
    });
/** Features of each sentence that is long enough. */
const featuresOfEach = (sentences) =>
  sentences.flatMap((sentence) => {
    const words = wordsOf(sentence);
    return words === null ? [] : [Int32Array.from(featuresOf(words))];
  });
const sentencesIn = (text) => sentencesOf(text, { role: 'body', path: 'SKILL.md' }).map((each) => each.text);

const labelled = readdirSync(`${folder}/labelled`)
  .sort()
  .flatMap((name) => passagesOf(`${folder}/labelled/${name}`));
/** Honest documents, whole: those written for this, and the honest halves of the pairs that may be looked at. */
const documents = [
  ...readdirSync(`${folder}/honest`).flatMap((name) =>
    readFileSync(`${folder}/honest/${name}`, 'utf8').split(/^=====$/m),
  ),
  ...readdirSync(`${root}fixtures/twins`, { recursive: true })
    .filter((path) => /^[^/]+\/honest\/.*\.md$/.test(path))
    .sort()
    .map((path) => readFileSync(`${root}fixtures/twins/${path}`, 'utf8')),
];
const background = await backgroundSentences(`${folder}/background.tsv`, values.cache, Number(values.limit));
console.error(`${labelled.length} labelled passages, ${background.length} sentences of background`);

/** What a labelled sentence counts, where one of the background counts one. */
const LABELLED_COUNTS = 10;
const examples = [
  ...labelled.flatMap(({ label, text }) =>
    featuresOfEach(sentencesIn(text)).map((features) => ({
      features,
      isHostile: label !== 'honest',
      counts: LABELLED_COUNTS,
    })),
  ),
  ...featuresOfEach([...new Set(documents.flatMap(sentencesOfMarkdown))]).map((features) => ({
    features,
    isHostile: false,
    counts: LABELLED_COUNTS,
  })),
  ...featuresOfEach(background).map((features) => ({ features, isHostile: false, counts: 1 })),
];
const first = trained(examples, 1 << FEATURE_BITS);
/** How much more an honest sentence counts in the second training that the first took for hostile. */
const MISTAKEN_COUNTS = 5;
const isMistaken = ({ isHostile, features }) => !isHostile && sumOf(first, features) > 0;
const model = trained(
  examples.map((each) => (isMistaken(each) ? { ...each, counts: each.counts * MISTAKEN_COUNTS } : each)),
  1 << FEATURE_BITS,
);

// In steps of one byte; a few of the largest weights are cut off.
const LARGEST = 12;
const step =
  Math.min(
    LARGEST,
    model.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0),
  ) / 127;
const bytes = Buffer.alloc(8 + model.weights.length);
bytes.writeFloatLE(step, 0);
bytes.writeFloatLE(model.offset, 4);
model.weights.forEach((weight, index) =>
  bytes.writeInt8(Math.max(-127, Math.min(127, Math.round(weight / step))), 8 + index),
);
writeFileSync(`${root}src/static/prose/likeness/weights.bin`, bytes);

// As the program itself scores: with the weights in steps, beside the compiled module.
writeFileSync(join(modules, 'static/prose/likeness/weights.bin'), bytes);
const { likenessOf } = await load('static/prose/likeness/weights.js');
const scoreOf = (text) => Math.max(-Infinity, ...sentencesIn(text).map(likenessOf));
console.log(
  table(passagesOf(`${folder}/unseen/hostile.tsv`), passagesOf(`${folder}/unseen/honest.tsv`), scoreOf),
);
