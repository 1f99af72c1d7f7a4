import type { Command } from 'commander';

/** The world as a command sees it; tests hand in their own. */
export interface CommandContext {
  /** Results. */
  readonly stdout: (text: string) => void;
  /** Everything else; a line at a time, without the line break. */
  readonly stderr: (line: string) => void;
  /** Sets the exit status; the process ends when nothing is left to do. */
  readonly exit: (status: number) => void;
  /** Aborted on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Shows a line of progress when standard error is a terminal and `--quiet` is not given. */
  readonly progress: (message: string) => void;
  /** True when results may be coloured. */
  readonly color: boolean;
}

/** Gives a command its arguments, options, help examples and action. The command's name and summary are already set. */
export type ConfigureCommand = (command: Command, context: CommandContext) => void;
