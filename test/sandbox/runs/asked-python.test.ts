import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendId } from '../../../src/model/observation.ts';
import { loadBackend } from '../../../src/sandbox/backends/registry.ts';
import { interpreterFor } from '../../../src/sandbox/setup/choose-python.ts';
import { declaredPackages } from '../../../src/sandbox/setup/declared.ts';
import { findInterpreter } from '../../../src/sandbox/setup/interpreter.ts';
import { requiredPython } from '../../../src/sandbox/setup/required-python.ts';
import { setUp } from '../../../src/sandbox/setup/setup.ts';
import { sandboxStage } from '../../../src/sandbox/stage.ts';
import { openTarget } from '../../../src/target/open.ts';
import { stageContext } from '../../support/stage-context.ts';

const { signal } = new AbortController();
const isRequired = process.env['CI'] === 'true';
const backends: BackendId[] = ['docker', 'podman', 'gvisor', 'firejail'];
const here = await Promise.all(
  backends.map(async (id) => ((await (await loadBackend(id)).probe()).available ? [id] : [])),
);

/** Says which Python and which attrs it runs with, by the name of a file. */
const SCRIPT = `import sys
from importlib.metadata import version
import attr

if __name__ == "__main__":
    open("/tmp/ran-with-%d.%d-attrs-%s.txt" % (*sys.version_info[:2], version("attrs")), "w").close()
`;
const LOCK = `version = 1

[[package]]
name = "attrs"
version = "23.1.0"
source = { registry = "https://index.example/simple" }

[[package]]
name = "whats-here"
version = "1.0"
source = { virtual = "." }
dependencies = [{ name = "attrs" }]
`;

// CI says that the indexes are reachable, and that it has another Python than the system's.
describe.skipIf(!isRequired)('a target that asks for another Python than the system’s', () => {
  let folder = '';
  let version = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sbx-test-python-'));
    const usual = await findInterpreter(null, signal);
    for (const minor of [12, 13, 10, 11, 9]) {
      if (usual.version === `3.${minor}` || version !== '') continue;
      const { mismatch } = await interpreterFor(`==3.${minor}.*`, null, signal, () => undefined);
      if (mismatch === null) version = `3.${minor}`;
    }
    expect(version).not.toBe('');
    const project = `[project]\nname = "whats-here"\nversion = "1.0"\nrequires-python = "==${version}.*"\ndependencies = ["attrs>=21"]\n`;
    await mkdir(join(folder, 'target'));
    await writeFile(join(folder, 'target', 'pyproject.toml'), project);
    await writeFile(join(folder, 'target', 'uv.lock'), LOCK);
    await writeFile(join(folder, 'target', 'main.py'), SCRIPT);
    const target = await openTarget(join(folder, 'target'), signal);
    const packages = declaredPackages(target);
    const wantedPython = requiredPython(target);
    const result = await setUp({ python: null, wantedPython, packages, signal, progress: () => undefined });
    expect(result.interpreter.version).toBe(version);
    expect(result.target?.packages).toEqual(['attrs==23.1.0']);
    expect(result.leftOut).toEqual([]);
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(isRequired ? backends : here.flat())(
    'runs with it and with the locked version of its dependency, on %s',
    async (backend) => {
      const target = await openTarget(join(folder, 'target'), signal);
      const outcome = await sandboxStage.run(target, stageContext({ backend, signal }));
      expect(outcome).toMatchObject({ status: 'done', gaps: [] });
      const events = outcome.observations?.runs.flatMap((run) => run.events) ?? [];
      expect(events.map(({ kind, detail }) => `${kind} ${detail}`)).toContain(
        `file.write /tmp/ran-with-${version}-attrs-23.1.0.txt`,
      );
    },
    120_000,
  );
});
