import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { stageForCrossCheck } from '../../../src/deps/tools/cross-check-files.ts';
import { crossCheckWithOsvScanner } from '../../../src/deps/tools/osv-cross-check.ts';
import { openOsvScanner } from '../../../src/deps/tools/osv-scanner.ts';
import { openTarget } from '../../../src/target/open.ts';
import { isToolAbsent } from '../require-tool.ts';
import { targetOf } from '../target-of.ts';
import { osvScannerScript, plantTool } from './fake-tool.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-check-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function stagingOf(files: Files) {
  const target = targetOf(files);
  const inventory = takeInventory(target);
  return { staging: stageForCrossCheck(target, inventory.files), read: inventory.files };
}

/** Compares; `hidden` are files that the inventory is made to overlook. */
async function crossCheck(files: Files, hidden: readonly string[] = []) {
  const { staging, read } = stagingOf(files);
  const context = { folder, online: false, signal: new AbortController().signal };
  const seen = read.filter(({ path }) => !hidden.includes(path));
  return crossCheckWithOsvScanner(await openOsvScanner(context), staging, seen, context);
}

const UV_LOCK = `version = 1

[[package]]
name = "Demo.App"
version = "0.1.0"
source = { virtual = "." }

[[package]]
name = "idna"
version = "3.4"
source = { registry = "https://pypi.org/simple" }
`;
const NPM_LOCK = JSON.stringify({
  name: 'demo',
  version: '1.0.0',
  lockfileVersion: 3,
  packages: {
    '': { name: 'demo', version: '1.0.0' },
    'node_modules/ms': { version: '2.1.3' },
    'node_modules/alias': { name: 'debug', version: '4.3.4' },
  },
});
const CARGO_LOCK = 'version = 3\n\n[[package]]\nname = "serde"\nversion = "1.0.0"\nsource = "registry+x"\n';

describe('what is laid out', () => {
  it('is declaration files alone: no configuration, no ignore file, nothing else of the target', () => {
    const { staging } = stagingOf({
      'a/requirements.txt': 'flask==1.0\n',
      'a/deps/requirements/base.in': 'idna\n',
      'uv.lock': UV_LOCK,
      'Cargo.lock': CARGO_LOCK,
      'a/app.cdx.json': '{}',
      'osv-scanner.toml': '[[PackageOverrides]]\nignore = true\n',
      'osv-scanner-custom.json': '{}',
      '.gitignore': '*\n',
      '.git/config': '',
      'pyproject.toml': '[project]\nname = "demo"\n',
      'run.py': 'print(1)\n',
    });
    expect(staging.files.map(({ path, name }) => `${path} → ${name}`)).toEqual([
      'Cargo.lock → Cargo.lock',
      'a/app.cdx.json → app.cdx.json',
      'a/deps/requirements/base.in → requirements.txt',
      'a/requirements.txt → requirements.txt',
      'uv.lock → uv.lock',
    ]);
    expect(staging.leftOut).toEqual([]);
  });

  it.each([
    ['an include', '-r ../../secret.txt\nflask==1.0\n'],
    ['an include without a space', '-r../../secret.txt\nflask==1.0\n'],
    ['a long include', '--requirement=../../secret.txt\nflask==1.0\n'],
    ['an include after white space', ' \t\u00a0\u0085-r ../../secret.txt\nflask==1.0\n'],
    ['an include put together from two lines', '-\\\nr ../../secret.txt\nflask==1.0\n'],
    ['an include behind an empty line that is continued', '\\\n-r ../../secret.txt\nflask==1.0\n'],
    ['an include behind extras', '[x]-r ../../secret.txt\nflask==1.0\n'],
    ['an include behind a byte order mark', '\ufeff-r ../../secret.txt\nflask==1.0\n'],
    [
      'constraints, indexes and hashes',
      '-c ../x\n--index-url http://x.example\nflask==1.0 \\\n    --hash=sha256:00\n',
    ],
  ])('has no line that leads anywhere: %s', (_, text) => {
    const [file] = stagingOf({ 'requirements.txt': text }).staging.files;
    const lines = String(file?.content).trimEnd().split('\n');
    expect(lines).toContain('flask==1.0');
    expect(lines.filter((line) => !/^[A-Za-z0-9].*[^\\]$/.test(line))).toEqual([]);
    expect(lines.filter((line) => /-r|--requirement/.test(line))).toEqual([]);
  });

  it('is text that any parser reads, also from UTF-16', () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('flask==1.0\r\nidna==3.4\r\n', 'utf16le'),
    ]);
    expect(stagingOf({ 'requirements.txt': bytes }).staging.files[0]?.content).toBe(
      'flask==1.0\nidna==3.4\n',
    );
  });

  it('leaves out, and names, what takes too long or points elsewhere', () => {
    const entries = Object.fromEntries(
      Array.from({ length: 10_001 }, (_, at) => [`node_modules/p${String(at)}`, { version: '1.0.0' }]),
    );
    const { staging } = stagingOf({
      'big/package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: entries }),
      'package-lock.json': NPM_LOCK,
      'pom.xml': '<project/>',
    });
    expect(staging.files.map(({ path }) => path)).toEqual(['package-lock.json']);
    expect(staging.leftOut).toEqual([
      { path: 'big/package-lock.json', reason: 'more than 10000 entries' },
      { path: 'pom.xml', reason: 'points at other files' },
    ]);
  });
});

