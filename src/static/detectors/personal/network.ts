import { isIP } from 'node:net';
import type { Span } from '../../../model/program.ts';

const ADDRESS =
  /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\w:]|\.\d)/g;
const DEVICE =
  /(?<![\w:-])(?:[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-])/g;

/** Addresses that say nothing of a person: private, reserved, for documentation (RFC 5737, 3849), and of public resolvers. */
const NOBODYS =
  /^(?:0\.|10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.(?:168|0\.[02])\.|198\.(?:1[89]|51\.100)\.|203\.0\.113\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|2(?:2[4-9]|[345]\d)\.|8\.8\.|1\.[01]\.[01]\.1$|9\.9\.9\.|1\.2\.3\.4$)|^(?:::|fe[89ab]|f[cd]|ff|2001:0?db8|64:ff9b|2606:4700|2001:4860)/i;

/** Addresses on the Internet of somebody's machine, in a piece of text that speaks of one. */
export function* hostAddressesIn(text: string, from: number, to: number): Generator<Span> {
  for (const match of text.slice(from, to).matchAll(ADDRESS)) {
    if (isIP(match[0]) === 0 || NOBODYS.test(match[0])) continue;
    yield { start: from + match.index, end: from + match.index + match[0].length };
  }
}

/** Addresses of network cards, which name a device for as long as it lives. */
export function* deviceAddressesIn(text: string, from: number, to: number): Generator<Span> {
  for (const match of text.slice(from, to).matchAll(DEVICE)) {
    const digits = match[0].replace(/[^0-9A-Fa-f]/g, '');
    if (/^(.)\1+$|^(..)\2+$|^(?:aabbccddeeff|001122334455|123456789abc|deadbeef\w{4})$/i.test(digits))
      continue;
    yield { start: from + match.index, end: from + match.index + match[0].length };
  }
}
