import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SbxError } from '../../errors.ts';
import { GVISOR_LOG, gvisorTraceOptions, parseGvisorLog, UNKNOWN_CALL } from '../recorder/gvisor.ts';
import { PHASE_MARK } from '../recorder/phase-mark.ts';
import { beginningOf, LONGEST_TRACE, type Trace } from './tracing.ts';

/** What gVisor's own kernel writes down about one run. */
export interface GvisorTracing {
  /** For `runsc`, in front of its command. */
  readonly options: readonly string[];
  isFull(): Promise<boolean>;
  /** What was seen; once the sandbox is gone. */
  read(): Promise<Trace>;
  /**
   * @param status of `runsc`
   * @throws SbxError of kind `sandbox`, for {@link traced}, when it did not start because it does not know one of the calls
   */
  rejectUnknownCall(status: number | null): Promise<void>;
}

const OLD_VERSION = 'gvisor-unknown-call';
/** Status of a `runsc` that could not start a sandbox. */
const NOT_STARTED = 128;

/** True once this machine's version was seen not to know the younger calls. */
let isOldVersion = false;

/** Runs once more, with the calls alone that every version knows, when this one does not know all: the command has not begun then. */
export async function traced<Result>(run: (isOld: boolean) => Promise<Result>): Promise<Result> {
  try {
    return await run(isOldVersion);
  } catch (error) {
    if (isOldVersion || !(error instanceof SbxError) || error.code !== OLD_VERSION) throw error;
    isOldVersion = true;
    return run(true);
  }
}

/** @param folder the run's private folder, which the sandbox does not show */
export async function startGvisorTracing(folder: string, isOld: boolean): Promise<GvisorTracing> {
  const logs = join(folder, 'trace');
  await mkdir(logs);
  await chmod(logs, 0o700);
  const file = join(logs, GVISOR_LOG);
  const text = (): Promise<string> => beginningOf(file).catch(() => '');
  return {
    options: gvisorTraceOptions(logs, !isOld),
    isFull: async () => ((await stat(file).catch(() => null))?.size ?? 0) > LONGEST_TRACE,
    read: async () => ({ tracer: 'gvisor', hasBegun: true, ...parseGvisorLog(await text()) }),
    rejectUnknownCall: async (status) => {
      const log = status === NOT_STARTED ? await text() : '';
      // What a command does can hold these words; no command has begun then.
      if (UNKNOWN_CALL.test(log) && !log.includes(PHASE_MARK))
        throw new SbxError('sandbox', OLD_VERSION, 'This version of gVisor does not know every system call');
    },
  };
}
