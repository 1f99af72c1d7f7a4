import type { ConfigureCommand } from './command.ts';

/** A command as the top-level help lists it; its module is loaded only when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly default: ConfigureCommand }>;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'vet',
    summary: 'the whole judgement: manifest, static, deps, sandbox → one verdict',
    load: () => import('./commands/vet.ts'),
  },
  {
    name: 'scan',
    summary: 'static analysis alone: fast, for pre-commit',
    load: () => import('./commands/scan.ts'),
  },
  {
    name: 'deps',
    summary: 'dependency audit alone',
    load: () => import('./commands/deps.ts'),
  },
  {
    name: 'manifest',
    summary: 'write, check or show a manifest of what something may do',
    load: () => import('./commands/manifest.ts'),
  },
  {
    name: 'run',
    summary: 'run it, or a command, in the sandbox and record what it does',
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'doctor',
    summary: 'which sandboxes and tools are here, and which limits were proven to hold',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'setup',
    summary: 'prepare what the sandbox runs with: wheels only, nothing of the target executed',
    load: () => import('./commands/setup.ts'),
  },
  {
    name: 'rules',
    summary: 'list, show or test the rules',
    load: () => import('./commands/rules.ts'),
  },
  {
    name: 'db',
    summary: 'the advisory database: status, update, import',
    load: () => import('./commands/db.ts'),
  },
  {
    name: 'report',
    summary: 'render, merge or compare reports',
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'completion',
    summary: 'print a completion script for bash, zsh or fish',
    load: () => import('./commands/completion.ts'),
  },
];
