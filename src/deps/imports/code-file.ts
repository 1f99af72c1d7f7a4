import type { ImportLanguage } from './import-place.ts';

/** How a file's code is read; `unread` for code that cannot be (compiled, or a language that only embeds the other). */
export interface CodeFile {
  readonly language: ImportLanguage;
  readonly form: 'text' | 'notebook' | 'unread';
}

/** Installed packages and the insides of version control: no code of the target itself. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.venv|venv|\.tox|\.nox|\.git|__pypackages__)\//;

const FORMS: readonly (readonly [RegExp, CodeFile])[] = [
  [/\.pyw?$/i, { language: 'python', form: 'text' }],
  [/\.pyi$/i, { language: 'python', form: 'text' }],
  [/\.ipynb$/i, { language: 'python', form: 'notebook' }],
  [/\.(?:pyc|pyo|pyd|so|pyx|pxd)$/i, { language: 'python', form: 'unread' }],
  [/\.[cm]?[jt]sx?$/i, { language: 'javascript', form: 'text' }],
  [/\.(?:vue|svelte|astro|mdx|node|jsc)$/i, { language: 'javascript', form: 'unread' }],
];

/** What code a file holds by its name and, when it has no ending, its first line; null for none of the target's own. */
export function codeFileOf(path: string, content: Uint8Array | null): CodeFile | null {
  if (FOREIGN.test(path)) return null;
  const known = FORMS.find(([pattern]) => pattern.test(path))?.[1];
  if (known !== undefined) return known;
  if (content === null || /\.[^/]*$/.test(path) || content[0] !== 0x23 || content[1] !== 0x21) return null;
  const first = Buffer.from(content.subarray(0, 200)).toString('latin1').split('\n', 1)[0] ?? '';
  if (/\bpython[\d.]*\b/.test(first)) return { language: 'python', form: 'text' };
  return /\b(?:node|deno|bun)\b/.test(first) ? { language: 'javascript', form: 'text' } : null;
}

/** Tests, documentation, examples, benchmarks, and what only tools read. Relative to the unit, so that a unit under `examples/` is none. */
const ASIDE =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|testing|e2e|docs?|examples?|samples?|tutorials?|notebooks?|benchmarks?|bench)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|setup|noxfile|tasks|fabfile|hatch_build|docs_conf)\.py$|\.(?:test|spec|stories|bench)\.[cm]?[jt]sx?$|(?:^|\/)[^/]*\.config\.[cm]?[jt]s$|(?:^|\/)\.[^/]*rc\.[cm]?js$|(?:^|\/)(?:gulpfile|gruntfile)\.[cm]?[jt]s$/i;

/** Whether a file is not part of what runs when the unit is used. @param path relative to the unit */
export function isAside(path: string): boolean {
  return ASIDE.test(path);
}
