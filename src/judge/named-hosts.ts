import { isInOwnNetwork } from '../own-network.ts';

/** Where packages, source code, their documentation and schemas are published, and models and searches asked. */
const COMMON =
  /^(?:.*\.)?(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|crates\.io|rubygems\.org|golang\.org|maven\.org|nuget\.org|debian\.org|ubuntu\.com|alpinelinux\.org|anaconda\.(?:com|org)|github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|w3\.org|json-schema\.org|openxmlformats\.org|xmlsoap\.org|android\.com|unpkg\.com|jsdelivr\.net|cdnjs\.cloudflare\.com|fonts\.googleapis\.com|fonts\.gstatic\.com|docker\.(?:io|com)|huggingface\.co|hf\.co|openai\.com|anthropic\.com|googleapis\.com|google\.com|microsoft\.com|wikipedia\.org)$/i;

/** Second-level names below which others register. */
const PUBLIC_SECOND =
  /^(?:com?|org|net|gov|edu|ac|github|gitlab|vercel|netlify|herokuapp|pages|workers|web|s3|amazonaws)$/;

/** True for a host that no description has to name, and for what is no host of the internet at all. */
export function hostsNeedNoWords(host: string): boolean {
  return COMMON.test(host) || isInOwnNetwork(host);
}

/**
 * Whether a text names a host: as it stands, by its domain, or by the name that the domain is known under (`linear` for
 * `api.linear.app`).
 * @param text in lower case
 */
export function isNamedIn(text: string, host: string): boolean {
  const known = host.toLowerCase().replace(/^\*+\.?/, '');
  if (text.includes(known)) return true;
  const labels = known.split('.');
  if (/^\d+$/.test(labels.at(-1) ?? '')) return false;
  const isDeep = labels.length > 2 && PUBLIC_SECOND.test(labels.at(-2) ?? '');
  const domain = labels.slice(isDeep ? -3 : -2);
  const name = domain[0] ?? '';
  if (text.includes(domain.join('.'))) return true;
  return (
    name.length >= 3 &&
    !name.includes('*') &&
    new RegExp(`(?<![a-z0-9])${escaped(name)}(?![a-z0-9])`).test(text)
  );
}

function escaped(text: string): string {
  return text.replace(/[^a-z0-9]/g, '\\$&');
}
