/** A guest program announces a phase by opening a file of this name, which is nowhere: a trace then shows where the phase began. */
export const PHASE_MARK = '/.sbx-phase/';

/** What the sandbox's own programs do for themselves, such as handing out files: no doing of the target's, and not told. */
export const ASIDE = 'aside';

/**
 * Phases in which what happens is the sandbox's doing. Only the process that announced the first phase may announce them, as a command
 * could else hide behind them: their names are no secret.
 */
export const OWN_PHASES: readonly string[] = ['collect', ASIDE];
