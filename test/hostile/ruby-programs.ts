import type { HostileInput } from './input.ts';

function each(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join('\n');
}

type Maker = (times: number) => string;

const RUBY: Readonly<Record<string, Maker>> = {
  'a million tokens': (n) => 'a = b + c\n'.repeat(200_000 * n),
  '5,000 deep blocks': (n) => 'a do\n'.repeat(5_000 * n) + 'b\n' + 'end\n'.repeat(5_000 * n),
  '5,000 deep interpolations': (n) => `${'"#{'.repeat(5_000 * n)}1${'}"'.repeat(5_000 * n)}\n`,
  '5,000 deep here-documents': (n) => '<<~A\n#{'.repeat(5_000 * n),
  '50,000 methods': (n) => each(50_000 * n, (i) => `def f${i}(a) = f${i + 1}(a)`),
  'a chain of 50,000 assignments': (n) => `v0 = ENV['A']\n${each(50_000 * n, (i) => `v${i + 1} = v${i}`)}\n`,
  '20,000 times added to itself': (n) => `x = 'a'\n${"x << 'b'\n".repeat(20_000 * n)}eval x\n`,
  '40 times doubled': (n) => `x = 'ab'\n${'x << x\n'.repeat(40 * n)}eval x\n`,
  'a concatenation of 50,000': (n) => `x = 'a'${" + 'b'".repeat(50_000 * n)}\n`,
  'a row of 20,000 calls': (n) => `x = a${'.b'.repeat(20_000 * n)}\n`,
  'a hash of 14,000 entries': (n) => `x = {\n${each(14_000 * n, (i) => `k${i}: ${i},`)}\n}\n`,
  '20,000 branches': (n) => `if a == 0\n${each(20_000 * n, (i) => `elsif a == ${i}\n b`)}\nend\n`,
  '20,000 cases': (n) => `case a\n${each(20_000 * n, (i) => `when ${i} then b`)}\nend\n`,
  '20,000 here-documents on one line': (n) => `f(${'<<A, '.repeat(20_000 * n)})\n${'A\n'.repeat(20_000 * n)}`,
  '100,000 comments before each of two calls': (n) =>
    `a\n${'# a\n'.repeat(100_000 * n)}.b\n${'# a\n'.repeat(100_000 * n)}.c\n`,
  '3,000 classes in each other': (n) => `${'class A\n'.repeat(3_000 * n)}${'end\n'.repeat(3_000 * n)}`,
};

/** Ruby programs. */
export const rubyPrograms: readonly HostileInput[] = Object.entries(RUBY).map(([name, make]) => ({
  name,
  path: 'run.rb',
  make,
}));
