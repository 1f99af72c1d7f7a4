import type { EventKind, ObservedEvent } from '../../model/observation.ts';

/**
 * What every program does, as regular expressions over details: no event of the target's. In a form that Python reads the same way, so
 * that the recorders leave it out before they count how many events they keep.
 */
export const QUIET: Readonly<Partial<Record<EventKind, string>>> = {
  // Folders that interpreters, libraries and the sandbox itself read.
  'file.open':
    '^/(?:usr|lib|lib64|opt/sbx|target|proc/self|sys|dev|run/sbx(?!/original/0/))(?:/|$)|^/$|' +
    '^/(?:proc/(?:cpuinfo|meminfo|stat|filesystems|[0-9]+/(?:stat|maps|status)|sys/.*)|' +
    'etc/(?:ld[.]so.*|localtime|passwd|group|nsswitch[.]conf|hosts|resolv[.]conf|gai[.]conf|host[.]conf|ssl/.*|mime[.]types|' +
    'locale.*|terminfo.*|inputrc|gitconfig))$|/__pycache__/',
  // A folder can be opened for writing only to make a file in it that has no name and ends with who has it open; that it is run, or gets
  // a name, is told of.
  'file.write': '^/dev/(?:null|tty|pts/[0-9]+)$|^/tmp$|/__pycache__/',
  // Where memory lies: numeric libraries ask for it, and are refused, whenever they start.
  privilege: '^(?:sched_setaffinity|mbind|set_mempolicy|move_pages|migrate_pages)$',
  // What starting a guest program looks like from outside, and the shell that waits in a container; whatever it starts is told of.
  // A guest program that is named further on is somebody else's argument.
  exec: '^(?:(?:[^ ]*/)?(?:python[0-9.]*|node|bash|sh)(?: -[IBS]+| --require)* )?/opt/sbx/guest/|^bash -x (?:-c |/target/|/home/user/project/)|^/bin/sh -c "[$]@"\\nexit [$][?] sbx-wait ',
};

/** The same for a run in which the target's own files are news too: nothing else is known to belong to it. */
export const QUIET_BUT_TARGET: typeof QUIET = {
  ...QUIET,
  'file.open': QUIET['file.open']!.replace('|target|', '|'),
};

const EXPRESSIONS = new Map(
  Object.entries(QUIET).map(([kind, pattern]): [string, RegExp] => [kind, new RegExp(pattern)]),
);

/** Whether an event is no doing of the target's. Another process's environment is always news. */
export function isQuiet({ kind, detail }: Pick<ObservedEvent, 'kind' | 'detail'>): boolean {
  return EXPRESSIONS.get(kind)?.test(detail) === true && !detail.endsWith('/environ');
}
