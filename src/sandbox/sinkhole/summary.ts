import type { Passage } from './proxy.ts';
import type { Connection, Lookup, Traffic } from './traffic.ts';

/** Traffic without its contents, as JSON shows it. */
interface TrafficSummary {
  readonly lookups: readonly Lookup[];
  readonly connections: readonly (Omit<Connection, 'content' | 'cut' | 'number' | 'requests'> & {
    /** Bytes that the client sent. */
    readonly bytes: number;
    readonly requests: readonly string[];
  })[];
  readonly lost: number;
  readonly limitation: string | null;
  readonly passages: readonly Passage[];
}

/** What came into the sinkhole, without what was sent: that may hold secrets of whoever ran it. */
export function summaryOf({ lookups, connections, lost, limitation, passages }: Traffic): TrafficSummary {
  return {
    lookups,
    connections: connections.map(
      ({ protocol, address, port, host, atMs, content, cut, isUntrusting, isPassed, refusal, requests }) => ({
        protocol,
        address,
        port,
        host,
        atMs,
        bytes: content.length + cut,
        isUntrusting,
        isPassed,
        refusal,
        requests: requests.map(
          (each) => `${each.method} ${each.scheme}://${each.host}:${each.port}${each.path}`,
        ),
      }),
    ),
    lost,
    limitation,
    passages,
  };
}
