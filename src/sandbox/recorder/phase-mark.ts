/** A guest program announces a phase by opening a file of this name, which is nowhere: a trace then shows where the phase began. */
export const PHASE_MARK = '/.sbx-phase/';

/**
 * The phase after the command's own: what happens then is the sandbox's doing. Only the process that announced the first phase may
 * announce it, as a command could else hide behind it.
 */
export const LAST_PHASE = 'collect';
