import type { Api } from '../../model/api-model.ts';

type DetailKind = NonNullable<Api['detail']>['as'];

/** Stands in a text for what is not known. */
export const HOLE = '*';

/**
 * A path in its normal form: `/` between parts, the home folder in any spelling (`$HOME`, `/home/x`, `/root`, `/Users/x`,
 * `%USERPROFILE%`, `C:\Users\x`) as `~`, no `/./` and no doubled `/`.
 */
export function normalPath(text: string): string {
  const slashes = text
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/')
    .replace(/^(?:\$HOME|\$\{HOME\}|%USERPROFILE%|%HOMEPATH%|\$env:USERPROFILE)(?=\/|$)/i, '~')
    .replace(/^(?:\/home\/[^/]+|\/root|\/Users\/[^/]+|[A-Za-z]:\/Users\/[^/]+)(?=\/|$)/, '~')
    .replace(/^%APPDATA%/i, '~/AppData/Roaming')
    .replace(/^%LOCALAPPDATA%/i, '~/AppData/Local');
  const whole = slashes.replace(/\/{2,}/g, '/').replaceAll('/./', '/');
  return whole.length > 1 ? whole.replace(/\/$/, '') : whole;
}

/** The host of a URL, `host:port` or bare host, lower-cased and without the port; `*` when it is not known. */
export function hostOf(text: string): string {
  const trimmed = text.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@?#]*@)?(\[[0-9a-f:.]+\]|[^/:?#\s]*)/i.exec(trimmed);
  const candidate = url?.[1] ?? /^([^/:?#\s@]+)(?::\d+)?(?:[/?#].*)?$/s.exec(trimmed)?.[1] ?? HOLE;
  const host = candidate.toLowerCase().replace(/\.$/, '');
  if (/^(?:0x[\da-f]{1,8}|\d{8,10})$/.test(host)) return numberedHost(Number(host));
  // An address of numbers is whole; what is put behind it begins a path.
  if (url !== null && /^\d{1,3}(?:\.\d{1,3}){3}\*$/.test(host)) return host.slice(0, -1);
  if (host === '' || host.startsWith('*')) return HOLE === host || host === '' ? HOLE : host;
  return /^[a-z0-9._*-]+$|^\[[0-9a-f:.]+\]$/.test(host) ? host : HOLE;
}

/** `2852039166` is an IPv4 address written as one number. */
function numberedHost(number: number): string {
  return number > 0xffffffff
    ? HOLE
    : [24, 16, 8, 0].map((shift) => String((number >>> shift) & 255)).join('.');
}

/** The command that a command line runs, without its folder: `/usr/bin/curl -s x` → `curl`. */
export function commandOf(text: string): string {
  const words = text.trim().split(/\s+/);
  const word = words.find((candidate) => !/^[A-Za-z_]\w*=/.test(candidate)) ?? '';
  const bare = word.replace(/^["']|["']$/g, '');
  return bare === '' ? HOLE : bare.slice(bare.lastIndexOf('/') + 1) || HOLE;
}

/** Evidence's detail in its normal form, at most 200 characters; `*` when the text says nothing. */
export function normalDetail(kind: DetailKind, text: string): string {
  const first = text.length > 4_096 ? text.slice(0, 4_096) : text;
  const detail =
    kind === 'host'
      ? hostOf(first)
      : kind === 'path'
        ? normalPath(first)
        : kind === 'command'
          ? commandOf(first)
          : first.trim();
  const line = detail.split('\n', 1)[0] ?? '';
  return line === '' ? HOLE : line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
