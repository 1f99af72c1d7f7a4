import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { sbx } from '../support/sbx.ts';
import { writeTree } from '../support/temporary.ts';

async function judged(
  description: string,
  text: string,
  code: string,
): Promise<{ readonly decision: string; readonly found: readonly string[] }> {
  const tree = writeTree({
    'SKILL.md': `---\nname: sums\ndescription: ${description}\n---\n\n# Sums\n\n${text}\n`,
    'sums.py': code,
  });
  const { stdout } = await sbx(['scan', tree, '--format', 'json', '--no-cache']);
  const { findings, verdict } = JSON.parse(stdout) as Report;
  const broken = findings.filter(({ ruleId }) => ruleId === 'assurance-broken');
  return { decision: verdict.decision, found: broken.map(({ severity }) => severity) };
}

const EVALUATES = 'def total(formula):\n    return eval(formula)\n';
const ASKS =
  'import sqlite3\n\ndef named(name):\n    with sqlite3.connect("a.db") as base:\n' +
  '        return base.execute(f"SELECT * FROM songs WHERE name = \'{name}\'").fetchall()\n';
const OPENS =
  'import os\n\ndef sheet(name):\n    with open(os.path.join("/srv/sheets", name)) as file:\n        return file.read()\n';
const LOOKS =
  'import os\n\ndef sheet(name):\n    path = os.path.realpath(os.path.join("/srv/sheets", name))\n' +
  '    if not path.startswith("/srv/sheets/"):\n        raise ValueError(name)\n    with open(path) as file:\n        return file.read()\n';

describe('a check that a description promises', () => {
  it.each([
    ['Evaluates formulas safely', '', EVALUATES],
    ['Adds up columns.', 'Formulas are computed without `eval`.', EVALUATES],
    ['Finds songs with parameterised queries.', '', ASKS],
    ['Finds songs.', 'Searching is safe from SQL injection.', ASKS],
  ])('and that is certainly not there rejects: %s %s', async (description, text, code) => {
    const { decision, found } = await judged(description, text, code);
    expect(found).toContain('high');
    expect(decision).toBe('reject');
  });

  it.each([
    'Only files below the sheet folder are read.',
    'It cannot leave the folder with the sheets.',
    'File names are checked before a sheet is opened.',
  ])('and that was not found asks for a person: %s', async (text) => {
    const { decision, found } = await judged('Shows sheets.', text, OPENS);
    expect(found).toEqual(['medium']);
    expect(decision).toBe('review');
  });

  it.each([
    ['nothing is promised', 'Shows sheets.', '', OPENS],
    ['it is kept', 'Shows sheets.', 'Only files below the sheet folder are read.', LOOKS],
    ['another one is promised', 'Shows sheets.', 'Finds songs with parameterised queries.', OPENS],
    ['it is advice', 'Finds songs.', 'Always use parameterised queries in your own scripts.', ASKS],
    [
      'it is a point of a list',
      'Finds songs.',
      '4. **Validate inputs**: Prevent SQL injection attacks',
      ASKS,
    ],
    ['it is a question', 'Reviews code.', 'Is the formula evaluated safely?', EVALUATES],
    ['it is denied', 'Adds up columns.', 'This is unsafe: it does not evaluate formulas safely.', EVALUATES],
  ])('says nothing when %s', async (_when, description, text, code) => {
    expect((await judged(description, text, code)).found).toEqual([]);
  });
});
