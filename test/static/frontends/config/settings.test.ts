import { describe, expect, it } from 'vitest';
import type { Language } from '../../../../src/model/program.ts';
import { createConfigFrontend } from '../../../../src/static/frontends/config/frontend.ts';

const frontend = await createConfigFrontend();

/** Settings as `path = value @ text at the span`. */
function settings(text: string, language: Language, path: string): string[] {
  return frontend
    .parse(text, language, path)
    .settings.map(
      ({ path: keys, value, span }) =>
        `${keys.join('.')} = ${JSON.stringify(value)} @ ${text.slice(span.start, span.end)}`,
    );
}

describe('JSON', () => {
  it('reads values with exact places', () => {
    const text = '{"a": {"b": [1, "two", true]}, "c": null, "d": -1.5e3}';
    expect(settings(text, 'json', 'x.json')).toEqual([
      'a.b.0 = 1 @ 1',
      'a.b.1 = "two" @ "two"',
      'a.b.2 = true @ true',
      'c = null @ null',
      'd = -1500 @ -1.5e3',
    ]);
  });

  it('reads what editors write: comments, trailing commas, bare keys, single quotes, a byte order mark', () => {
    const text = '\ufeff// one\n{a: \'x\', /* two */ "b": [1,],}\n';
    const parsed = frontend.parse(text, 'json', 'x.json');
    expect(parsed.status).toBe('complete');
    expect(settings(text, 'json', 'x.json')).toEqual(['a = "x" @ \'x\'', 'b.0 = 1 @ 1']);
  });

  it('keeps both of two equal keys', () => {
    expect(settings('{"a": 1, "a": 2, "__proto__": 3}', 'json', 'x.json')).toEqual([
      'a = 1 @ 1',
      'a = 2 @ 2',
      '__proto__ = 3 @ 3',
    ]);
  });

  it('undoes escapes', () => {
    expect(settings('"\\u0041\\n\\"\\/"', 'json', 'x.json')).toEqual([' = "A\\n\\"/" @ "\\u0041\\n\\"\\/"']);
  });

  it('keeps what stands before an error and says where it is', () => {
    const parsed = frontend.parse('{"a": {"b": 1,\n "c" 2}}', 'json', 'x.json');
    expect(parsed.settings.map(({ path }) => path.join('.'))).toEqual(['a.b']);
    expect(parsed).toMatchObject({ status: 'recovered', problem: 'line 2, column 6: expected :' });
  });

  it.each(['{"a": ', '{"a', '/* ', '[', '"\\u12"'])('does not parse %s', (text) => {
    const parsed = frontend.parse(text, 'json', 'x.json');
    expect(parsed.status).toBe('unparsed');
    expect(parsed.problem).toMatch(/^line 1, column \d+: /u);
  });

  it('reads one value per line where the name says so, and complains elsewhere', () => {
    expect(settings('{"a": 1}\n{"a": 2}', 'json', 'x.jsonl')).toEqual(['0.a = 1 @ 1', '1.a = 2 @ 2']);
    expect(frontend.parse('{"a": 1}\n{"a": 2}', 'json', 'x.json').status).toBe('recovered');
  });

  it('survives nesting, long blanks and half a million values', () => {
    expect(frontend.parse('['.repeat(1_000_000), 'json', 'x.json').problem).toContain('nests too deep');
    expect(frontend.parse(`${' '.repeat(4_000_000)}1`, 'json', 'x.json').status).toBe('complete');
    const many = frontend.parse(`[${'1,'.repeat(500_000)}1]`, 'json', 'x.json');
    expect(many).toMatchObject({ status: 'recovered' });
    expect(many.problem).toContain('too many values');
  });
});

describe('YAML', () => {
  it('reads every document, with places, and repeated keys', () => {
    const text = 'a: 1\na: "two"\n---\n- b: |\n    x\n    y\n';
    expect(settings(text, 'yaml', 'x.yaml')).toEqual([
      '0.a = 1 @ 1',
      '0.a = "two" @ "two"',
      '1.0.b = "x\\ny\\n" @ |\n    x\n    y\n',
    ]);
  });

  it('follows aliases and merge keys', () => {
    const text = 'base: &b {cmd: run}\none: *b\ntwo:\n  <<: *b\n  x: 1\n';
    expect(settings(text, 'yaml', 'x.yaml').map((line) => line.split(' @')[0])).toEqual([
      'base.cmd = "run"',
      'one.cmd = "run"',
      'two.cmd = "run"',
      'two.x = 1',
    ]);
  });

  it('defuses a bomb of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items = level === 0 ? 'x' : Array.from({ length: 9 }, () => `*a${String(level - 1)}`).join(', ');
      return `a${String(level)}: &a${String(level)} [${items}]`;
    });
    const parsed = frontend.parse(levels.join('\n'), 'yaml', 'x.yaml');
    expect(parsed.status).toBe('recovered');
    expect(parsed.problem).toContain('too many values');
  });

  it('keeps what stands before an error', () => {
    const parsed = frontend.parse('a: 1\nb: [1\nc: {', 'yaml', 'x.yaml');
    expect(parsed.status).toBe('recovered');
    expect(parsed.settings[0]).toMatchObject({ path: ['a'], value: 1 });
    expect(parsed.problem).toMatch(/^line \d+, column \d+: /u);
  });

  it.each(['[', '{', '? ', '- ', '{a: '])('gives a reason soon for %j nested too deep', (opening) => {
    const started = performance.now();
    const parsed = frontend.parse(opening.repeat(20_000), 'yaml', 'x.yaml');
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(parsed.status).not.toBe('complete');
    expect(parsed.problem).toMatch(/deep|Block collections/u);
  });

  it('keeps what a key without a name holds', () => {
    expect(settings('? {a: 1}\n: 2\n', 'yaml', 'x.yaml')).toEqual(['?.a = 1 @ 1', '? = 2 @ 2']);
  });
});

