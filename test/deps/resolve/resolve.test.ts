import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeInventory } from '../../../src/deps/inventory/inventory.ts';
import { resolveOpen } from '../../../src/deps/resolve/resolve.ts';
import { depsStage } from '../../../src/deps/stage.ts';
import { stageContext } from '../../support/stage-context.ts';
import { isToolAbsent } from '../require-tool.ts';
import { targetOf } from '../target-of.ts';
import { plantTool } from '../tools/fake-tool.ts';

const DAY = '2026-01-02';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sbx-test-resolve-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

async function resolve(files: Readonly<Record<string, string>>, signal = new AbortController().signal) {
  return resolveOpen(takeInventory(targetOf(files)), { signal, progress: () => undefined }, DAY);
}

/** A fake uv that states a version, writes down what it is given, and otherwise does this. */
function uvScript(rest: string): string {
  const writesDown = `for a in "$@"; do echo "$a"; done >> "$0.arguments"; env > "$0.environment"; ls -A > "$0.folder"; cat > "$0.list"; cat "$5" > "$0.pins"`;
  // What is asked about pins alone is answered as it is asked.
  const answersPins = `case " $* " in *" --no-deps "*) tee "$0.asked"; exit;; esac`;
  return `test "$1" = --version && echo "uv 0.13.8 (x)" && exit; ${answersPins}; ${writesDown}; ${rest}`;
}

function written(what: string): Promise<string> {
  return readFile(join(folder, 'bin', `uv.${what}`), 'utf8');
}