describe('a fake osv-scanner', () => {
  it('is given a folder of copies, ours to name, and nothing of the network', async () => {
    const script = `for a in "$@"; do echo "$a"; done > "$0.arguments"; cd "${folder}/tree"; find . -type f | sort > "$0.files"`;
    await plantTool(folder, 'osv-scanner', osvScannerScript(`${script}; echo '{"results":[]}'`));
    const checked = await crossCheck({ 'weird name/requirements.txt': 'flask\n', 'uv.lock': UV_LOCK });
    expect(checked).toMatchObject({ result: { status: 'ok', message: '' }, missed: [] });
    const written = async (what: string) =>
      (await readFile(join(folder, 'bin', `osv-scanner.${what}`), 'utf8')).trimEnd().split('\n');
    expect(await written('files')).toEqual(['./0/uv.lock', './1/requirements.txt']);
    const given = await written('arguments');
    expect(given.slice(-3)).toEqual(['--no-ignore', '-r', `${folder}/tree`]);
    expect(given).toContain('--offline');
    expect(given.join(' ')).toContain(`--config ${folder}/empty.toml`);
  });

  it('that sees more is quoted by file, ecosystem, name and version', async () => {
    const packages = (names: readonly string[]) =>
      names.map((name) => ({ package: { name, version: '1.0', ecosystem: 'PyPI' } }));
    const report = {
      results: [
        { source: { path: `/t/tree/0/requirements.txt` }, packages: packages(['Flask', 'Hid_Den']) },
        { source: { path: '/elsewhere/requirements.txt' }, packages: packages(['stray']) },
      ],
    };
    await plantTool(folder, 'osv-scanner', osvScannerScript(`echo '${JSON.stringify(report)}'; exit 127`));
    expect(await crossCheck({ 'a/requirements.txt': 'flask>=1\n' })).toMatchObject({
      result: { status: 'ok', message: 'sees 1 packages that were not read here, in a/requirements.txt' },
      missed: [
        { path: 'a/requirements.txt', packages: [{ ecosystem: 'PyPI', name: 'hid-den', version: '1.0' }] },
      ],
    });
  });

  it.each([
    ['prints garbage', 'echo oops; echo why >&2', 'failed', 'exit 0: why'],
    ['dies half-way', 'echo \'{"results":[\'; kill -9 $$', 'failed', 'ended by SIGKILL: no message'],
    ['knows no such flag', 'echo "bad flag" >&2; exit 130', 'failed', 'exit 130: bad flag'],
  ] as const)('that %s is worth nothing, and it is said', async (_, script, status, message) => {
    await plantTool(folder, 'osv-scanner', osvScannerScript(script));
    const checked = await crossCheck({ 'requirements.txt': 'flask\n' });
    expect(checked).toMatchObject({ result: { status, message }, missed: [] });
  });

  it('is not asked when nothing is declared in a file that it reads', async () => {
    await plantTool(folder, 'osv-scanner', osvScannerScript('exit 1'));
    expect(await crossCheck({ 'run.py': 'print(1)\n' })).toBeNull();
  });
});

