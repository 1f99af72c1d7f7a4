import type { SyscallProfile } from './seccomp/profiles.ts';
import type { World } from './world.ts';
import type { BackendId, Guarantee, ObservedEvent, Proof } from '../model/observation.ts';
import type { PlannedRun } from './plan/run.ts';
import type { ProxyForTests } from './sinkhole/proxy.ts';
import type { Traffic } from './sinkhole/traffic.ts';

/** What a run may use. Every backend turns all of them into real walls, or says in `doctor` which it cannot. */
export interface Limits {
  /** Bytes of memory for the whole sandbox where the backend can count it, else per process. */
  readonly memoryBytes: number;
  readonly processes: number;
  readonly cpuSeconds: number;
  /** CPUs that all of it may use at once; a fraction is a share of the time of one. Absent: as many as there are. */
  readonly cpus?: number;
  /** Largest file it may write, in bytes. */
  readonly fileBytes: number;
  /** Size of each writable temporary file system, in bytes. */
  readonly temporaryBytes: number;
  readonly openFiles: number;
  readonly wallMs: number;
  /** Bytes of standard output, and as many of standard error, that are kept; a run that writes far more is ended. */
  readonly outputBytes: number;
}

/** A host path shown inside, read-only. */
export interface Mount {
  readonly source: string;
  /** Absolute path inside. Backends that cannot map paths (firejail) put it elsewhere and rewrite the command and environment. */
  readonly target: string;
}

/** A folder inside that is writable and starts as a copy of a host folder; gone after the run. Counted in `temporaryBytes`. */
export interface WritableCopy {
  readonly source: string;
  readonly target: string;
  /** Folder below it in which the command starts, relative; there only once the copy is made. Absent: the working directory holds. */
  readonly enter?: string;
  /** Path inside of a named pipe that is read from once the copy is made and before the command begins; absent: nobody has to be waited for. */
  readonly gate?: string;
}

/** One command to run inside. Nothing of the caller's environment, files or network is there unless it is named here. */
export interface SandboxCommand {
  readonly command: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Folders inside that come first in PATH; absent: none. */
  readonly path?: readonly string[];
  readonly mounts: readonly Mount[];
  readonly copies: readonly WritableCopy[];
  readonly limits: Limits;
  readonly world: World;
  readonly stdin: Uint8Array | null;
  /** An image to run in, for the backends that have images; null: the one sbx makes from the host's own files. */
  readonly image: string | null;
  /** A Python (3.9 or later) of that image, to record system calls with; absent: they are not recorded in an image. */
  readonly imagePython?: string;
  /** Which system calls are refused; absent: `default`. */
  readonly syscalls?: SyscallProfile;
  /**
   * Patterns of hosts that may really be reached, in a world with a sinkhole and through the proxy that records it; absent: none. To be
   * filled only when the user allowed the network.
   */
  readonly allowedHosts?: readonly string[];
  /** What tests put in the place of the internet; absent: the real one. */
  readonly proxyForTests?: ProxyForTests;
  /** True: record system calls from outside where the backend and the machine can. */
  readonly trace: boolean;
  /** The recorder to do it with; without one, the best of this machine. */
  readonly recorder?: 'notify' | 'strace';
}

export interface SandboxResult {
  /** Exit status of the command; null when it was ended from outside. */
  readonly exit: number | null;
  /** The signal that ended it (`SIGKILL`), or null. */
  readonly signal: string | null;
  readonly durationMs: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly outputTruncated: boolean;
  /** The limits that ended or bounded it: `wall-time`, `memory`, `output`, `cpu`. */
  readonly limitsHit: readonly Guarantee[];
  /** Seen from outside by the system-call recorder; empty when there was none (`tracer` is then null). */
  readonly events: readonly ObservedEvent[];
  readonly tracer: 'strace' | 'notify' | 'gvisor' | 'wasm' | null;
  readonly lost: number;
  /** What came into the sinkhole; null in a world without one. */
  readonly traffic: Traffic | null;
}

export interface Availability {
  readonly available: boolean;
  readonly version: string | null;
  /** Why not, and what to do; empty when available. */
  readonly reason: string;
}

/** One way of containing a process. */
export interface Backend {
  readonly id: BackendId;
  /** What each guarantee is by construction: `absent` where the mechanism does not exist; the proof turns `unproven` into `proven`. */
  readonly offers: Readonly<Record<Guarantee, Exclude<Proof, 'proven'>>>;
  /** False: the mechanism leaves no place for a sinkhole, and a command that asks for one is refused. */
  readonly hasSinkhole: boolean;
  /** Why nobody on the host can see what happens to the files of a run; absent: its folders can be watched from outside. */
  readonly unwatchable?: string;
  /** Set where nothing that holds it is the kernel's: what is said of that, the only kinds of run that it can carry out, and why. */
  readonly reduced?: {
    readonly notice: string;
    readonly programs: readonly PlannedRun['program'][];
    readonly because: string;
  };
  probe(): Promise<Availability>;
  /**
   * Runs to the end, a limit, or the signal; leaves nothing behind in any of these cases.
   * @throws SbxError of kind `sandbox` when the sandbox itself could not be set up (never for what the command does)
   */
  run(command: SandboxCommand, signal: AbortSignal): Promise<SandboxResult>;
}
