import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';

const INDEX = process.env.PIP_INDEX_URL ?? 'https://pypi.org/simple';
const AT_ONCE = 16;
/** Bytes of an archive, and of all that is unpacked of it. */
const MAX_ARCHIVE = 3_000_000;
const MAX_TEXT = 3_000_000;
const MAX_UNPACKED = 64_000_000;
const MAX_FILE = 300_000;
/** Sentences of one package, so that none speaks for all. */
const MAX_SENTENCES = 4_000;
/** What has lists of changes, or rules between people. */
const LEFT_OUT = /licen|changelog|code_of_conduct|security/i;
/** Attacks that honest documentation quotes. */
const QUOTED_ATTACK =
  /\b(?:ignore|disregard|forget)\b.{0,30}\b(?:previous|prior|above|earlier|preceding)\b.{0,30}\b(?:instructions?|rules|prompts?)\b/i;

/** Scripts that write as much as others with a third of the characters, and no blank after a full stop. */
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Markdown files of an archive of sources, one after the other. Nothing is written or run. */
async function textsIn(archive) {
  const texts = [];
  let total = 0;
  const reader = extract();
  reader.end(gunzipSync(archive, { maxOutputLength: MAX_UNPACKED }));
  for await (const entry of reader) {
    const { name, size, type } = entry.header;
    const base = name.split('/').at(-1);
    const isWanted =
      type === 'file' && /\.(?:md|mdc|mdx)$/i.test(base) && size <= MAX_FILE && !LEFT_OUT.test(base);
    if (!isWanted || total > MAX_TEXT) {
      entry.resume();
      continue;
    }
    const parts = [];
    for await (const part of entry) parts.push(part);
    const text = Buffer.concat(parts).toString('utf8');
    total += text.length;
    texts.push(text);
  }
  return texts;
}

async function download(name, file, sha256) {
  const page = await (await fetch(`${INDEX}/${name}/`)).text();
  const link = [...page.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g)].find(([, , text]) => text === file);
  if (link === undefined) throw new Error(`the index has no ${file}`);
  const address = new URL(link[1].replaceAll('&amp;', '&'), `${INDEX}/${name}/`);
  const response = await fetch(address);
  if (Number(response.headers.get('content-length') ?? 0) > MAX_ARCHIVE)
    throw new Error(`${file} is too large`);
  const archive = Buffer.from(await response.arrayBuffer());
  const digest = createHash('sha256').update(archive).digest('hex');
  if (digest !== sha256) throw new Error(`${file} has the digest ${digest}, not ${sha256}`);
  return textsIn(archive);
}

/** Sentences of a Markdown text, without code, tables' bars and marks. */
export function sentencesOfMarkdown(markdown) {
  const text = markdown
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/```[\s\S]*?(?:```|$)/g, '\n')
    .replace(/^\s*(?:[-*+>]|\d+[.)]|#+)\s+/gm, '\n\n')
    .replace(/\|/g, '\n\n')
    .replace(/<[^>]{1,200}>/g, '')
    .replace(/[*`[]|\]\([^)]*\)/g, '');
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .flatMap((paragraph) => paragraph.split(/(?<=[.!?;])\s+|(?<=[。!?;])/))
    .filter(
      (sentence) =>
        sentence.length > (WITHOUT_BLANKS.test(sentence) ? 7 : 20) &&
        sentence.length < 600 &&
        !QUOTED_ATTACK.test(sentence),
    );
}

/**
 * Sentences of the documentation of packages, each once.
 * @param {string} list lines of `name<TAB>file<TAB>sha256`
 * @param {string} cache folder that keeps what was read of each archive
 * @param {number} limit packages at most; 0 for all
 */
export async function backgroundSentences(list, cache, limit) {
  const packages = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t'))
    .slice(0, limit === 0 ? undefined : limit);
  const read = new Map();
  const waiting = [...packages];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, file, sha256] = next;
      const kept = join(cache, `${sha256}.json`);
      try {
        if (!existsSync(kept)) writeFileSync(kept, JSON.stringify(await download(name, file, sha256)));
        read.set(name, JSON.parse(readFileSync(kept, 'utf8')));
      } catch (error) {
        console.error(`train-prose: ${name} is left out: ${error.message}`);
      }
      if (read.size % 500 === 0) console.error(`${read.size} of ${packages.length} packages read`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const sentences = new Set();
  for (const [name] of packages) {
    let ofPackage = 0;
    for (const sentence of (read.get(name) ?? []).flatMap(sentencesOfMarkdown)) {
      if (ofPackage >= MAX_SENTENCES) break;
      if (sentences.has(sentence)) continue;
      sentences.add(sentence);
      ofPackage += 1;
    }
  }
  return [...sentences];
}