describe.skipIf(isToolAbsent('osv-scanner'))('the real osv-scanner', () => {
  it('sees nothing that was not read, in files of many kinds', async () => {
    const checked = await crossCheck({
      'requirements.txt':
        '-r more/base.txt\nFlask[async]==1.0 ; python_version > "3"\nidna>=3\n-e git+https://code.example/a.git#egg=a\n',
      'more/base.txt': 'requests~=2.0\n',
      'uv.lock': UV_LOCK,
      'package-lock.json': NPM_LOCK,
    });
    expect(checked).toMatchObject({ result: { status: 'ok', message: '' }, missed: [] });
  });

  it('sees nothing that was not read, in what the real package managers write', async () => {
    const folderOfLocks = fileURLToPath(new URL('../every-format', import.meta.url));
    const { signal } = new AbortController();
    const target = await openTarget(folderOfLocks, signal);
    const { files } = takeInventory(target);
    const context = { folder, online: false, signal };
    const staging = stageForCrossCheck(target, files);
    const checked = await crossCheckWithOsvScanner(await openOsvScanner(context), staging, files, context);
    expect(staging.files.length).toBeGreaterThan(15);
    expect(checked).toMatchObject({ result: { status: 'ok', message: '' }, missed: [] });
  });

  it('takes members of a workspace for the own packages that they are', async () => {
    const packages = {
      '': { name: 'demo', workspaces: ['packages/*'] },
      'node_modules/@demo/member': { resolved: 'packages/member', link: true },
      'packages/member': { name: '@demo/member', version: '1.0.0' },
    };
    const yarn = `__metadata:
  version: 8

"member@workspace:packages/member":
  version: 0.0.0-use.local
  resolution: "member@workspace:packages/member"
  languageName: unknown
  linkType: soft
`;
    const checked = await crossCheck({
      'package-lock.json': JSON.stringify({ name: 'demo', lockfileVersion: 3, packages }),
      'other/yarn.lock': yarn,
    });
    expect(checked).toMatchObject({ result: { status: 'ok', message: '' }, missed: [] });
  });

  it('shows what a parser of ours overlooks', async () => {
    const checked = await crossCheck({ 'uv.lock': UV_LOCK, 'package-lock.json': NPM_LOCK }, ['uv.lock']);
    expect(checked?.missed).toEqual([
      {
        path: 'uv.lock',
        packages: expect.arrayContaining([{ ecosystem: 'PyPI', name: 'idna', version: '3.4' }]) as unknown,
      },
    ]);
  });

  it('shows ecosystems that are not audited here', async () => {
    const checked = await crossCheck({ 'Cargo.lock': CARGO_LOCK });
    expect(checked?.missed).toEqual([
      { path: 'Cargo.lock', packages: [{ ecosystem: 'crates.io', name: 'serde', version: '1.0.0' }] },
    ]);
  });

  it('says which file it could not read, by its path in the target', async () => {
    const checked = await crossCheck({ 'sub/uv.lock': 'version = [', 'requirements.txt': 'flask\n' });
    expect(checked?.result.status).toBe('partial');
    expect(checked?.result.message).toMatch(/^could not read python\/uvlock sub\/uv\.lock: /);
  });

  it('reads nothing outside, wherever a list leads', async () => {
    const checked = await crossCheck({
      'requirements.txt':
        '-r ../bin/decoy.txt\n-r ../../../../../../../../etc/hostname\n-r /etc/hostname\nflask\n',
    });
    expect(checked).toMatchObject({ result: { status: 'ok', message: '' }, missed: [] });
    expect(await readdir(join(folder, 'tree', '0'))).toEqual(['requirements.txt']);
  });

  it('obeys no ignore file and no configuration of the target', async () => {
    const checked = await crossCheck({
      '.gitignore': '*\n',
      'osv-scanner.toml': '[[PackageOverrides]]\nname = "serde"\necosystem = "crates.io"\nignore = true\n',
      'osv-scanner-custom.json':
        '{"results":[{"packages":[{"package":{"name":"planted","version":"1","ecosystem":"PyPI"}}]}]}',
      'Cargo.lock': CARGO_LOCK,
    });
    expect(checked?.missed.map(({ path }) => path)).toEqual(['Cargo.lock']);
  });
});
