import type { Frontend } from '../../../model/program.ts';

/** Makes the shell frontend ready to parse; loads its parser on first use. */
export function createShellFrontend(): Promise<Frontend> {
  return Promise.reject(new Error('not built yet'));
}
