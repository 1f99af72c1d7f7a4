import type { ToolOutput } from './run-tool.ts';
import type { ToolResult } from './tool-result.ts';

/** Characters of a tool's last words that are kept. */
const MAX_CHARACTERS = 300;

/** Lines that tell of a failure; what comes after them is often mere advice. */
const FAILURE = /error|fail|could not|cannot|unable|refused|not found|denied|no such/i;

/** How a run ended and what the tool last had to say, in one line: `exit 127: could not load …`. */
export function endOf(output: ToolOutput): string {
  const { exit, endedBy, stderr } = output;
  const how = exit === null ? `ended by ${endedBy ?? 'an unknown signal'}` : `exit ${String(exit)}`;
  return `${how}: ${lastError(stderr)}`;
}

/**
 * What stopped a run before its output counts for anything.
 * @returns null when it ended by itself, within bounds
 */
export function stoppedRun(
  output: ToolOutput,
  deadlineMs: number,
): Omit<ToolResult, 'id' | 'version'> | null {
  const { startError, isTimedOut, isOverflowing, stderr } = output;
  const failed = (status: ToolResult['status'], message: string) => ({ status, message, reports: [] });
  if (startError !== null) return failed('failed', `could not be started: ${lastLine(startError)}`);
  if (isTimedOut) {
    const within = `${String(deadlineMs / 1000)} s`;
    return failed('timeout', `did not end within ${within} and was stopped: ${lastError(stderr)}`);
  }
  if (isOverflowing) return failed('failed', 'wrote too much and was stopped');
  return null;
}

/** The last line that tells of a failure; the last one that says anything when none does. */
function lastError(text: string): string {
  const errors = text.split('\n').filter((line) => FAILURE.test(line));
  return lastLine(errors.at(-1) ?? text);
}

/** The last line that says something. Places in memory and in temporary folders differ from run to run, and addresses may hold passwords. */
export function lastLine(text: string): string {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const last = lines.filter((line) => line !== '').at(-1) ?? 'no message';
  return last
    .replace(/\/\/[^/@\s]+@/g, '//')
    .replace(/\b0x[0-9a-f]{6,}/g, '0x…')
    .replace(/\/?(?:[\w.-]+\/)*sbx-deps-\w+\//g, '')
    .slice(0, MAX_CHARACTERS);
}
