import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { interpreterFor } from '../../../src/sandbox/setup/choose-python.ts';
import { declaredPackages } from '../../../src/sandbox/setup/declared.ts';
import { askAnyImage, askImage } from '../../../src/sandbox/setup/image-contents.ts';
import type { Interpreter } from '../../../src/sandbox/setup/interpreter.ts';
import { findInterpreter } from '../../../src/sandbox/setup/interpreter.ts';
import { setUp } from '../../../src/sandbox/setup/setup.ts';
import { sandboxStage } from '../../../src/sandbox/stage.ts';
import { openTarget } from '../../../src/target/open.ts';
import { localImage } from '../../support/local-image.ts';
import { stageContext } from '../../support/stage-context.ts';

const { signal } = new AbortController();
const progress = (): void => undefined;

/** Says which Python and which attrs it runs with, by the name of a file; and starts something, which a recorder sees. */
const SCRIPT = `import os
import sys
from importlib.metadata import version
import attr

if __name__ == "__main__":
    open("/tmp/ran-with-%d.%d-attrs-%s.txt" % (*sys.version_info[:2], version("attrs")), "w").close()
    os.system("cat /dev/null")
`;
const SAME = 'sbx-test-image:same';
const OTHER = 'sbx-test-image:other';
const NONE = 'sbx-test-image:none';

// CI has the engines, the package index and two versions of Python; the images are made here, of files of this machine.
describe.skipIf(process.env['CI'] !== 'true')('an image of the operator’s', () => {
  let folder = '';
  let usual: Interpreter;
  let other: Interpreter;
  const saved = { ...process.env };
  const removers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sbx-test-image-'));
    // What an earlier run prepared must not be there.
    process.env['SBX_CACHE_DIR'] = join(folder, 'cache');
    const project = '[project]\nname = "whats-here"\nversion = "1.0"\ndependencies = ["attrs==22.2.0"]\n';
    await mkdir(join(folder, 'target'));
    await writeFile(join(folder, 'target', 'pyproject.toml'), project);
    await writeFile(join(folder, 'target', 'main.py'), SCRIPT);
    usual = await findInterpreter(null, signal);
    const asked = usual.version === '3.12' ? '==3.13.*' : '==3.12.*';
    const chosen = await interpreterFor(asked, null, signal, progress);
    expect(chosen.mismatch).toBeNull();
    other = chosen.interpreter;
    expect(other.version).not.toBe(usual.version);
    removers.push(await localImage('docker', SAME, usual));
    removers.push(await localImage('podman', OTHER, other));
    removers.push(await localImage('docker', NONE, null));
    const packages = declaredPackages(await openTarget(join(folder, 'target'), signal));
    const { target } = await setUp({ python: null, packages, signal, progress });
    expect(target?.packages).toEqual(['attrs==22.2.0']);
  }, 300_000);
  afterAll(async () => {
    process.env = { ...saved };
    for (const remove of removers) await remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(backend: BackendId | 'auto', image: string): Promise<Outcome> {
    const target = await openTarget(join(folder, 'target'), signal);
    return sandboxStage.run(target, stageContext({ backend, image, signal }));
  }
  function eventsOf(outcome: Outcome): readonly string[] {
    const events = outcome.observations?.runs.flatMap((each) => each.events) ?? [];
    return events.map(({ kind, detail }) => `${kind} ${detail}`);
  }

  it('is asked for its Python inside', async () => {
    const contents = await askImage(await loadBackend('docker'), SAME, signal);
    expect(contents).toMatchObject({ reference: SAME, node: null, hasBash: true });
    expect(contents.python).toMatchObject({ version: usual.version, abi: usual.abi, isInImage: true });
    expect((await askImage(await loadBackend('docker'), NONE, signal)).python).toBeNull();
  }, 60_000);

  it('with a Python of the same version gets the packages that were prepared, and the recorder', async () => {
    const outcome = await run('docker', SAME);
    expect(outcome).toMatchObject({ status: 'done', gaps: [] });
    const events = eventsOf(outcome);
    expect(events).toContain(`file.write /tmp/ran-with-${usual.version}-attrs-22.2.0.txt`);
    // What a child of a child starts is seen by the recorder of system calls alone.
    expect(events).toContain('exec cat /dev/null');
  }, 120_000);

  it('is run by gVisor, too', async () => {
    const outcome = await run('gvisor', SAME);
    expect(outcome.reason ?? '').not.toMatch(/sinkhole|could not/);
    expect(eventsOf(outcome)).toContain(`file.write /tmp/ran-with-${usual.version}-attrs-22.2.0.txt`);
  }, 120_000);

  it('with another Python says what to type, and runs with what that prepares', async () => {
    const before = await run('podman', OTHER);
    expect(before.status).toBe('partial');
    expect(before.reason).toMatch(
      /^attr is not installed in the sandbox's environment, so .* could not be run: run `sbx setup \S+ --image sbx-test-image:other`$/,
    );
    const packages = declaredPackages(await openTarget(join(folder, 'target'), signal));
    const { python: imagePython } = await askAnyImage(OTHER, signal);
    const prepared = await setUp({ python: null, imagePython, packages, signal, progress });
    expect(prepared.interpreter.version).toBe(other.version);
    const after = await run('podman', OTHER);
    expect(after).toMatchObject({ status: 'done', gaps: [] });
    expect(eventsOf(after)).toContain(`file.write /tmp/ran-with-${other.version}-attrs-22.2.0.txt`);
    expect(eventsOf(after).filter((event) => event.startsWith(`file.open ${other.prefix}/`))).toEqual([]);
  }, 240_000);

  it('without Python is said to show little', async () => {
    const outcome = await run('docker', NONE);
    expect(outcome.status).toBe('partial');
    expect(outcome.reason).toBe(
      `the image ${NONE} has no Python 3.9 or later: Python was not run, and system calls were not recorded; give one that has it`,
    );
  }, 120_000);

  it('that is not here, or a backend without images, is one sentence', async () => {
    expect(await run('docker', 'sbx-test-image:absent')).toMatchObject({ status: 'failed' });
    expect(await run('native', SAME)).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('The native backend has no images') as string,
    });
  }, 60_000);
});
