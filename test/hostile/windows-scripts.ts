import type { HostileInput } from './input.ts';

function each(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join('\n');
}

type Maker = (times: number) => string;

const POWERSHELL: Readonly<Record<string, Maker>> = {
  'a million tokens': (n) => '$a = $b + $c\n'.repeat(200_000 * n),
  '5,000 deep blocks': (n) => 'if ($a) {\n'.repeat(5_000 * n) + 'b\n' + '}\n'.repeat(5_000 * n),
  '5,000 deep subexpressions': (n) => `$x = ${'$('.repeat(5_000 * n)}1${')'.repeat(5_000 * n)}\n`,
  '100,000 functions': (n) => each(100_000 * n, (i) => `function f${i} { f${i + 1} $args }`),
  'a chain of 100,000 assignments': (n) =>
    `$v0 = $env:A\n${each(100_000 * n, (i) => `$v${i + 1} = $v${i}`)}\n`,
  '50,000 times added to itself': (n) => `$x = 'a'\n${"$x += 'b'\n".repeat(50_000 * n)}iex $x\n`,
  'a concatenation of 50,000': (n) => `$x = 'a'${" + 'b'".repeat(50_000 * n)}\n`,
  '20,000 pipes': (n) => `a${' | b'.repeat(20_000 * n)}\n`,
  '20,000 empty lines before each of two pipes': (n) =>
    `a${'\n'.repeat(20_000 * n)}| b${'\n'.repeat(20_000 * n)}c\n`,
  'a record of 14,000 entries': (n) => `$x = @{\n${each(14_000 * n, (i) => `k${i} = ${i}`)}\n}\n`,
  '20,000 branches': (n) => `if ($a -eq 0) { }\n${each(20_000 * n, (i) => `elseif ($a -eq ${i}) { b }`)}\n`,
  '20,000 here-strings': (n) => each(20_000 * n, (i) => `$a = @"\n${i} $b\n"@`),
};

const BATCH: Readonly<Record<string, Maker>> = {
  'a million tokens': (n) => 'a b c d\n'.repeat(200_000 * n),
  '5,000 deep blocks': (n) => 'if 1==1 (\n'.repeat(5_000 * n) + 'b\n' + ')\n'.repeat(5_000 * n),
  '100,000 labels': (n) => each(100_000 * n, (i) => `:l${i}\ngoto l${i + 1}`),
  'a chain of 100,000 assignments': (n) => each(100_000 * n, (i) => `set v${i + 1}=%v${i}%`),
  '50,000 times added to itself': (n) => `set x=a\n${'set x=%x%b\n'.repeat(50_000 * n)}%x%\n`,
  '40 times doubled': (n) => `set x=ab\n${'set x=%x%%x%\n'.repeat(40 * n)}%x%\n`,
  '20,000 pipes': (n) => `a${' | b'.repeat(20_000 * n)}\n`,
  '100,000 joined lines': (n) => `echo ${'b ^\n'.repeat(100_000 * n)}\n`,
  '20,000 loops': (n) => each(20_000 * n, (i) => `for %%a in (1 2 3) do echo ${i} %%a`),
  '20,000 pieces of variables': (n) => `set x=abcdef\n${'%x:~1,2%%x:a=b%'.repeat(10_000 * n)}\n`,
};

/** PowerShell and batch files. */
export const windowsScripts: readonly HostileInput[] = [
  ...Object.entries(POWERSHELL).map(([name, make]) => ({ name, path: 'run.ps1', make })),
  ...Object.entries(BATCH).map(([name, make]) => ({ name, path: 'run.cmd', make })),
];