/** A package index on loopback (PEP 503, 592, 658): `good` 1.0, and `bad` 2.0, which was withdrawn. */
async function serveIndex(): Promise<{ url: string; asked: () => string[]; stop: () => Promise<void> }> {
  const asked = new Set<string>();
  const wheels = new Map([
    ['good', 'good-1.0-py3-none-any.whl'],
    ['bad', 'bad-2.0-py3-none-any.whl'],
  ]);
  const server = createServer((request, response) => {
    const { url = '' } = request;
    const name = /^\/simple\/(\w+)\/$/.exec(url)?.[1] ?? '';
    const wheel = wheels.get(name);
    if (url.endsWith('.metadata')) {
      const [, own, version] = /\/(\w+)-([\d.]+)-/.exec(url) ?? [];
      response.end(
        `Metadata-Version: 2.1\nName: ${own ?? ''}\nVersion: ${version ?? ''}\nRequires-Dist: absent>=9\n`,
      );
    } else if (wheel === undefined) response.writeHead(404).end();
    else {
      asked.add(url);
      const withdrawn = name === 'bad' ? 'data-yanked="It leaks."' : '';
      response.setHeader('Content-Type', 'text/html');
      response.end(`<a href="/files/${wheel}" data-core-metadata="true" ${withdrawn}>${wheel}</a>`);
    }
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/simple`,
    asked: () => [...asked].sort(),
    stop: () =>
      new Promise((done) =>
        server.close(() => {
          done();
        }),
      ),
  };
}

describe('a fake uv', () => {
  it('is given our list and our pins, and no configuration, build or file of the target', async () => {
    vi.stubEnv('PIP_INDEX_URL', 'https://index.example/simple');
    for (const name of ['UV_DEFAULT_INDEX', 'UV_INDEX_URL']) vi.stubEnv(name, '');
    vi.stubEnv('DECOY_TOKEN', 'decoy');
    await plantTool(folder, 'uv', uvScript('echo "idna==3.4"'));
    const { result } = await resolve({
      'requirements.txt': '--index-url https://evil.example\nidna>=3\nnumpy==1.26.4\n',
      'uv.toml': 'index-url = "https://evil.example"\n',
    });
    expect(result).toMatchObject({ status: 'ok', version: '0.13.8' });
    expect(await written('list')).toBe('idna>=3\n');
    expect(await written('pins')).toBe('numpy==1.26.4\n');
    expect(await written('folder')).toBe('');
    const given = (await written('arguments'))
      .replace(/\S*sbx-deps-\w+/g, 'OURS')
      .trimEnd()
      .split('\n');
    expect(given).toEqual([
      ...['pip', 'compile', '-', '--constraints', 'OURS/pins.txt', '--no-config', '--only-binary', ':all:'],
      ...['--no-python-downloads', '--python-version', '3.11', '--universal', '--cache-dir', 'OURS/cache'],
      ...['--no-header', '--annotation-style', 'line', '--color', 'never'],
    ]);
    const environment = await written('environment');
    expect(environment).toContain('UV_DEFAULT_INDEX=https://index.example/simple\n');
    expect(environment).not.toMatch(/evil|decoy/);
  });

  it('has its answer put at the requirements that lead to it', async () => {
    const answer = `Flask==2.1.3
click==8.1.0             # via flask
colorama==0.4.6 ; sys_platform == 'win32'  # via click
idna==3.4                # via -r -, flask
numpy==1.26.4            # via -c pins.txt`;
    await plantTool(folder, 'uv', uvScript(`cat <<'END'\n${answer}\nEND`));
    const { result, packages } = await resolve({
      'requirements.txt': 'flask<2.2\nnumpy==1.26.4\n',
      'dev/requirements-dev.txt': 'idna\n',
    });
    expect(result).toMatchObject({ status: 'ok', message: 'would install 4 packages as of 2026-01-02' });
    const [flask, idna] = [
      { path: 'requirements.txt', startLine: 1 },
      { path: 'dev/requirements-dev.txt', startLine: 1 },
    ];
    expect(packages.map(({ name, version, scope, locations }) => [name, version, scope, locations])).toEqual([
      ['click', '8.1.0', 'runtime', [flask]],
      ['colorama', '0.4.6', 'runtime', [flask]],
      ['flask', '2.1.3', 'runtime', [flask]],
      ['idna', '3.4', 'runtime', [idna, flask]],
    ]);
    expect(packages.every(({ resolvedAsOf, pin }) => resolvedAsOf === DAY && pin === 'exact')).toBe(true);
  });

  it('says which versions were withdrawn (output as uv 0.13.8 writes it)', async () => {
    // The line about attrs is recorded; those without a reason and about what was not chosen are written after it.
    await plantTool(
      folder,
      'uv',
      uvScript(`cat <<'END'
attrs==21.1.0             # via -c pins.txt, outcome
outcome==1.3.0.post0      # via -r -
urllib3==1.25             # via -c pins.txt
END
cat >&2 <<'END'
Resolved 3 packages in 168ms
warning: \`attrs==21.1.0\` is yanked (reason: "Installable but not importable on Python 3.4.")
warning: \`urllib3==1.25\` is yanked
warning: \`other==1.0\` is yanked (reason: "never chosen")
END`),
    );
    const { result, yanked } = await resolve({
      'requirements.txt': 'outcome<2\nattrs==21.1.0\nurllib3==1.25\n',
    });
    expect(result).toMatchObject({ status: 'ok' });
    expect(yanked).toEqual([
      {
        unit: '.',
        name: 'attrs',
        version: '21.1.0',
        reason: 'Installable but not importable on Python 3.4.',
      },
      { unit: '.', name: 'urllib3', version: '1.25', reason: null },
    ]);
  });

  it('that cannot solve all is asked for one after the other', async () => {
    await plantTool(
      folder,
      'uv',
      uvScript(`grep -q gym "$0.list" && echo 'error: No solution found
  cause: Because gym==0.21.0 has no usable wheels' >&2 && exit 1; echo "$(sed 's/>=.*//' "$0.list")==9.9"`),
    );
    const { result, packages } = await resolve({ 'requirements.txt': 'gym<1\nidna>=3\nclick>=8\n' });
    expect(result).toMatchObject({
      status: 'partial',
      message:
        'not resolved: gym <1: exit 1: Because gym==0.21.0 has no usable wheels; the rest would install 2 packages as of 2026-01-02',
    });
    expect(packages.map(({ name, version }) => `${name} ${version ?? ''}`)).toEqual([
      'click 9.9',
      'idna 9.9',
    ]);
  });

  it.each([
    [
      'that has no network',
      'echo "error: Request failed\n  cause: Failed to fetch: https://user:secret@index.example/simple/idna/" >&2; exit 2',
      'failed',
      'not resolved: idna: exit 2: Failed to fetch: https://index.example/simple/idna/',
    ],
    ['that prints garbage', 'echo What now; exit 0', 'failed', 'not resolved: idna: exit 0: no message'],
    [
      'that dies half-way',
      'echo idna==3.4; kill -9 $$',
      'failed',
      'not resolved: idna: ended by SIGKILL: no message',
    ],
    [
      'that prints too much',
      'exec yes idna==3.4444444444444444444444444444444444444',
      'failed',
      'not resolved: idna: wrote too much and was stopped',
    ],
    [
      'that finds nothing',
      'echo "error: No solution" >&2; exit 1',
      'failed',
      'not resolved: idna: exit 1: error: No solution',
    ],
  ] as const)('%s says so', async (_, script, status, message) => {
    await plantTool(folder, 'uv', uvScript(script));
    const resolution = await resolve({ 'requirements.txt': 'idna\n' });
    expect(resolution).toMatchObject({ result: { status, message }, packages: [] });
  });

  it('that states no version is not asked', async () => {
    await plantTool(folder, 'uv', 'exit 9');
    expect((await resolve({ 'requirements.txt': 'idna\n' })).result).toMatchObject({
      status: 'failed',
      message: 'states no version: exit 9: no message',
    });
  });

  it('that hangs is ended by the signal, and leaves no folder behind', async () => {
    vi.stubEnv('TMPDIR', folder);
    await plantTool(folder, 'uv', uvScript('sleep 300'));
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 500);
    await expect(resolve({ 'requirements.txt': 'idna\n' }, controller.signal)).rejects.toThrow(/abort/i);
    expect((await readdir(folder)).filter((name) => name.startsWith('sbx-deps-'))).toEqual([]);
  });

  it('is not asked when nothing is left open', async () => {
    await plantTool(folder, 'uv', uvScript('exit 1'));
    expect((await resolve({ 'package.json': '{"dependencies": {"a": "1.0.0"}}' })).result).toMatchObject({
      status: 'skipped',
    });
  });

  it('is asked about pins that nothing open needs, each version by itself, and without what they need', async () => {
    await plantTool(folder, 'uv', uvScript('echo idna==3.4'));
    const files = { 'a/requirements.txt': 'idna\nattrs==21.1.0\n', 'b/requirements.txt': 'attrs==21.2.0\n' };
    expect((await resolve(files)).result).toMatchObject({
      status: 'ok',
      message: 'would install 1 packages as of 2026-01-02, 2 pins asked about',
    });
    expect(await written('asked')).toBe('attrs==21.2.0\n');
  });

  it('is asked in halves about pins of which one has no answer, which is said', async () => {
    const one = `test "$1" = --version && echo "uv 0.13.8 (x)" && exit; cat > "$0.list"; grep -q gym "$0.list" && echo 'error: x
  cause: Because gym==0.21.0 has no usable wheels' >&2 && exit 1; cat "$0.list"
grep -q attrs "$0.list" && echo 'warning: \`attrs==21.1.0\` is yanked' >&2; exit 0`;
    await plantTool(folder, 'uv', one);
    const { result, yanked } = await resolve({
      'requirements.txt': 'attrs==21.1.0\nclick==8.1.0\ngym==0.21.0\nidna==3.4\n',
    });
    expect(result).toMatchObject({
      status: 'partial',
      message:
        'not resolved: gym==0.21.0: exit 1: Because gym==0.21.0 has no usable wheels; the rest 3 pins asked about',
    });
    expect(yanked).toEqual([{ unit: '.', name: 'attrs', version: '21.1.0', reason: null }]);
  });

  it('that answers something else about a pin is not believed', async () => {
    await plantTool(folder, 'uv', 'test "$1" = --version && echo "uv 0.13.8 (x)" && exit; cat > /dev/null');
    expect((await resolve({ 'requirements.txt': 'idna==3.4\n' })).result).toMatchObject({
      status: 'failed',
      message: 'not resolved: idna==3.4: another version was answered',
    });
  });
});

