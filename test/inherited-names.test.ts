import { describe, expect, it } from 'vitest';
import { findToolConfig } from '../src/deps/tools/tool-config.ts';
import { readDeclarationFiles } from '../src/deps/inventory/read-files.ts';
import { claimsOfSkill } from '../src/manifest/front-matter.ts';
import type { Target } from '../src/model/target.ts';
import { distributionFor } from '../src/sandbox/setup/distribution.ts';
import { decodeEntity } from '../src/static/frontends/markdown/html.ts';
import { fragmentsOfCell } from '../src/static/frontends/notebook/magics.ts';
import { factsOf } from './static/facts-of.ts';

const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];

/** What every object of JavaScript has is no entry of a table, whatever a target asks it for. */
describe.each(NAMES)('a target that says %s', (name) => {
  it('in a shell has a command of that name', async () => {
    const { calls } = await factsOf(`${name} x\ncurl https://a.drop.example`, 'shell', 'a.sh');
    expect(calls.map((call) => call.name)).toEqual([name, 'curl']);
  });

  it('of a code block has one in no language that is known', async () => {
    const { layers } = await factsOf(`\`\`\`${name}\nx\n\`\`\`\n\n\`\`\`sh\ny\n\`\`\`\n`, 'markdown', 'a.md');
    expect(layers.map(({ language }) => language)).toEqual(['markdown', 'shell']);
  });

  it('of a cell has one in the language of the notebook', () => {
    const languages = fragmentsOfCell(`%%${name}\nx`, 'python', '#cell-1').map(({ language }) => language);
    expect(new Set(languages).size).toBe(1);
    expect(typeof languages[0]).toBe('string');
    expect(fragmentsOfCell(`%%writefile a.${name}\nx`, 'python', '#cell-1')[0]?.language).toBe('text');
  });

  it('as the format of an archive makes none', async () => {
    const { calls } = await factsOf(`import shutil\nshutil.make_archive("a", "${name}", ".")`);
    expect(calls.map((call) => call.name)).toContain('shutil.make_archive');
  });

  it('as a tool claims nothing by it', () => {
    expect(claimsOfSkill(`---\nname: a\nallowed-tools: ${name}\n---\n`).claims).toEqual([]);
  });

  it('as a character, a file or a module means none that is known', () => {
    const file = { path: name, size: 1, digest: null, executable: false, content: Buffer.from('x') };
    const target: Target = {
      ...{ path: '.', kind: 'directory', absolutePath: '/x', digest: '', files: [file], opaque: [] },
      units: [{ path: '.', kind: 'files', name: 'x', files: [name] }],
    };
    expect(decodeEntity(name)).toBeNull();
    expect(findToolConfig(target)).toEqual([]);
    expect(readDeclarationFiles(target).unreadable).toEqual([]);
    expect(distributionFor(name, [])).toBeNull();
  });
});
