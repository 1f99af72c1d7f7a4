import type { Frontend } from '../../../model/program.ts';

/** Makes the pickle frontend ready to parse; loads its parser on first use. */
export function createPickleFrontend(): Promise<Frontend> {
  return Promise.reject(new Error('not built yet'));
}
