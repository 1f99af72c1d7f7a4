import type { Frontend } from '../../../model/program.ts';

/** Makes the markdown frontend ready to parse; loads its parser on first use. */
export function createMarkdownFrontend(): Promise<Frontend> {
  return Promise.reject(new Error('not built yet'));
}
