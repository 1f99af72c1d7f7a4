import type { Package } from '../../model/dependency.ts';
import type { Target } from '../../model/target.ts';
import { INVENTORY_FORMATS } from '../inventory/formats.ts';

/** Packages that are used without being imported: plug-ins found by name, type stubs, programs, build tools, servers, data. */
const UNIMPORTED: Readonly<Record<'PyPI' | 'npm', RegExp>> = {
  PyPI: new RegExp(
    '^(?:(?:pytest|sphinx|mkdocs|flake8|pylint|types|jupyter|jupyterlab|nb|ipy|hatch|poetry|setuptools|sphinxcontrib|opentelemetry|' +
      'nvidia|django|backports|tensorflow|torch|pyobjc|mypy|pip|tree-sitter)-.*|.*-(?:stubs|plugin|cli|data|theme|bin|extension|binary|cpu|gpu|headless)|' +
      'pip|setuptools|wheel|build|cython|ninja|cmake|swig|black|ruff|isort|mypy|pylint|flake8|tox|nox|pre-commit|ipykernel|ipython|' +
      'jupyter|jupyterlab|notebook|uvicorn|gunicorn|hypercorn|daphne|supervisor|twine|psycopg2|pymysql|mysqlclient|asyncpg|aiosqlite|' +
      'openpyxl|xlrd|xlsxwriter|lxml|html5lib|pyarrow|fastparquet|tabulate|sentencepiece|tiktoken|protobuf|accelerate|bitsandbytes|' +
      'safetensors|pygame|pygame-ce|mujoco|imageio|moviepy|tqdm|tzdata|certifi|urllib3|cryptography|pillow|brotli|uvloop|httptools|' +
      'websockets|python-multipart|email-validator|greenlet|box2d.*|ale-py|opencv-.*|typing-extensions|matplotlib|kaleido|ipywidgets)$',
  ),
  npm: /^(?:@types\/.*|(?:@[^/]+\/)?(?:eslint|prettier|babel|postcss|stylelint|rollup|vite|webpack|jest|karma|gulp|grunt|tailwindcss|tailwind|typedoc|ts|nx|semantic-release|changesets|cli)(?:-.*|$)|.*-(?:plugin|loader|preset|cli|config|types|theme|polyfill|scripts|dom)(?:-.*)?|.*\/(?:plugin|preset|eslint|cli|config|types|tsconfig|typescript)[^/]*|typescript|tsx|tslib|esbuild|husky|lint-staged|nodemon|concurrently|cross-env|rimraf|react|next|vue|nuxt|svelte|sharp|core-js|regenerator-runtime|autoprefixer|sass|less|tailwindcss|esm|pm2|http-server|serve|zod|typeorm|pg|mysql2?|sqlite3|better-sqlite3|tedious|pino-pretty|ws|bufferutil|utf-8-validate|encoding|debug)$/,
};

/** Whether a package is one that is commonly used without being imported. */
export function isUsedUnimported({ ecosystem, name }: Pick<Package, 'ecosystem' | 'name'>): boolean {
  return ecosystem !== 'PyPI' && ecosystem !== 'npm' ? true : UNIMPORTED[ecosystem].test(name);
}

/** What is searched together, in bytes times names; beyond it a name counts as used. */
const SEARCH_BUDGET = 2_000_000_000;

/** Texts in which a name may be what loads a package: code (a string, a comment), configuration, scripts. Not prose. */
const SEARCHED =
  /(?:^|\/)(?:Dockerfile|Makefile|Procfile)[^/]*$|\.(?:py|ipynb|[cm]?[jt]sx?|json|ya?ml|toml|cfg|ini|sh|ps1|bat|conf|html|vue|svelte)$/i;

/**
 * Whether a package is named outside the lists that declare it: by a plug-in loader, a URL of a database, a script.
 * @param groups names of one package each
 */
export function namesInConfiguration({ files }: Target, groups: readonly (readonly string[])[]): boolean[] {
  const found = groups.map(() => false);
  if (groups.length === 0) return found;
  let budget = SEARCH_BUDGET;
  for (const { path, content } of files) {
    if (content === null || !SEARCHED.test(path) || /(?:^|\/)node_modules\//.test(path)) continue;
    const roles = INVENTORY_FORMATS.filter(({ id, matches }) => id !== 'PEP 723' && matches(path)).map(
      ({ role }) => role,
    );
    if (roles.includes('lock')) continue;
    const isManifest = roles.includes('manifest');
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    for (const [index, names] of groups.entries()) {
      if (found[index]!) continue;
      budget -= content.length * names.length;
      found[index] = budget < 0 || names.some((name) => isNamed(text, name, isManifest));
    }
  }
  return found;
}

/** A manifest names a package once to declare it; a second time is a use (a script, the configuration of a tool). */
function isNamed(text: Buffer, name: string, isManifest: boolean): boolean {
  const first = text.indexOf(name);
  return first !== -1 && (!isManifest || text.indexOf(name, first + name.length) !== -1);
}
