import type { Report } from '../model/report.ts';
import { escapedJson } from './escape.ts';

/** Every format a report can be written in. */
export const FORMATS = ['terminal', 'json', 'sarif', 'markdown', 'html', 'junit'] as const;

export type Format = (typeof FORMATS)[number];

export interface RenderOptions {
  /** Terminal only: use colours. */
  readonly color: boolean;
  /** Terminal only: list what is usually summarised. */
  readonly isVerbose: boolean;
  /** Terminal only: how wide it is, in characters; undefined where that is not known. */
  readonly columns?: number | undefined;
}

/** Turns a report into the text of a format, line break at the end included. Pure but for loading the reporter. */
export async function render(report: Report, format: Format, options: RenderOptions): Promise<string> {
  switch (format) {
    case 'json':
      return escapedJson(report);
    case 'terminal':
      return (await import('./terminal.ts')).renderTerminal(report, options);
    case 'sarif':
      return (await import('./sarif.ts')).renderSarif(report);
    case 'markdown':
      return (await import('./markdown.ts')).renderMarkdown(report);
    case 'html':
      return (await import('./html.ts')).renderHtml(report);
    case 'junit':
      return (await import('./junit.ts')).renderJunit(report);
  }
}
