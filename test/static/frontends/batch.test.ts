import { describe, expect, it } from 'vitest';
import { createBatchFrontend } from '../../../src/static/frontends/batch/frontend.ts';
import { factsOf } from '../facts-of.ts';

const frontend = await createBatchFrontend();

async function callsIn(text: string): Promise<readonly string[]> {
  const { calls } = await factsOf(text, 'batch', 'a.bat');
  return calls.map(({ name }) => name);
}

describe('batch files', () => {
  it.each([
    ['silent commands', '@echo off\r\n@curl.exe x\r\n', ['echo', 'curl']],
    ['commands in a row', 'f a & g && h || i', ['f', 'g', 'h', 'i']],
    ['pipes', 'f | g', ['f', 'g']],
    ['blocks', 'if exist x (\n  f\n  g & h\n) else (\n  i\n)\nj', ['f', 'g', 'h', 'i', 'j']],
    ['conditions', 'if not "%1"=="" f\nif /i %x% equ 1 g', ['f', 'g']],
    ['loops', 'for %%i in (a b) do (\n f %%i\n)\nfor /f "tokens=1" %%a in (\'g x\') do h', ['f', 'g', 'h']],
    ['calls', 'call f x', ['f']],
    ['a value behind a condition in quotation marks', 'if "1"=="1" set X=a & f', ['f']],
    ['continued lines', 'f a ^\n  b & g', ['f', 'g']],
    ['comments and labels', 'rem f\n:: g\n:h\ni', ['i']],
    ['escapes', 'echo a ^& f', ['echo']],
  ])('have %s', async (_what, text, names) => {
    expect(frontend.parse(text, 'batch', 'a.bat').status).toBe('complete');
    expect(await callsIn(text)).toEqual(names);
  });

  it('have both branches of a condition whose blocks end on later lines', () => {
    const text = 'if exist x (\n  f\n) else (\n  g\n)\nh';
    const [first, second] = frontend.parse(text, 'batch', 'a.bat').program?.body ?? [];
    expect(first).toMatchObject({ kind: 'branch', branches: [[{}], [{}]] });
    expect(text.slice(first?.span.start, first?.span.end)).toBe(text.slice(0, -2));
    expect(second?.kind).toBe('expression');
  });

  it('keep variables', async () => {
    const text = 'set "A=cu"\nset B=rl\n%A%%B% https://h.example';
    const { calls } = await factsOf(text, 'batch', 'a.bat');
    expect(calls.map(({ name }) => name)).toContain('curl');
  });

  it('know the home folder', async () => {
    const { calls } = await factsOf('type "%USERPROFILE%\\.ssh\\id_rsa"', 'batch', 'a.bat');
    expect(calls[0]?.args.positional[0]?.constant?.value).toBe('~\\.ssh\\id_rsa');
  });

  it('read the options of a loop, and what belongs to them', async () => {
    for (const options of ['/r c:\\a', '/r /tmp', '/f "tokens=1 delims=/"', '/d /r', '/l'])
      expect(await callsIn(`for ${options} %%i in (1 2) do del %%i`)).toEqual(['del']);
  });

  it.each([
    '('.repeat(100_000),
    'if x '.repeat(50_000),
    '%'.repeat(500_000),
    '^\n'.repeat(200_000),
    'for %%i in ('.repeat(50_000),
    `for ${'/a '.repeat(100)}x`,
    `for ${' /ab'.repeat(100_000)}x`,
    'f|'.repeat(100_000),
    '"'.repeat(500_001),
    'set '.repeat(100_000),
  ])('bear hostile texts %#', (text) => {
    const started = process.cpuUsage();
    frontend.parse(text, 'batch', 'a.bat');
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(8);
  });
});