describe('TOML', () => {
  it('reads tables, arrays of tables, dotted keys and multi-line texts with places', () => {
    const text = [
      'top = 1 # why',
      '[project]',
      'name = "x"',
      'scripts.run = "a:b"',
      'text = """',
      'key = 2',
      '"""',
      '[[tool.task]]',
      'cmd = "one"',
      '[[tool.task]]',
      'cmd = "two"',
      '[tool.task.env]',
      'list = ["a", "b"]',
      'inline = {c = 3}',
    ].join('\n');
    expect(settings(text, 'toml', 'pyproject.toml')).toEqual([
      'top = 1 @ 1 # why',
      'project.name = "x" @ "x"',
      'project.scripts.run = "a:b" @ "a:b"',
      'project.text = "key = 2\\n" @ """\nkey = 2\n"""',
      'tool.task.0.cmd = "one" @ "one"',
      'tool.task.1.cmd = "two" @ "two"',
      'tool.task.1.env.list.0 = "a" @ ["a", "b"]',
      'tool.task.1.env.list.1 = "b" @ ["a", "b"]',
      'tool.task.1.env.inline.c = 3 @ {c = 3}',
    ]);
  });

  it('keeps what stands before an error', () => {
    const parsed = frontend.parse('a = 1\nb = = 2\nc = 3', 'toml', 'x.toml');
    expect(parsed.settings).toHaveLength(1);
    expect(parsed).toMatchObject({ status: 'recovered' });
    expect(parsed.problem).toMatch(/^line 2, column 1: /u);
  });

  it('leaves out and tells tables deeper than a hundred levels, which dots in keys open, too', () => {
    const deep = (levels: number) =>
      frontend.parse(`top = 1\n${'a.'.repeat(levels)}b = 1`, 'toml', 'pyproject.toml');
    expect(deep(100)).toMatchObject({ status: 'complete', settings: [{}, {}] });
    expect(deep(101).settings).toHaveLength(1);
    expect(deep(30_000).problem).toBe('line 1, column 1: tables deeper than 100 levels');
  });

  it('places the tables of arrays in arrays', () => {
    expect(settings('[[a]]\n[[a.b]]\nc = 1\n[[a]]\n[[a.b]]\nc = 2\n', 'toml', 'pyproject.toml')).toEqual([
      'a.0.b.0.c = 1 @ 1',
      'a.1.b.0.c = 2 @ 2',
    ]);
  });

  it.each(['a', '\t', 'a.', '"a"', "'", '[', 'a ', '. '])('is not slowed down by lines of %j', (piece) => {
    const started = performance.now();
    frontend.parse(`${piece.repeat(3_000)}\n`.repeat(200), 'toml', 'x.toml');
    frontend.parse(`${piece.repeat(3_000)}\n`.repeat(200), 'ini', 'x.ini');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('what nests deeply and widely at once', () => {
  it('is cut off before the paths of its values fill the memory, which is told', () => {
    const parsed = frontend.parse(
      `${'['.repeat(150)}${'1,'.repeat(100_000)}1${']'.repeat(150)}`,
      'json',
      'data.json',
    );
    expect(parsed).toMatchObject({ status: 'recovered', isCutOff: true });
    expect(parsed.settings.reduce((sum, { path }) => sum + path.length, 0)).toBeLessThan(2_000_001);
  });
});

describe('INI', () => {
  it('reads sections, both signs, continued values and comments', () => {
    const text =
      'registry=https://a.example\n; c\n[metadata]\nname : x\nrequires =\n    a\n    # no\n    b\n[x]\nflag\n';
    expect(settings(text, 'ini', 'setup.cfg')).toEqual([
      'registry = "https://a.example" @ https://a.example',
      'metadata.name = "x" @ x',
      'metadata.requires = "a\\n\\nb" @ \n    a\n    # no\n    b',
      'x.flag = true @ flag',
    ]);
  });

  it('goes on after a line it cannot read', () => {
    const parsed = frontend.parse('[a]\nthis is nothing\nb = 1\n', 'ini', 'x.ini');
    expect(parsed).toMatchObject({ status: 'recovered' });
    expect(parsed.problem).toContain('line 2, column 1');
    expect(parsed.settings).toHaveLength(1);
  });
});
