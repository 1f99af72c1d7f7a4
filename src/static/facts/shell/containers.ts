import { plain } from '../../fold/constant.ts';
import { constantValue, knownText, UNKNOWN, type Value } from '../values/value.ts';

/** Options of `docker run` that take a value of their own. */
const WITH_VALUE =
  /^(?:-[vepwuhlmac]|--(?:volume|mount|env|env-file|publish|name|hostname|network|net|workdir|user|entrypoint|platform|cpus|memory|label|add-host|cap-add|cap-drop|device|gpus|ipc|pid|pull|restart|security-opt|shm-size|tmpfs|ulimit|volumes-from|dns|expose|init|link|log-driver|runtime|sysctl|userns|uts))$/;
/** Folders of the machine whose files are its user's own. */
const OWN =
  /^(?:\/|~|\/home(?:\/[\w.-]{1,60})?|\/root|\/Users(?:\/[\w.-]{1,60})?)\/?$|(?:^|\/)\.(?:ssh|aws|gnupg|kube|docker|azure|config|netrc|npmrc|pypirc|claude|mozilla|bash_history|zsh_history)(?:\/|$)/;
/** Images that are one command, by the last part of their name. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['curl', 'curl'],
  ['alpine-curl', 'curl'],
  ['wget', 'wget'],
  ['aws-cli', 'aws'],
  ['rclone', 'rclone'],
  ['netcat', 'nc'],
  ['socat', 'socat'],
  ['alpine-git', 'git'],
  ['git', 'git'],
]);

/** A folder of the machine, and where it lies in the container. */
interface Mount {
  readonly from: string;
  readonly to: string;
}

function mountIn(option: string, value: string): Mount | null {
  if (/^(?:-v|--volume)$/.test(option)) {
    const [from = '', to = ''] = value.split(':');
    return from !== '' && to.startsWith('/') ? { from, to } : null;
  }
  const field = (names: string): string =>
    new RegExp(`(?:^|,)(?:${names})=([^,]{1,400})`).exec(value)?.[1] ?? '';
  const [from, to] = [field('source|src'), field('target|destination|dst')];
  return option === '--mount' && from !== '' && to.startsWith('/') ? { from, to } : null;
}

/** Where a path of the container lies on the machine, wherever it stands in a word. */
function onMachine(text: string, mounts: readonly Mount[]): string {
  let found = text;
  for (const { from, to } of mounts) {
    const inside = to.replace(/\/$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (inside === '') continue;
    found = found.replace(new RegExp(`(?<![\\w./~-])${inside}(?=[/\\s"';|)&]|$)`, 'g'), () =>
      from.replace(/\/$/, ''),
    );
  }
  return found;
}

/**
 * The command that `docker run` starts in a container which is given files of the user's own, with their paths as they are on the
 * machine; of a container that is given none, nothing: what it does stays in it.
 * @param rest the words behind `docker`
 */
export function commandInContainer(rest: readonly Value[]): readonly Value[] {
  const words = rest.slice(0, 200).map((word) => knownText(word));
  let at = words.findIndex((word) => word === 'run' || word === 'create');
  if (at < 0) return [];
  const mounts: Mount[] = [];
  let entry: string | null = null;
  for (at += 1; at < words.length; at++) {
    const word = words[at] ?? null;
    if (word === null || !word.startsWith('-')) break;
    const [, option = word, joined] = /^(--[\w-]{1,40})=([^]*)$/.exec(word) ?? [];
    const value = joined ?? (WITH_VALUE.test(option) ? (words[++at] ?? '') : '');
    const mount = mountIn(option, value);
    if (mount !== null && OWN.test(mount.from)) mounts.push(mount);
    if (option === '--entrypoint') entry = value;
  }
  if (mounts.length === 0) return [];
  const image = /([\w.-]{1,80})(?::[\w.-]{1,128})?(?:@[\w:]{1,100})?$/.exec(words[at] ?? '')?.[1] ?? '';
  const command = entry ?? COMMANDS.get(image) ?? null;
  const inside = rest.slice(at + 1).map((word) => {
    const text = knownText(word);
    return text === null ? word : constantValue(plain(onMachine(text, mounts)), word.node);
  });
  return command === null
    ? inside
    : [constantValue(plain(command)), ...(inside.length > 0 ? inside : [UNKNOWN])];
}