describe('the dependency stage', () => {
  const FILES = { 'requirements.txt': '# open\nflask<2.2\n' };
  const online = { online: true, resolve: true };

  const YANKED = 'attrs==21.1.0; echo "warning: \\`attrs==21.1.0\\` is yanked (reason: \\"Broken.\\")" >&2';

  it.each([
    ['a pin', { 'requirements.txt': 'outcome<2\nattrs==21.1.0\n' }, 2],
    ['what a requirement leads to', { 'requirements.txt': 'attrs<22\n' }, 1],
  ] as const)('tells of %s that was withdrawn', async (_, files, startLine) => {
    await plantTool(folder, 'uv', uvScript(`echo ${YANKED}`));
    vi.stubEnv('PATH', '/usr/bin:/bin');
    const { findings } = await depsStage.run(targetOf(files), stageContext(online));
    expect(findings.filter(({ ruleId }) => ruleId === 'dependency-yanked')).toMatchObject([
      {
        severity: 'low',
        kind: 'weakness',
        location: { path: 'requirements.txt', startLine },
        message: 'attrs 21.1.0 was withdrawn by its maker: “Broken.”.',
      },
    ]);
  });

  it('takes other warnings for none', async () => {
    await plantTool(
      folder,
      'uv',
      uvScript('echo attrs==21.1.0; echo "warning: attrs==21.1.0 has no extra; is yanked" >&2'),
    );
    vi.stubEnv('PATH', '/usr/bin:/bin');
    const { findings } = await depsStage.run(
      targetOf({ 'requirements.txt': 'attrs<22\n' }),
      stageContext(online),
    );
    expect(findings.filter(({ ruleId }) => ruleId === 'dependency-yanked')).toEqual([]);
  });

  it('audits what would be installed, and tells it from what is declared', async () => {
    await plantTool(folder, 'uv', uvScript('echo flask==2.1.3'));
    vi.stubEnv('PATH', '/usr/bin:/bin');
    const { dependencies, findings, status, reason } = await depsStage.run(
      targetOf(FILES),
      stageContext(online),
    );
    const today = new Date().toISOString().slice(0, 10);
    expect(status).toBe('done');
    expect(reason).toContain(`uv ok: would install 1 packages as of ${today}`);
    const [declared, resolved] = dependencies?.packages ?? [];
    expect(declared).toMatchObject({ name: 'flask', range: '<2.2' });
    expect(declared).not.toHaveProperty('resolvedAsOf');
    expect(resolved).toMatchObject({ name: 'flask', version: '2.1.3', resolvedAsOf: today });
    expect(dependencies?.coverage).toMatchObject({ declared: 1, matched: 1, unpinned: 1 });
    const finding = findings.find(({ message }) => message.includes('2.1.3'));
    expect(finding).toMatchObject({
      ruleId: 'dependency-advisory',
      location: { path: 'requirements.txt', startLine: 2 },
    });
    expect(finding?.message).toContain(
      `flask 2.1.3, which would be installed as of ${today}, is affected by CVE-2023-30861`,
    );
    expect(dependencies?.advisories).toContainEqual(
      expect.objectContaining({ id: 'CVE-2023-30861', version: '2.1.3', certainty: 'certain' }),
    );
  });

  it('is partial when the operator asked and uv is not there', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    vi.stubEnv('SBX_TOOLS_BIN', '');
    const { status, gaps } = await depsStage.run(targetOf(FILES), stageContext(online));
    expect(status).toBe('partial');
    expect(gaps.map(({ reason }) => reason)).toContain(
      'uv (missing): not found; `pipx install uv==0.13.8` installs it',
    );
  });

  it('does not resolve unless it was asked to', async () => {
    await plantTool(folder, 'uv', uvScript('echo flask==2.1.3'));
    vi.stubEnv('PATH', '/nonexistent');
    const { dependencies } = await depsStage.run(targetOf(FILES), stageContext());
    expect(dependencies?.packages.map(({ version }) => version)).toEqual([null]);
    expect(dependencies?.coverage.tools.map(({ id }) => id)).not.toContain('uv');
  });
});

