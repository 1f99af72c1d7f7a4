import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/rules/load.ts';
import { expandApi, expandName } from '../../src/rules/expand-api.ts';
import { packageOfName } from '../../src/static/facts/calls/packages.ts';

const { models, classes, problems } = loadRules('rules', 'built-in');

describe('names with alternatives', () => {
  it('are written out', () => {
    expect(expandName('os.{get,put}env')).toEqual(['os.getenv', 'os.putenv']);
    expect(expandName('{a,b}.{c,d}')).toEqual(['a.c', 'a.d', 'b.c', 'b.d']);
    expect(expandName('os.system')).toEqual(['os.system']);
  });

  it('stay as they are when they would be too many', () => {
    const name = '{a,b,c,d,e,f,g,h}'.repeat(6);
    expect(expandName(name)).toEqual([name]);
  });
});

describe('reads and writes', () => {
  it('depend on the class of the path', () => {
    const read = expandApi({ names: ['f'], reads: [0, 'path'] });
    expect(read.map(({ capabilities, source }) => [capabilities, source])).toEqual([
      [['secret.read'], ['secret']],
      [['fs.read'], ['file']],
    ]);
    const written = expandApi({ names: ['f'], writes: { path: 0, content: 1 } });
    expect(written.map(({ capabilities, sinks }) => [capabilities, sinks?.[0]])).toEqual([
      [['persist'], { label: 'persist', arguments: [1] }],
      [['agent.control'], { label: 'agent-config', arguments: [1] }],
      [['fs.write'], { label: 'file', arguments: [1] }],
    ]);
    expect(written.every(({ detail }) => detail?.as === 'path')).toBe(true);
  });
});

describe('the models that ship', () => {
  it('are valid', () => {
    expect(problems).toEqual([]);
  });

  it('name no function twice without telling the cases apart', () => {
    const unreachable: string[] = [];
    const closed = new Set<string>();
    for (const { language, library, apis } of models) {
      for (const api of apis) {
        const shadowed = api.names.filter((name) => closed.has(`${language} ${name}`));
        unreachable.push(...shadowed.map((name) => `${library}: ${name}`));
        if (api.when === undefined) for (const name of api.names) closed.add(`${language} ${name}`);
      }
    }
    expect(unreachable).toEqual([]);
  });

  it('name secret files by where they lie, not by a folder of any project', () => {
    const patterns = classes.find(({ name }) => name === 'secret-path')?.patterns ?? [];
    expect(patterns.length).toBeGreaterThan(300);
    expect(patterns.filter((pattern) => !/^(?:~\/|\/|\*\*\/)/.test(pattern))).toEqual([]);
  });

  it('name no function twice in one entry', () => {
    for (const { library, apis } of models)
      for (const { names } of apis)
        expect({ library, names }).toEqual({ library, names: [...new Set(names)] });
  });

  it('list their packages in order, each once in a language', () => {
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const { library, language, modules = [] } of models) {
      expect({ library, modules }).toEqual({ library, modules: [...modules].sort() });
      for (const name of modules) {
        if (seen.has(`${language} ${name}`)) twice.push(`${library}: ${name}`);
        seen.add(`${language} ${name}`);
      }
    }
    expect(twice).toEqual([]);
  });

  it.each(['python', 'javascript'] as const)('list every package of %s that they describe', (language) => {
    const some = models.filter((model) => model.language === language);
    const modules = new Set(some.flatMap((model) => model.modules ?? []));
    const names = new Set(some.flatMap((model) => model.apis.flatMap((api) => api.names)));
    const returned = new Set(some.flatMap((model) => model.apis.map((api) => api.returns ?? '')));
    const missing = [...names].filter((name) => {
      if (!/[./]/.test(name) || name.startsWith('?') || packageOfName(name, modules) !== null) return false;
      // Objects have names of the models' own; global objects are no package.
      return (
        ![...returned].some((object) => object !== '' && name.startsWith(`${object}.`)) && !GLOBALS.test(name)
      );
    });
    expect(missing).toEqual([]);
  });

  it('cover at least 150 packages beside the standard libraries', () => {
    const described = models.filter(({ apis }) => apis.length > 0).flatMap(({ modules }) => modules ?? []);
    expect(new Set(described).size).toBeGreaterThan(300);
  });
});

const GLOBALS =
  /^(?:Bun|Deno|Buffer|Function|JSON|Math|Number|Array|WebAssembly|globalThis|window|document|navigator|localStorage|sessionStorage|chrome|browser|import|bytes|bytearray|desktopCapturer|Reflect|Object|performance|crypto|IndexedDB|indexedDB|caches|str|self|require|location)\b/;
