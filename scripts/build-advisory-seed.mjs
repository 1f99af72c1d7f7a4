// Builds the advisory index that is shipped (src/deps/seed/) from a folder of OSV archives: FOLDER/<ecosystem>/all.zip and a MANIFEST.json
// that names the sources with their licences. Needs a build first (`npm run build`).
//   node scripts/build-advisory-seed.mjs FOLDER
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: node scripts/build-advisory-seed.mjs FOLDER');
  process.exit(2);
}
const load = (path) => import(new URL(`../dist/deps/advisories/${path}.js`, import.meta.url));
const { buildAdvisoryIndex } = await load('build-index');
const { readRecordsOfZip } = await load('read-records');
const { indexFile, packIndex } = await load('database');
const { AUDITED_ECOSYSTEMS } = await load('version-scheme');

const seed = fileURLToPath(new URL('../src/deps/seed/', import.meta.url));
mkdirSync(seed, { recursive: true });
const rows = [];
for (const ecosystem of AUDITED_ECOSYSTEMS) {
  const count = { records: 0, malformed: 0 };
  const index = await buildAdvisoryIndex(
    ecosystem,
    readRecordsOfZip(join(folder, ecosystem, 'all.zip'), count),
  );
  const packed = packIndex(index);
  writeFileSync(indexFile(seed, ecosystem), packed);
  const packages = Object.keys(index.packages).length;
  rows.push(`| ${ecosystem} | ${index.records} | ${packages} | ${index.date} | ${packed.length} |`);
  console.log(
    `${ecosystem}: ${index.records} advisories on ${packages} packages, ${index.date}, ${packed.length} bytes`,
  );
  if (count.malformed > 0) console.error(`${ecosystem}: ${count.malformed} entries are no OSV records`);
}

const { sources } = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8'));
const notice = `# Where the advisories come from

The indexes in this folder are built by \`scripts/build-advisory-seed.mjs\` from records in the OSV format. Ids, aliases, version
ranges, severities and first lines of summaries are kept; everything else is dropped.

| ecosystem | advisories | packages | newest (malicious-package records aside) | bytes |
| --- | ---: | ---: | --- | ---: |
${rows.join('\n')}

| source | licence | records read |
| --- | --- | ---: |
${sources.map(({ source, license, records }) => `| ${source} | ${license} | ${records} |`).join('\n')}

The advisories of the PyPA Advisory Database are © their contributors and used under CC-BY-4.0
(https://creativecommons.org/licenses/by/4.0/). They were changed as described above.

This is a seed for a first use without a network, not a complete set; \`sbx db update\` or \`sbx db import\` replaces it.
`;
writeFileSync(join(seed, 'NOTICE.md'), notice);
