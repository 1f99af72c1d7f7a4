import type { ObservedEvent } from '../../model/observation.ts';
import type { RuleId } from '../rules/rules.ts';

/** Makes a finding of a rule about a subject. */
type Say<Result> = (rule: RuleId, subject: string, message: string) => Result;

/** Sorts of attempts to get more rights or out of a sandbox, by what the recorders call them. */
const SORTS: readonly { readonly name: string; readonly kind: string; readonly detail: RegExp }[] = [
  { name: 'become root', kind: 'privilege', detail: /^set(?:re|res|fs)?[ug]id 0$/ },
  {
    name: 'make or enter namespaces',
    kind: 'privilege',
    detail: /^(?:setns$|(?:unshare|clone) (?:user|mount|process|network|host name|ipc|cgroup))/,
  },
  { name: 'change what is mounted', kind: 'mount', detail: /./ },
  {
    name: 'look into other processes',
    kind: 'privilege',
    detail: /^(?:ptrace|process_vm_\w+|pidfd_getfd|kcmp)$/,
  },
  { name: 'load programs into the kernel', kind: 'privilege', detail: /^(?:bpf|userfaultfd)$/ },
];

/** No ordinary program does any of this by way of trying what it may: each alone is an attack on what contains it. */
const ATTACKS = /^(?:open_by_handle_at|(?:f?init|delete)_module|kexec\w*|reboot|swapo\w+|iopl|ioperm)$/;

/** So many sorts of attempts in one run are no coincidence: browsers, sudo, debuggers and containers each try one or two. */
const MANY_SORTS = 3;

/**
 * What a run tried that would have given it more rights, or led it out of the sandbox: one finding for all of it. A single sort is a
 * question, as some programs look what they may do; several, or one that nothing needs, are an attempt to escape.
 */
export function privilegeFindings<Result>(
  events: readonly ObservedEvent[],
  say: Say<Result>,
): readonly Result[] {
  const sorts = SORTS.flatMap(({ name, kind, detail }) => {
    const found = events.filter((event) => event.kind === kind && detail.test(event.detail));
    return found.length === 0 ? [] : [{ name, found }];
  });
  const attacks = events.filter(({ kind, detail }) => kind === 'privilege' && ATTACKS.test(detail));
  const isEscape = attacks.length > 0 || sorts.length >= MANY_SORTS;
  // Debuggers and profilers are made to do these two.
  const isQuestion = sorts.some(({ name }) => !/processes|kernel/.test(name));
  if (!isEscape && !isQuestion) return [];
  const done = [...sorts.flatMap(({ found }) => found), ...attacks];
  const details = [...new Set(done.map(({ detail }) => detail.slice(0, 80)))].sort();
  const shown =
    details.length <= 6
      ? details.join(', ')
      : `${details.slice(0, 6).join(', ')} and ${details.length - 6} more`;
  const names = sorts.map(({ name }) => name);
  if (attacks.length > 0) names.push('use calls that administer the machine');
  const { phase } = done[0]!;
  return [
    say(
      isEscape ? 'run-escape-attempt' : 'run-privilege-attempt',
      names.join(', '),
      `It tried to ${list(names)} (${shown}), first in phase ${phase}`,
    ),
  ];
}

function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
