import type { Language } from '../../model/program.ts';

/** Languages that an interpreter runs as they stand. */
export const RUNNABLE: ReadonlySet<Language> = new Set([
  'python',
  'javascript',
  'typescript',
  'shell',
  'makefile',
  'powershell',
  'ruby',
  'batch',
]);
