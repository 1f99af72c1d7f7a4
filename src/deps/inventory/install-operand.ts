import type { Ecosystem } from '../../model/dependency.ts';
import type { Declaration } from './declaration.ts';
import { baseName } from './declaration.ts';
import { parseNpmSpecifier } from './npm-specifier.ts';
import { normalizePypiName, parseRequirement, pinOfAddress } from './requirement.ts';

/** Names that stand for whatever the reader wants to install. */
const PLACEHOLDER =
  /^(?:your|some|the|other|my)[-_]?(?:package|module|library)s?(?:[-_]?name)?$|^packages?(?:[-_]?names?)?$/i;

/** Placeholders, variables, substitutions and paths are no names of packages. */
const NOT_A_NAME = /[<>${}\\*…`]|^[.~/]|\.{3}|^\[/;

/** The package that one word of an install command names; null when it names none. */
export function operandOf(word: string, ecosystem: Ecosystem, line: number): Declaration | null {
  if (PLACEHOLDER.test(word)) return null;
  if (ecosystem === 'PyPI') return pypiOperand(word, line);
  if (ecosystem === 'npm') return npmOperand(word, line);
  return otherOperand(word, ecosystem, line);
}

function pypiOperand(word: string, line: number): Declaration | null {
  if (/^(?:git|hg|svn|bzr)\+|^https?:\/\//.test(word)) {
    if (/[${<]/.test(word)) return null;
    const egg = /[#&]egg=([\w.-]+)/.exec(word)?.[1];
    const bare = (word.split(/[#?]/, 1)[0] ?? '').replace(/\.git(?:@.*)?$|(?<=\/[^/]*)@[^/]*$/, '');
    const name = normalizePypiName(egg ?? baseName(bare).replace(/-\d[^/]*\.(?:whl|zip|tar\.gz)$/, ''));
    return name === '' ? null : { ecosystem: 'PyPI', name, ...pinOfAddress(word), scope: 'mentioned', line };
  }
  if (/^[$./~\\[]|[${}\\`…]|\.{3}|^<|\.(?:txt|whl|zip|gz|in|py|toml)$/.test(word)) return null;
  // `uvx ruff@0.4`, `poetry add httpx@^0.27`.
  const version = /^([\w.[\],-]+)@(?!\s*[a-z]+[:+])(.+)$/i.exec(word);
  const [, name = '', asked = ''] = version ?? [];
  if (version === null) return parseRequirement(word, 'mentioned', line);
  const specifier = asked === 'latest' ? '' : /^\d/.test(asked) ? `==${asked}` : asked;
  if (!/^[\^~]\d/.test(specifier)) return parseRequirement(`${name}${specifier}`, 'mentioned', line);
  const open = parseRequirement(name, 'mentioned', line);
  return open === null ? null : { ...open, pin: 'range', range: specifier };
}

function npmOperand(word: string, line: number): Declaration | null {
  if (NOT_A_NAME.test(word)) return null;
  const match = /^((?:@[a-z0-9._~-]+\/)?[a-z0-9_~][a-z0-9._~-]*)(?:@(.+))?$/i.exec(word);
  if (match?.[1] === undefined) {
    if (!/^(?:git\+|https?:|git:|github:)|^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(word)) return null;
    const name = baseName(word.replace(/(?:\.git)?(?:#.*)?$/, ''));
    return { ecosystem: 'npm', name, pin: 'url', version: null, range: word, scope: 'mentioned', line };
  }
  return { ecosystem: 'npm', ...parseNpmSpecifier(match[1], match[2] ?? ''), scope: 'mentioned', line };
}

/** `name=version` (Debian), `name@version` (Cargo), `module/path@version` (Go). */
function otherOperand(word: string, ecosystem: Ecosystem, line: number): Declaration | null {
  if (NOT_A_NAME.test(word)) return null;
  const separator = ecosystem === 'Debian' ? '=' : '@';
  const [written = '', version = ''] = word.split(separator, 2);
  const name =
    ecosystem === 'Debian' ? written.replace(/:(?:any|native|[a-z0-9]+)$|\/[a-z-]+$/, '') : written;
  if (!/^[a-z0-9][a-z0-9.+_/~-]*$/i.test(name) || (ecosystem === 'Go' && !name.includes('.'))) return null;
  const isExact = version !== '' && !/^(?:latest|master|main|HEAD)$/.test(version);
  return {
    ecosystem,
    name,
    version: isExact ? version : null,
    range: null,
    pin: isExact ? 'exact' : 'none',
    scope: 'mentioned',
    line,
  };
}
