import type { HostileInput } from './input.ts';

type Maker = (times: number) => string;

/** Languages that are only searched for commands. */
const PROGRAMS: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  'run.lua': { '200,000 quotes behind backslashes': (n) => `"${"\\'".repeat(200_000 * n)}` },
  'run.rs': {
    '200,000 raw texts': (n) => 'r#"'.repeat(200_000 * n),
    '50,000 chained calls': (n) => `Command::new("a")${'.arg("b")'.repeat(50_000 * n)}`,
  },
  'run.java': { '200,000 triple quotes': (n) => `${'"""'.repeat(200_000 * n)}"` },
  'run.go': { '20,000 open calls': (n) => 'exec.Command('.repeat(20_000 * n) },
  'run.c': { '300,000 open comments': (n) => `system(${'/*'.repeat(300_000 * n)}` },
  'run.vim': { '300,000 signs': (n) => '! '.repeat(300_000 * n) },
  'CMakeLists.txt': { '100,000 commands': (n) => 'COMMAND '.repeat(100_000 * n) },
  '.gitconfig': { '100,000 aliases': (n) => `[alias]\n${'\ta = !true\n'.repeat(100_000 * n)}` },
};

export const unreadPrograms: readonly HostileInput[] = Object.entries(PROGRAMS).flatMap(([path, makers]) =>
  Object.entries(makers).map(([name, make]) => ({ name, path, make })),
);
