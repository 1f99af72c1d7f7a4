import type { Guarantee } from '../../model/observation.ts';

/**
 * What is tried by Python in WebAssembly: what it can ask of the interpreter, of JavaScript as far as that can be reached, and of the
 * libraries that the interpreter is linked with. What is not offered is tried too, so that a machine on which it gets through says so.
 */
export const WASM_CHECKS: Readonly<Record<Guarantee, readonly string[]>> = {
  network: [
    'TCP over IPv4',
    'TCP over IPv6',
    'UDP',
    'DNS lookup',
    'listening',
    'HTTP by Python',
    'HTTP by JavaScript',
    'seen by a listener outside',
  ],
  'unix-sockets': ['by path', 'abstract', 'container engine', 'seen by a listener outside'],
  'host-files': [
    'read',
    'names',
    'through a link',
    'accounts and passwords',
    'file systems of the host mounted',
    'environment of the caller',
    'LD_PRELOAD of the caller',
    'environment in /proc',
    'paths of the host',
    'paths of the host in errors',
    'descriptors',
    'modules of JavaScript',
    'objects of JavaScript that Python holds',
    'code for JavaScript from text',
    'code for JavaScript through C',
    'frames of JavaScript',
  ],
  processes: ['seen', 'signals', 'bait outside lives'],
  'read-only-root': [
    'folders of the system',
    'written outside',
    'beside the target',
    'the target',
    'rights',
    'rights of an open file',
    'times and size',
    'the target replaced',
    'through a link',
  ],
  // Nothing of it is asked: the process is the caller's, with the caller's rights, and no filter of calls is around it.
  privileges: [],
  syscalls: ['by number', 'native code'],
  memory: ['one process', 'outside the memory of WebAssembly', 'files in memory'],
  pids: ['fork', 'other programs', 'threads', 'open files'],
  cpu: ['one process'],
  // Its files are memory, and counted there.
  disk: [],
  output: ['flood of standard output', 'flood of standard error'],
  'wall-time': ['endless loop', 'deaf to what ends it', 'one long call', 'asleep'],
  cleanup: ['processes', 'processes after the limit', 'temporary folders'],
};