describe.skipIf(isToolAbsent('uv'))('the real uv', () => {
  it('resolves from the registry what is left open, and names what has no wheels', async () => {
    const { result, packages } = await resolve({
      'requirements.txt': 'flask<2.2 ; python_version >= "3.8"\nidna==3.4\nrequests[socks]>=2.31\ngym<0.22\n',
    });
    expect(result.status).toBe('partial');
    expect(result.message).toMatch(
      /^not resolved: gym <0\.22: exit 1: .*; the rest would install \d+ packages/,
    );
    const versions = new Map(packages.map(({ name, version }) => [name, version]));
    expect(versions.get('flask')).toBe('2.1.3');
    expect([...versions.keys()]).toEqual(
      expect.arrayContaining(['jinja2', 'requests', 'urllib3', 'pysocks']),
    );
    // Pinned by the target, so it is no news.
    expect(versions.has('idna')).toBe(false);
    const werkzeug = packages.find(({ name }) => name === 'werkzeug');
    expect(werkzeug?.locations).toEqual([{ path: 'requirements.txt', startLine: 1 }]);
  });

  it('tells of a pin that was withdrawn, and of no other', async () => {
    const withdrawn = await resolve({ 'requirements.txt': 'outcome<2\nattrs==21.1.0\n' });
    expect(withdrawn.result).toMatchObject({ status: 'ok' });
    expect(withdrawn.yanked).toEqual([
      {
        unit: '.',
        name: 'attrs',
        version: '21.1.0',
        reason: 'Installable but not importable on Python 3.4.',
      },
    ]);
    const kept = await resolve({ 'requirements.txt': 'outcome<2\nattrs==21.2.0\n' });
    expect(kept).toMatchObject({ result: { status: 'ok' }, yanked: [] });
  });

  it('asks an index about a list of pins alone', async () => {
    const index = await serveIndex();
    try {
      vi.stubEnv('UV_DEFAULT_INDEX', index.url);
      const { result, yanked } = await resolve({ 'requirements.txt': 'good==1.0.0\nbad==2.0\n' });
      expect(result).toMatchObject({ status: 'ok', message: '2 pins asked about' });
      expect(yanked).toEqual([{ unit: '.', name: 'bad', version: '2.0', reason: 'It leaks.' }]);
      expect(index.asked()).toEqual(['/simple/bad/', '/simple/good/']);
    } finally {
      await index.stop();
    }
  });

  it('fails behind a proxy that cannot be reached, in bounded time', async () => {
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])
      vi.stubEnv(name, 'http://127.0.0.1:9');
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    const { result, packages } = await resolve({ 'requirements.txt': 'idna\nclick\n' });
    expect(result.status).toBe('failed');
    expect(result.message).toMatch(/^not resolved: click, idna: exit 2: Failed to fetch/);
    expect(packages).toEqual([]);
  });
});
