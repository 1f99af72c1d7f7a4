import type { Frontend } from '../../../model/program.ts';

/** Makes the notebook frontend ready to parse; loads its parser on first use. */
export function createNotebookFrontend(): Promise<Frontend> {
  return Promise.reject(new Error('not built yet'));
}
