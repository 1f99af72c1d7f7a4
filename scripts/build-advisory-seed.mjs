// Builds the advisory index that is shipped (src/deps/seed/) from a folder of OSV archives: FOLDER/<ecosystem>/all.zip and a MANIFEST.json
// that names the sources with their licences. Needs a build first (`npm run build`).
//   node scripts/build-advisory-seed.mjs FOLDER
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('usage: node scripts/build-advisory-seed.mjs FOLDER');
  process.exit(2);
}
const sbx = fileURLToPath(new URL('../bin/sbx.js', import.meta.url));
const seed = fileURLToPath(new URL('../src/deps/seed/', import.meta.url));
const cache = mkdtempSync(join(tmpdir(), 'sbx-seed-'));
const rows = [];
try {
  const env = { ...process.env, SBX_CACHE_DIR: cache };
  execFileSync(process.execPath, [sbx, 'db', 'import', folder], { env, stdio: 'inherit' });
  const made = join(cache, 'advisories', 'index');
  for (const name of readdirSync(made).sort()) {
    const text = readFileSync(join(made, name));
    const [header] = text.toString().split('\n', 1);
    const { ecosystem, records, date, bytes } = JSON.parse(header);
    const start = Buffer.byteLength(header) + 1;
    const packages = text.subarray(start, start + bytes).filter((byte) => byte === 0x0a).length;
    // Packed once, unpacked by everybody: as small as it gets.
    const packed = brotliCompressSync(text, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      },
    });
    writeFileSync(join(seed, `${name}.br`), packed);
    rows.push(`| ${ecosystem} | ${records} | ${packages} | ${date} | ${packed.length} |`);
  }
} finally {
  rmSync(cache, { recursive: true, force: true });
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
