import { describe, expect, it } from 'vitest';
import { createPowershellFrontend } from '../../../src/static/frontends/powershell/frontend.ts';
import { compileRules } from '../../../src/rules/compile.ts';
import { loadRules } from '../../../src/rules/load.ts';
import { prepareRules } from '../../../src/rules/rule-set.ts';
import { factsOf } from '../facts-of.ts';

const rules = prepareRules(compileRules([loadRules('rules', 'built-in')]));
const frontend = await createPowershellFrontend();

/** Names of the calls in a text, commands by their names. */
async function callsIn(text: string): Promise<readonly string[]> {
  const { calls } = await factsOf(text, 'powershell', 'a.ps1', rules);
  return calls.map(({ name }) => name);
}

it('reads an assignment to a variable that stands for a place', () => {
  const { problem } = frontend.parse(
    'function f { $home = [Environment]::GetFolderPath("UserProfile"); g }',
    'powershell',
    'a.ps1',
  );
  expect(problem).toBeNull();
});

it('reads what stands for a value that is missing', async () => {
  expect(await callsIn('"{0}" -f $a, ((Get-Item b) ?? (Get-Content c))')).toEqual(
    expect.arrayContaining(['Get-Item', 'Get-Content']),
  );
});

/** Known texts in a script. */
async function textsIn(text: string): Promise<readonly string[]> {
  const { strings } = await factsOf(text, 'powershell', 'a.ps1', rules);
  return strings.map((fact) => fact.text);
}

describe('PowerShell', () => {
  it.each([
    ['aliases in any case', 'IWR x | IeX', ['Invoke-WebRequest', 'Invoke-Expression']],
    ['a program behind &', '& "C:\\x\\curl.exe" -d 1 https://h', ['curl']],
    ['a name in pieces', "& ('Get-' + 'Content') a", ['Get-Content']],
    ['static methods', '[System.IO.File]::Delete("x")', ['io.file.delete']],
    [
      'objects',
      '(New-Object Net.WebClient).DownloadData($u)',
      ['net.webclient', 'net.webclient.downloaddata'],
    ],
    ['::new', '$c = [Net.WebClient]::new(); $c.OpenRead($u)', ['net.webclient', 'net.webclient.openread']],
    ['texts with code in them', 'echo "a $(Get-Content b) c"', ['Get-Content', 'echo']],
    ['blocks', 'if ($a) { f } elseif ($b) { g } else { h }', ['f', 'g', 'h']],
    ['handlers', 'try { f } catch [X] { g } finally { h }', ['f', 'g', 'h']],
    ['loops', 'foreach ($x in Get-ChildItem) { f $x }; while (g) { h }', ['Get-ChildItem', 'f', 'g', 'h']],
    ['switches', "switch -Regex ($x) { 'a' { f } default { g } }", ['f', 'g']],
    ['an assignment in a condition', 'while (($l = f) -ne 0) { g }', ['f', 'g']],
    ['ForEach-Object', 'f | % { g $_ }', ['f', 'g']],
    ['a here-string', "f @'\n  it's | g\n'@ | h", ['f', 'h']],
    ['continued lines', 'f `\n  -a 1 |\n  g', ['f', 'g']],
    ['comments', '<# f #> g # h', ['g']],
    ['tables', '$x = @{ a = f; b = (g) }', ['f', 'g']],
  ])('reads %s', async (_what, text, names) => {
    expect(frontend.parse(text, 'powershell', 'a.ps1').status).toBe('complete');
    expect(await callsIn(text)).toEqual(names);
  });

  it('binds parameters by their names, in full or begun', async () => {
    const { calls } = await factsOf('iwr -uri https://h.example -OutF x -UseB', 'powershell', 'a.ps1');
    expect([...(calls[0]?.args.named.keys() ?? [])]).toEqual(['-Uri', '-OutFile', '-UseB']);
  });

  it('goes into functions, with their parameters', async () => {
    const text = 'function Get-It($A, [string]$B) { curl.exe $B }\nGet-It -B https://h.example x';
    const { calls } = await factsOf(text, 'powershell', 'a.ps1', rules);
    expect(calls.map(({ name }) => name)).toEqual(['curl']);
  });

  it.each([
    ['joined', "$x = -join ('cu','rl x'); f $x", 'curl x'],
    ['joined by a word', "$x = 'cu','rl x' -join ''; f $x", 'curl x'],
    ['formatted', "$x = '{1}{0}' -f 'rl x','cu'; f $x", 'curl x'],
    ['replaced', "$x = 'cuZZ x' -replace 'ZZ','rl'; f $x", 'curl x'],
    ['characters', '$x = -join [char[]](99,117,114,108,32,120); f $x', 'curl x'],
    ['a character each', '$x = [char]99 + [char]117 + "rl x"; f $x', 'curl x'],
    ['escapes', '$x = "cu`rl`x"; f $x', 'cu\rlx'],
    [
      'base64 in UTF-8',
      '$x = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String("Y3VybCB4")); f $x',
      'curl x',
    ],
    [
      'base64 in UTF-16',
      '$x = [Text.Encoding]::Unicode.GetString([Convert]::FromBase64String("YwB1AHIAbAAgAHgA")); f $x',
      'curl x',
    ],
  ])('knows texts that are %s', async (_what, text, known) => {
    expect(await textsIn(text)).toContain(known);
  });

  it('has positions', () => {
    const { program } = frontend.parse('f\n  g -a "x"', 'powershell', 'a.ps1');
    expect(program?.body.map(({ span }) => [span.start, span.end])).toEqual([
      [0, 1],
      [4, 12],
    ]);
  });

  it('sees what stands before an operator once, and with the commands and comments in it', async () => {
    expect(await callsIn('$a[$(f; g)].h($(i) <# x #>) | j')).toEqual(['f', 'g', 'i', '?.h', 'j']);
    const { program } = frontend.parse('$a[$(f <# x #>; g)] <# y #> + 1', 'powershell', 'a.ps1');
    expect(program?.comments).toEqual([
      { start: 7, end: 14 },
      { start: 20, end: 27 },
    ]);
  });

  it('steps over what it does not understand, and says where', () => {
    const parsed = frontend.parse('f )\ng', 'powershell', 'a.ps1');
    expect(parsed).toMatchObject({ status: 'recovered', problem: 'line 1, column 3: not understood' });
    expect(parsed.program?.body).toHaveLength(2);
  });

  it('reads any number of statements', () => {
    const parsed = frontend.parse('a\n'.repeat(200_000), 'powershell', 'a.ps1');
    expect(parsed).toMatchObject({ status: 'complete', problem: null });
    expect(parsed.program?.body).toHaveLength(200_000);
  });

  it.each([
    '('.repeat(100_000),
    '{'.repeat(100_000),
    '$('.repeat(100_000),
    '"$('.repeat(50_000),
    '['.repeat(200_000),
    '@{a='.repeat(50_000),
    'if('.repeat(50_000),
    `'${"'".repeat(200_000)}`,
    'f | '.repeat(50_000),
    '$a='.repeat(50_000),
    '"`'.repeat(200_000),
    '1+'.repeat(50_000),
    '-a '.repeat(100_000),
    '<#'.repeat(100_000),
    // Read as the target of an assignment first, and then as a value.
    '$a[$('.repeat(60),
    '$a.f("$($b[$(c $('.repeat(30),
    '[int]$a[@{b=$('.repeat(40),
    '$a,$b[$('.repeat(60),
  ])('bears hostile texts %#', (text) => {
    const started = process.cpuUsage();
    frontend.parse(text, 'powershell', 'a.ps1');
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(8);
  });
});
