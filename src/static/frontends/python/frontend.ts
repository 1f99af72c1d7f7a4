import type { Frontend } from '../../../model/program.ts';

/** Makes the python frontend ready to parse; loads its parser on first use. */
export function createPythonFrontend(): Promise<Frontend> {
  return Promise.reject(new Error('not built yet'));
}
