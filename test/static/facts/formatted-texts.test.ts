import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import { compileRules } from '../../../src/rules/compile.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { prepareRules } from '../../../src/rules/rule-set.ts';
import { factsOf } from '../facts-of.ts';

const rules = prepareRules(compileRules([loadRules('rules', 'built-in')]));

async function formattedIn(code: string, language: Language = 'python'): Promise<readonly string[]> {
  const { calls } = await factsOf(code, language, 'a', rules);
  return calls.map(({ name }) => name).filter((name) => name.startsWith('formatted.'));
}

describe('a text that values are put into', () => {
  it.each([
    ['an f-string', 'def f(x):\n  return f"<p>{x}</p>"', 'formatted.page'],
    ['%', 'def f(x):\n  return "<p>%s</p>" % x', 'formatted.page'],
    ['% with several', 'def f(x, y):\n  return "<p>%s %s</p>" % (x, y)', 'formatted.page'],
    ['format', 'def f(x):\n  return "<p>{}</p>".format(x)', 'formatted.page'],
    ['a sum', 'def f(x):\n  return "<p>" + x', 'formatted.page'],
    ['over lines', 'def f(x):\n  return """\n<ul>\n{}\n</ul>""".format(x)', 'formatted.page'],
    ['a query', 'def f(x):\n  return f"SELECT a FROM t WHERE b = {x}"', 'formatted.query'],
    [
      'a query over lines',
      'def f(x):\n  return f"""\n  SELECT a\n  FROM t WHERE b = {x}"""',
      'formatted.query',
    ],
  ])('%s', async (_what, code, name) => {
    expect(await formattedIn(code)).toContain(name);
  });

  it('of a template literal', async () => {
    expect(await formattedIn('const q = (x) => `DELETE FROM t WHERE a = ${x}`', 'javascript')).toEqual([
      'formatted.query',
    ]);
  });

  it.each([
    ['known values', 'name = "you"\npage = f"<p>{name}</p>"'],
    ['no values', 'page = "<p></p>".format()\nquery = "SELECT a FROM t" % ()'],
    ['escaped values', 'from html import escape\ndef f(x):\n  return f"<p>{escape(x)}</p>"'],
    ['numbers', 'def f(x):\n  return f"<p>{int(x)}</p>"'],
    ['placeholders of usage texts', 'def f(x):\n  return x + " <file>"'],
    ['sentences', 'def f(x):\n  return f"please select one of {x} from the list"'],
  ])('is not noted for %s', async (_what, code) => {
    expect(await formattedIn(code)).toEqual([]);
  });

  it('is left to its tag', async () => {
    expect(await formattedIn('const q = (x) => sql`DELETE FROM t WHERE a = ${x}`', 'javascript')).toEqual([]);
  });
});
