/** What a tool may keep of the operator's environment: how to reach the network, and whom to trust there. */
const KEPT_VARIABLES = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
];

/** Bytes of output that are kept; 2,000 affected pins make 10 MB. */
const MAX_OUTPUT_BYTES = 64 * 1024 ** 2;
/** Of standard error: a line for each of many broken files. */
const MAX_ERROR_BYTES = 4 * 1024 ** 2;

export interface ToolRun {
  readonly path: string;
  readonly arguments: readonly string[];
  /** An empty folder of our own; also its home and its place for temporary files. */
  readonly folder: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it reads on standard input; nothing when left out. */
  readonly input?: string;
}

export interface ToolOutput {
  /** Null when it did not end by itself. */
  readonly exit: number | null;
  /** The signal that ended it (`SIGKILL`); null when none did. */
  readonly endedBy: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly isTimedOut: boolean;
  /** True: wrote more than is kept, and was ended. */
  readonly isOverflowing: boolean;
  /** Why it could not be started; null when it was. */
  readonly startError: string | null;
}

/**
 * Runs a tool without a shell, in an empty folder, with next to no environment, under a deadline and a cap on output. Ends its whole process
 * group at the deadline and on the signal.
 * @throws the signal's reason when aborted; nothing for what the tool does
 */
export async function runTool(run: ToolRun): Promise<ToolOutput> {
  run.signal.throwIfAborted();
  const kept = KEPT_VARIABLES.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const { execa } = await import('execa');
  const subprocess = execa(run.path, run.arguments, {
    cwd: run.folder,
    extendEnv: false,
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: run.folder,
      TMPDIR: run.folder,
      LANG: 'C.UTF-8',
      ...Object.fromEntries(kept),
      ...run.environment,
    },
    ...(run.input === undefined ? { stdin: 'ignore' } : { input: run.input }),
    reject: false,
    stripFinalNewline: false,
    maxBuffer: { stdout: MAX_OUTPUT_BYTES, stderr: MAX_ERROR_BYTES },
    // A group of its own, so that whatever it starts ends with it.
    detached: true,
  });
  let isTimedOut = false;
  const end = () => {
    endGroup(subprocess.pid);
    // A child that left the group may hold the pipes open for ever.
    subprocess.stdout.destroy();
    subprocess.stderr.destroy();
  };
  const timer = setTimeout(() => {
    isTimedOut = true;
    end();
  }, run.deadlineMs);
  run.signal.addEventListener('abort', end);
  try {
    const result = await subprocess;
    run.signal.throwIfAborted();
    return {
      exit: result.exitCode ?? null,
      endedBy: result.signal ?? null,
      stdout: result.stdout,
      stderr: result.stderr,
      isTimedOut,
      isOverflowing: result.isMaxBuffer,
      startError:
        result.exitCode === undefined && subprocess.pid === undefined ? (result.shortMessage ?? '?') : null,
    };
  } finally {
    clearTimeout(timer);
    run.signal.removeEventListener('abort', end);
    end();
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
