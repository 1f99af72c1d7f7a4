/** How firmly an address says what is installed from it. */
type AddressFirmness =
  /** A full commit id or a digest: one content. */
  | 'fixed'
  /** A name that looks like a release (`v1.2`): moved by whoever may push, and rarely. */
  | 'tag'
  /** A branch, or none: another content tomorrow. */
  | 'moving'
  /** An archive or page without a digest. */
  | 'unchecked';

/** What an address is, as far as its text tells. */
export interface Address {
  readonly isGit: boolean;
  /** True for `http:` and `git:`: whoever sits on the way decides what arrives. */
  readonly isPlain: boolean;
  readonly firmness: AddressFirmness;
  /** The branch, tag or commit that it names; null when it names none. */
  readonly ref: string | null;
}

/** Longer addresses are nobody's; what follows is not looked at. */
const MAX_CHARACTERS = 2_048;

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i;
const DIGEST = /[#&](?:sha(?:224|256|384|512)[=-]|integrity=)/i;
/** `v1.2`, `release-1.2.3`, `pkg@1.2.3`, `semver:^1`. */
const RELEASE = /^(?:[\w.-]{0,60}[-_/@])?v?\d+(?:\.\d+)+[-.+a-z0-9]*$/i;

/**
 * Takes apart an address of a package: PEP 440 direct references (`git+https://host/repo@ref#egg=x`), npm's (`git+ssh://host/repo#ref`,
 * `github:owner/repo#ref`, `owner/repo`) and those of lockfiles (`https://host/repo?rev=main#<commit>`).
 */
export function readAddress(written: string): Address {
  const address = written.slice(0, MAX_CHARACTERS);
  const isPlain = /^(?:git\+)?http:|^git:/i.test(address);
  const isGit = isGitAddress(address);
  if (!isGit) {
    // A commit in the path names one content: `https://host/owner/repo/archive/<commit>.zip`.
    const isFixed = DIGEST.test(address) || /[/@#=][0-9a-f]{40}\b/i.test(address);
    return { isGit, isPlain, firmness: isFixed ? 'fixed' : 'unchecked', ref: null };
  }
  const ref = refOf(address);
  const firmness =
    ref !== null && COMMIT.test(ref) ? 'fixed' : ref !== null && RELEASE.test(ref) ? 'tag' : 'moving';
  return { isGit, isPlain, firmness, ref };
}

function isGitAddress(address: string): boolean {
  if (/^(?:git\+|git:|git@|ssh:|(?:github|gitlab|bitbucket|gist):)/i.test(address)) return true;
  // `owner/repo` of npm.
  if (/^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(address)) return true;
  return /^https?:\/\/[^?#]+\.git(?:[?#@]|$)|[?&](?:rev|branch|tag)=/i.test(address);
}

/** Parts of a fragment that say something else than the revision. */
const NO_REF = /^(?:egg|subdirectory|path)=/i;

function refOf(address: string): string | null {
  const [before = '', ...fragments] = address.split('#');
  const [location = '', query = ''] = before.split('?', 2);
  const fragment = fragments
    .join('#')
    .split('&')
    .find((part) => part !== '' && !NO_REF.test(part));
  const named = fragment?.replace(/^(?:commit[=:]|semver:)/, '');
  if (named !== undefined && COMMIT.test(named)) return named;
  const asked = /(?:^|&)(?:rev|tag|branch)=([^&]+)/.exec(query)?.[1];
  // After the host's own `@` (`git@host`), the last one stands before the revision.
  const path = location.replace(/^[a-z+]+:\/\/[^/]*/i, '').replace(/^git@[^:]*:/i, '');
  const after = /@([^@]+)$/.exec(path)?.[1];
  return asked ?? named ?? after ?? null;
}
