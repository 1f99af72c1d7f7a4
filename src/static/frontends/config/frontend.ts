import type { Frontend } from '../../../model/program.ts';

/** Makes the config frontend ready to parse; loads its parser on first use. */
export function createConfigFrontend(): Promise<Frontend> {
  return Promise.reject(new Error('not built yet'));
}
