import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { withDownloadedArchives } from '../../../src/deps/advisories/download.ts';
import { matchEmbedded } from '../../../src/deps/embedded.ts';
import { pinOf } from '../pins.ts';
import { archive, db, kept, record, useDatabaseFolder } from './database-folder.ts';

useDatabaseFolder();

const ARCHIVES: Readonly<Record<string, Buffer>> = {
  '/PyPI/all.zip': archive(record('PYSEC-1', 'PyPI', '2026-02-01')),
  '/npm/all.zip': archive(record('GHSA-1', 'npm', '2026-02-02')),
};

let close = (): void => undefined;
afterEach(() => {
  close();
});

/** A server on the loopback; gives its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.close();
    server.closeAllConnections();
  };
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** Serves the archives, but npm's as the listener will. */
async function serveBadly(npm: RequestListener): Promise<string> {
  return serve((request, response) => {
    if (request.url === '/PyPI/all.zip') response.end(ARCHIVES[request.url]);
    else npm(request, response);
  });
}

describe('sbx db update', () => {
  it('fetches every ecosystem from a mirror', async () => {
    const mirror = await serve((request, response) => {
      const body = ARCHIVES[request.url ?? ''];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    expect(await db('update', '--mirror', mirror)).toContain('npm     1 advisories');
    const { reports } = await matchEmbedded([pinOf('npm', 'demo', '1.0.0')]);
    expect(reports.map(({ id }) => id)).toEqual(['GHSA-1']);
    await expect(db('update', '--mirror', `${mirror}/other`)).rejects.toMatchObject({
      kind: 'network',
      message: `${mirror}/other/PyPI/all.zip could not be fetched: it answers 404`,
    });
  });

  it.each<[string, RequestListener, RegExp]>([
    [
      'it breaks off',
      (_, response) => {
        const bytes = ARCHIVES['/npm/all.zip']!;
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, 100), () => response.destroy());
      },
      /\/npm\/all\.zip could not be fetched: /,
    ],
    [
      'it sends half an archive as if it were whole',
      (_, response) => {
        response.end(ARCHIVES['/npm/all.zip']?.subarray(0, 100));
      },
      /^http:\/\/127\.0\.0\.1:\d+\/npm\/all\.zip is not a readable zip/,
    ],
    [
      'it sends a page',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>log in first</html>');
      },
      /\/npm\/all\.zip is not a readable zip/,
    ],
    [
      'it sends records of something else',
      (_, response) => {
        response.end(ARCHIVES['/PyPI/all.zip']);
      },
      /\/npm\/all\.zip holds no advisories for npm/,
    ],
    [
      'it announces more than a database can be',
      (_, response) => {
        response.writeHead(200, { 'content-length': 2 ** 40 });
        response.write('PK');
      },
      /sends more than a database/,
    ],
    [
      'it fails',
      (_, response) => {
        response.writeHead(503).end();
      },
      /it answers 503/,
    ],
    [
      'it redirects in a circle',
      (_, response) => {
        response.writeHead(302, { location: '/npm/all.zip' }).end();
      },
      /redirects more than 5 times/,
    ],
    [
      'it redirects to an address without encryption',
      (_, response) => {
        response.writeHead(302, { location: 'http://mirror.example/all.zip' }).end();
      },
      /redirects to http:\/\/mirror\.example\/all\.zip, which is no https address/,
    ],
    [
      'it redirects to a file',
      (_, response) => {
        response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      },
      /redirects to file:\/\/\/etc\/passwd, which is no https address/,
    ],
  ])('changes nothing when %s', async (_what, listener, message) => {
    const mirror = await serveBadly(listener);
    await expect(db('update', '--mirror', mirror)).rejects.toMatchObject({
      kind: 'network',
      message: expect.stringMatching(message) as string,
    });
    expect(existsSync(kept('index'))).toBe(false);
  });

  it('follows a redirect that leads somewhere as safe', async () => {
    const mirror = await serve((request, response) => {
      const path = request.url ?? '';
      if (path.startsWith('/new')) response.end(ARCHIVES[path.slice(4)]);
      else response.writeHead(301, { location: `/new${path}` }).end();
    });
    expect(await db('update', '--mirror', mirror)).toContain('PyPI    1 advisories');
  });

  it('stops in the middle of what is larger than it may be', async () => {
    const mirror = await serve((_, response) => {
      // No length is announced.
      response.write(Buffer.alloc(1000));
      response.end(Buffer.alloc(1000));
    });
    const options = { signal: new AbortController().signal, progress: () => undefined, maxBytes: 1500 };
    await expect(withDownloadedArchives(mirror, options, () => Promise.resolve())).rejects.toMatchObject({
      code: 'advisories-unreachable',
      message: expect.stringMatching(/sends more than/) as string,
    });
  });

  it('fails in one sentence when nothing answers, and asks nobody without encryption', async () => {
    const mirror = await serve((_, response) => response.end());
    close();
    await expect(db('update', '--mirror', mirror)).rejects.toMatchObject({ kind: 'network' });
    for (const unsafe of ['http://mirror.example', 'ftp://mirror.example', 'no address'])
      await expect(db('update', '--mirror', unsafe)).rejects.toMatchObject({ kind: 'usage' });
  });
});
