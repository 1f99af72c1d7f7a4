import type { Target, TargetFile } from '../../model/target.ts';
import { baseName } from '../inventory/declaration.ts';
import type { ReadFile } from '../inventory/read-files.ts';
import { decodeText, MAX_DECLARATION_BYTES } from '../inventory/text.ts';

/** A file of the target as it is laid out for another parser. */
export interface StagedFile {
  /** In the target. */
  readonly path: string;
  readonly name: string;
  readonly content: Uint8Array | string;
  /** True when only the names in it can be compared: the other parser takes lower bounds for versions. */
  readonly namesOnly: boolean;
}

/** What is laid out, and what is not although the other parser would read it. */
export interface Staging {
  readonly files: readonly StagedFile[];
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
}

/** Lock files and bills of materials that osv-scanner 2.5 knows by name and that point at no other file. */
const KNOWN_NAMES: ReadonlySet<string> = new Set([
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'],
  ...['Pipfile.lock', 'poetry.lock', 'pdm.lock', 'uv.lock', 'pylock.toml'],
  ...['Cargo.lock', 'go.mod', 'composer.lock', 'Gemfile.lock', 'gems.locked', 'pubspec.lock', 'conan.lock'],
  ...['mix.lock', 'cabal.project.freeze', 'stack.yaml.lock', 'renv.lock', 'packages.lock.json'],
  ...['Package.resolved', 'gradle.lockfile', 'buildscript-gradle.lockfile', 'bom.json', 'bom.xml'],
]);

const KNOWN_PATTERN =
  /^pylock\.[^.]+\.toml$|^[^/]*\.cdx\.(?:json|xml)$|\.spdx$|\.spdx\.(?:json|xml|ya?ml|rdf)$/i;

/** Formats that may name files anywhere on the machine; a parser that follows them would be led out of the target. */
const POINTS_ELSEWHERE: ReadonlySet<string> = new Set(['pom.xml', 'Directory.Packages.props']);

/** osv-scanner takes time with the square of the entries of a package-lock.json: 50,000 are a minute. */
const MAX_NPM_ENTRIES = 10_000;
const NPM_LOCKS: ReadonlySet<string> = new Set(['package-lock.json', 'npm-shrinkwrap.json']);

const MAX_FILES = 5_000;
const MAX_BYTES = 256 * 1024 ** 2;
/** File systems hold names of 255 bytes. */
const MAX_NAME_BYTES = 200;

/**
 * Chooses what another parser is to read: copies of the declaration files, each to be put into a folder of its own. Nothing else of the
 * target is there, so it meets no configuration, no ignore file, no link and no include that leads anywhere.
 * @param read the files that the inventory read
 */
export function stageForCrossCheck(target: Target, read: readonly ReadFile[]): Staging {
  const requirements = new Set(
    read.filter(({ format }) => format.id === 'requirements').map(({ path }) => path),
  );
  const files: StagedFile[] = [];
  const leftOut: { path: string; reason: string }[] = [];
  let bytes = 0;
  for (const file of target.files) {
    const name = baseName(file.path);
    const isRequirements = requirements.has(file.path);
    if (!isRequirements && !KNOWN_NAMES.has(name) && !KNOWN_PATTERN.test(name)) {
      if (POINTS_ELSEWHERE.has(name)) leftOut.push({ path: file.path, reason: 'points at other files' });
      continue;
    }
    const reason = whyLeftOut(file, name) ?? whyFull(files.length, bytes + file.size);
    if (reason !== null) {
      leftOut.push({ path: file.path, reason });
      continue;
    }
    bytes += file.size;
    files.push(isRequirements ? stagedRequirements(file) : staged(file, name));
  }
  return { files, leftOut };
}

function whyFull(files: number, bytes: number): string | null {
  return files >= MAX_FILES || bytes > MAX_BYTES ? 'there are too many of them' : null;
}

function whyLeftOut({ content, size }: TargetFile, name: string): string | null {
  if (content === null) return 'could not be read';
  if (size > MAX_DECLARATION_BYTES) return 'too large';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return 'its name is too long';
  if (NPM_LOCKS.has(name) && hasMoreEntries(content, MAX_NPM_ENTRIES))
    return `more than ${String(MAX_NPM_ENTRIES)} entries`;
  return null;
}

/** Every entry of a package-lock.json has a version; counted in the bytes, because what our parser makes of them is what is checked. */
function hasMoreEntries(content: Uint8Array, limit: number): boolean {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  let count = 0;
  for (let at = bytes.indexOf('"version"'); at !== -1; at = bytes.indexOf('"version"', at + 1)) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
}

function staged({ path, content }: TargetFile, name: string): StagedFile {
  return { path, name, content: content ?? '', namesOnly: false };
}

/**
 * A list for pip whatever its name, with the lines alone that begin with a name: no line is an option, none is joined to the next, so that
 * nothing in it can be taken for an include.
 */
function stagedRequirements({ path, content }: TargetFile): StagedFile {
  const text = decodeText(content ?? new Uint8Array()) ?? '';
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => /^[A-Za-z0-9]/.test(line))
    .map((line) => line.replace(/\\+$/, '').trimEnd());
  return { path, name: 'requirements.txt', content: `${lines.join('\n')}\n`, namesOnly: true };
}
