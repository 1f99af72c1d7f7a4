/** What a run of a tool outside sbx needs to know beside what it is asked. */
export interface ToolContext {
  /** An empty folder of this run's own. */
  readonly folder: string;
  /** True: names and versions of packages may leave the machine. */
  readonly online: boolean;
  readonly signal: AbortSignal;
}
