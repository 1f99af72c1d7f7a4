/** In CI everything is installed, so that nothing may be skipped there. */
export const IS_CI = process.env['CI'] === 'true';

/**
 * Whether a test that needs something of the machine is to be skipped: never in CI, where a missing tool is a failure.
 * @param isHere whether the machine has it
 */
export function skipUnless(isHere: boolean): boolean {
  return !isHere && !IS_CI;
}
