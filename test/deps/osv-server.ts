import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdvisoryIndex } from '../../src/deps/advisories/index-format.ts';
import { Matcher } from '../../src/deps/advisories/match.ts';
import { recordsOf } from '../../src/deps/advisories/osv-folder.ts';
import { pinOf } from './pins.ts';

/** An OSV server on the loopback that answers from an index of ours (OSV API, `POST /v1/query`, packages of PyPI by name and version). */
export interface OsvServer {
  /** The endpoint, as `PIP_AUDIT_OSV_URL` wants it. */
  readonly url: string;
  /** What it was asked, `name==version`, in the order of asking. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

/** Starts one. A body that is no question is answered with 400, as the public service does. */
export async function startOsvServer(index: AdvisoryIndex): Promise<OsvServer> {
  const matcher = new Matcher(index);
  const records = new Map(recordsOf(index).map((record) => [record.id, record]));
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const send = (status: number, answer: object) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      };
      if (request.method !== 'POST' || request.url !== '/v1/query') {
        send(404, { code: 5, message: 'Not found' });
        return;
      }
      const question = JSON.parse(body) as {
        package?: { name?: string; ecosystem?: string };
        version?: string;
      };
      const { package: of, version } = question;
      if (of?.name === undefined || of.ecosystem !== index.ecosystem || version === undefined) {
        send(400, { code: 3, message: 'Invalid query' });
        return;
      }
      asked.push(`${of.name}==${version}`);
      const found = matcher.match(pinOf(index.ecosystem, of.name, version)).map(({ id }) => records.get(id));
      send(200, found.length === 0 ? {} : { vulns: found });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1/query`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
