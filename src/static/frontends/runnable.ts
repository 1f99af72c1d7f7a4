import type { Language } from '../../model/program.ts';

/** Languages that an interpreter runs as they stand, and Go, which is run or built with one command. */
export const RUNNABLE: ReadonlySet<Language> = new Set([
  'python',
  'javascript',
  'typescript',
  'shell',
  'makefile',
  'powershell',
  'ruby',
  'go',
  'batch',
]);
