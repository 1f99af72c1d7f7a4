import { execFileSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import yazl from 'yazl';
import { CACHE } from './inputs.mjs';

/** As many as the public database has for PyPI, malicious packages aside, and of those. */
const RECORDS = 20_000;
const MALICIOUS = 10_000;
const PINS = 2_000;

/** Records of the archive that are about PyPI and not withdrawn. */
async function readRecords(archive) {
  const zip = await yauzl.openPromise(archive);
  const records = [];
  for await (const entry of zip.eachEntry()) {
    const chunks = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
    const record = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (record.withdrawn === undefined) records.push(record);
  }
  return records;
}

/** The same record about packages with other names. */
function copyOf(record, copy) {
  if (copy === 0) return record;
  const affected = record.affected.map((part) => ({
    ...part,
    package: { ...part.package, name: `${part.package.name}-${copy}` },
  }));
  const aliases = record.aliases?.map((alias) => `${alias}-${copy}`);
  return { ...record, id: `${record.id}-${copy}`, aliases, affected };
}

function maliciousRecord(number) {
  const name = `pkg-${(number * 7919).toString(36)}-${number}`;
  return {
    schema_version: '1.7.0',
    id: `MAL-2025-${number}`,
    modified: '2025-01-01T00:00:00Z',
    summary: `Malicious code in ${name} (PyPI)`,
    details: 'Installing this package runs a script that sends the environment to its author. '.repeat(4),
    affected: [{ package: { ecosystem: 'PyPI', name }, versions: ['0.0.1', '1.0.0', `${number % 90}.0`] }],
  };
}

/** Pins spread evenly over the versions that the records name. */
function drawPins(records) {
  const versions = new Map();
  for (const { affected } of records) {
    for (const { package: about, ranges = [], versions: listed = [] } of affected) {
      const named = ranges
        .filter(({ type }) => type === 'ECOSYSTEM')
        .flatMap(({ events }) => events.flatMap((event) => Object.values(event)));
      const known = versions.get(about.name) ?? new Set();
      for (const version of [...named, ...listed.slice(-3)])
        if (/^\d+(\.\d+)+$/.test(version)) known.add(version);
      versions.set(about.name, known);
    }
  }
  const pins = [...versions].flatMap(([name, known]) =>
    known.size === 0 ? [] : [[name, [...known].sort().at(-1)]],
  );
  const step = Math.max(1, pins.length / PINS);
  return Array.from({ length: Math.min(PINS, pins.length) }, (_, at) => pins[Math.floor(at * step)]);
}

/**
 * A cache with a database as large as the public one, made once from the records in the folder that `SBX_BENCH_OSV` names
 * (`PyPI/all.zip`), a list of 2,000 pinned packages, and the same list as osv-scanner reads it.
 * @param {string} sbx the program
 * @returns {Promise<{ cache: string, requirements: string, list: string }>}
 * @throws when there are no records to make it from
 */
export async function fullDatabase(sbx) {
  const folder = join(CACHE, 'advisories');
  const database = {
    cache: join(folder, 'cache'),
    requirements: join(folder, 'requirements.txt'),
    list: join(folder, 'list.json'),
  };
  if (existsSync(join(database.cache, 'advisories', 'index', 'PyPI.index'))) return database;
  const source = process.env.SBX_BENCH_OSV;
  if (source === undefined) throw new Error('SBX_BENCH_OSV does not name a folder with PyPI/all.zip');
  const aside = `${folder}.${process.pid}`;
  mkdirSync(join(aside, 'osv', 'PyPI'), { recursive: true });
  try {
    const own = await readRecords(join(source, 'PyPI', 'all.zip'));
    const records = Array.from({ length: RECORDS }, (_, at) =>
      copyOf(own[at % own.length], Math.floor(at / own.length)),
    );
    const zip = new yazl.ZipFile();
    for (const record of records) zip.addBuffer(Buffer.from(JSON.stringify(record)), `${record.id}.json`);
    for (let number = 0; number < MALICIOUS; number += 1) {
      const record = maliciousRecord(number);
      zip.addBuffer(Buffer.from(JSON.stringify(record)), `${record.id}.json`);
    }
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(join(aside, 'osv', 'PyPI', 'all.zip')));
    execFileSync(process.execPath, [sbx, 'db', 'import', join(aside, 'osv')], {
      env: { ...process.env, SBX_CACHE_DIR: join(aside, 'cache') },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const pins = drawPins(records);
    writeFileSync(
      join(aside, 'requirements.txt'),
      pins.map(([name, version]) => `${name}==${version}\n`).join(''),
    );
    const packages = pins.map(([name, version]) => ({ package: { name, version, ecosystem: 'PyPI' } }));
    writeFileSync(join(aside, 'list.json'), JSON.stringify({ results: [{ packages }] }));
    // What an earlier version made, it cannot read.
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return database;
}
