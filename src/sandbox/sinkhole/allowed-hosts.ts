import { isIP } from 'node:net';

/** A host that the operator allows, as `gate.py` reads it too. */
export interface AllowedHost {
  /** A name or an address, in lower case. */
  readonly host: string;
  /** True: every name below it, and not the name itself. */
  readonly isDomain: boolean;
  /** 0: every port. */
  readonly port: number;
}

const PATTERN =
  /^(\*\.)?(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?))(?::(\d{1,5}|\*))?$/;

/**
 * The patterns that are let through: a name or an address (IPv6 in brackets), exactly or as `*.domain`, with a port or without. Any
 * other pattern, such as a whole top-level domain, lets nothing through.
 */
export function allowedHosts(patterns: readonly string[]): readonly AllowedHost[] {
  return patterns.flatMap((pattern) => {
    const [, star, six, name, port = '*'] = PATTERN.exec(pattern.toLowerCase()) ?? [];
    const host = six ?? name;
    if (host === undefined || (six !== undefined && isIP(six) !== 6)) return [];
    const isDomain = star !== undefined;
    if (isDomain && (isIP(host) !== 0 || !host.includes('.'))) return [];
    if (port !== '*' && (Number(port) < 1 || Number(port) > 65_535)) return [];
    return [{ host, isDomain, port: port === '*' ? 0 : Number(port) }];
  });
}

/** Whether one of them stands for this host and port. */
export function isAllowed(allowed: readonly AllowedHost[], host: string, port: number): boolean {
  return allowed.some(
    (each) =>
      (each.port === 0 || each.port === port) &&
      (each.isDomain ? host.endsWith(`.${each.host}`) : host === each.host),
  );
}
