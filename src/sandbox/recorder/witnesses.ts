import type { ObservedEvent } from '../../model/observation.ts';
import { EventLog } from './event-log.ts';

/** Folders that interpreters, libraries and the sandbox itself read; a trace shows every such read. */
const QUIET =
  /^\/(?:usr|lib|lib64|opt\/sbx|target|proc\/self|sys|dev|run\/sbx)(?:\/|$)|^\/(?:proc\/(?:cpuinfo|meminfo|stat|filesystems|\d+\/(?:stat|maps|status)|sys\/.*)|etc\/(?:ld\.so.*|localtime|passwd|group|nsswitch\.conf|hosts|resolv\.conf|gai\.conf|host\.conf|ssl\/.*|mime\.types|locale.*|terminfo.*|inputrc|gitconfig))$|\/__pycache__\//;

/** What starting a guest program looks like from outside: no doing of the target's. */
const GUEST_COMMAND =
  /(?:^|\s)\/opt\/sbx\/guest\/|^\S*(?:bwrap|strace|unshare|setpriv|prlimit)\s|\bsbx-start\b|^bash -x (?:-c |\/target\/)/;

/**
 * Brings the two witnesses together: the recorder inside, which knows names and phases, and the trace from outside, which cannot be
 * deceived and sees children too. What both saw counts once, as the inside one counted it.
 */
export function mergeWitnesses(
  inside: readonly ObservedEvent[],
  outside: readonly ObservedEvent[],
): { readonly events: readonly ObservedEvent[]; readonly lost: number } {
  const log = new EventLog();
  const known = new Set<string>();
  for (const event of inside) {
    log.add(event);
    known.add(`${event.kind}\0${event.detail}`);
  }
  const isNamed = inside.some(({ kind }) => kind === 'dns' || kind === 'connect');
  for (const event of outside) {
    if (known.has(`${event.kind}\0${event.detail}`) || isQuiet(event)) continue;
    // The one inside knows which name was asked for.
    if (event.kind === 'dns' && isNamed) continue;
    log.add(event);
  }
  return { events: log.events(), lost: log.lost };
}

function isQuiet({ kind, detail }: ObservedEvent): boolean {
  if (kind === 'file.open') return QUIET.test(detail) && !detail.endsWith('/environ');
  if (kind === 'file.write') return /^\/dev\/(?:null|tty|pts\/\d+)$|\/__pycache__\//.test(detail);
  if (kind === 'exec') return GUEST_COMMAND.test(detail);
  return false;
}
