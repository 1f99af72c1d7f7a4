import type { Target } from '../../model/target.ts';
import { tableOf, textOf } from '../inventory/parsed.ts';
import { baseName } from '../inventory/declaration.ts';

/** Names under which the target's files may import each other. */
export interface OwnModules {
  /** @param name first part of a module's name */
  readonly hasPython: (name: string) => boolean;
  /** @param specifier as written */
  readonly hasJavascript: (specifier: string) => boolean;
}

const PYTHON_MODULE =
  /([^/]+?)(?:\.[^/]*)?\.(?:py|pyi|pyx|so|pyd|ipynb)$|([^/.]+)\.(?:py|pyi|pyx|so|pyd|proto)$/;
const MAX_CONFIG_BYTES = 1_000_000;
/** Aliases beyond these are not looked at. */
const MAX_ALIASES = 500;

/**
 * Gathers the names. Which folder is on the path is decided when the code runs, so every folder and file of the target counts: a name that
 * may be the target's own is never taken for a package that somebody forgot to declare.
 */
export function ownModulesOf({ files }: Pick<Target, 'files'>): OwnModules {
  const python = new Set<string>();
  const javascript = new Set<string>();
  const prefixes = new Set<string>();
  for (const { path, content } of files) {
    if (/(?:^|\/)(?:node_modules|site-packages|\.venv|venv)\//.test(path)) continue;
    const module = PYTHON_MODULE.exec(path);
    if (module !== null) {
      python.add(module[1] ?? module[2] ?? '');
      for (const folder of path.split('/').slice(0, -1)) python.add(folder);
    } else if (/\.[cm]?[jt]sx?$/.test(path)) {
      for (const part of path.split('/').slice(0, -1)) javascript.add(part);
    }
    const name = baseName(path);
    const isConfig = /^(?:package|(?:ts|js)config[^/]*|deno)\.jsonc?$/.test(name);
    if (!isConfig || content === null || content.length > MAX_CONFIG_BYTES) continue;
    const text = Buffer.from(content).toString('utf8');
    if (name === 'package.json') addPackageName(text, javascript);
    // Aliases of the compiler's configuration (`"@app/*": ["src/*"]`); it may hold comments, so it is no JSON.
    else
      for (const [, alias] of text.matchAll(/"([^"*\n]{1,200})\*?"\s{0,10}:\s{0,10}[["]/g))
        if (prefixes.size < MAX_ALIASES) prefixes.add(alias!);
  }
  return {
    hasPython: (name) => python.has(name) || /_pb2(?:_grpc)?$/.test(name),
    hasJavascript: (specifier) =>
      javascript.has(specifier) ||
      javascript.has(packageOf(specifier) ?? '') ||
      [...prefixes].some(
        (prefix) => specifier === prefix || (prefix.endsWith('/') && specifier.startsWith(prefix)),
      ),
  };
}

function addPackageName(text: string, names: Set<string>): void {
  try {
    const name = textOf(tableOf(JSON.parse(text))['name']);
    if (name !== null) names.add(name);
  } catch {
    // The inventory reports it.
  }
}

/** The package that a specifier of JavaScript names: `@scope/name` or `name`; null for what no registry has (`@/x`, `#x`, `virtual:x`). */
export function packageOf(specifier: string): string | null {
  const [plain = ''] = specifier.split(/[?!]/, 1);
  return /^((?:@[a-z0-9~-][\w.~-]*\/)?[A-Za-z0-9~-][\w.~-]*)(?:\/|$)/.exec(plain)?.[1] ?? null;
}
