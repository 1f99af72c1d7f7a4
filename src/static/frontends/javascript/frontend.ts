import type { Frontend } from '../../../model/program.ts';

/** Makes the javascript frontend ready to parse; loads its parser on first use. */
export function createJavascriptFrontend(): Promise<Frontend> {
  return Promise.reject(new Error('not built yet'));
}
