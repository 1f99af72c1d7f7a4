import type { HostileInput } from './input.ts';

function each(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join('\n');
}

type Maker = (times: number) => string;

const inMain = (body: string): string => `package main\n\nfunc main() {\n${body}\n}\n`;

const GO: Readonly<Record<string, Maker>> = {
  'a million tokens': (n) => inMain('\ta = b + c\n'.repeat(200_000 * n)),
  '2 MB of open brackets': (n) => inMain('('.repeat(2_000_000 * n)),
  '5,000 deep blocks': (n) => inMain('if a {\n'.repeat(5_000 * n) + 'b()\n' + '}\n'.repeat(5_000 * n)),
  '5,000 deep values in braces': (n) =>
    `package a\nvar x = ${'[]T{'.repeat(5_000 * n)}${'}'.repeat(5_000 * n)}\n`,
  '100,000 functions': (n) =>
    `package a\n${each(100_000 * n, (i) => `func f${i}(a int) { f${i + 1}(a) }`)}\n`,
  '20,000 methods of one type': (n) =>
    `package a\ntype T struct{}\n${each(20_000 * n, (i) => `func (t *T) f${i}(a int) { t.f${i + 1}(a) }`)}\n`,
  'a chain of 50,000 assignments': (n) =>
    inMain(`v0 := os.Getenv("A")\n${each(50_000 * n, (i) => `v${i + 1} := v${i}`)}`),
  '20,000 times appended': (n) => inMain(`x := []byte{}\n${'x = append(x, 1)\n'.repeat(20_000 * n)}f(x)`),
  '40 times doubled': (n) => inMain(`x := "ab"\n${'x += x\n'.repeat(40 * n)}f(x)`),
  'a sum of 50,000 texts': (n) => `package a\nvar x = "a"${' + "b"'.repeat(50_000 * n)}\n`,
  'a sum of 50,000 numbers': (n) => `package a\nvar x = 1${' + 1'.repeat(50_000 * n)}\n`,
  'a row of 20,000 calls': (n) => inMain(`a${'.b()'.repeat(20_000 * n)}`),
  '20,000 signs before a value': (n) => inMain(`a = ${'-'.repeat(1)}${' !'.repeat(20_000 * n)}b`),
  '20,000 branches': (n) => inMain(`if a {\n}${' else if a {\n}'.repeat(20_000 * n)}`),
  '20,000 cases': (n) => inMain(`switch a {\n${each(20_000 * n, (i) => `case ${i}:\n b()`)}\n}`),
  '20,000 labels': (n) => inMain(`${'a: '.repeat(20_000 * n)}f()`),
  'a table of 14,000 entries': (n) =>
    `package a\nvar x = map[string]int{\n${each(14_000 * n, (i) => `"k${i}": ${i},`)}\n}\n`,
  '20,000 generic types': (n) => `package a\ntype T struct {\n${'\tx [\n'.repeat(20_000 * n)}}\n`,
  '50,000 parameters': (n) => `package a\nfunc f(${'a, '.repeat(50_000 * n)}b int) {}\n`,
  '20,000 open texts': (n) => inMain('"\n`'.repeat(20_000 * n)),
  '20,000 structs in each other': (n) =>
    `package a\n${each(20_000 * n, (i) => `type T${i} struct{ T${i + 1} }`)}\n`,
  '50,000 comments of generate': (n) => `package a\n${'//go:generate echo a\n'.repeat(50_000 * n)}`,
};

/** Programs in Go. */
export const goPrograms: readonly HostileInput[] = Object.entries(GO).map(([name, make]) => ({
  name,
  path: 'run.go',
  make,
}));
