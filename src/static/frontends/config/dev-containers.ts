import type { FragmentRole } from '../../../model/program.ts';
import { settingsOf, valueAt } from './document.ts';
import type { ConfigNode } from './document.ts';

/** Settings that say what of the user's machine a container sees. */
const REACH = /^(?:mounts|runArgs|workspaceMount|workspaceFolder|privileged)$/;

/**
 * A place of the user's machine, or rights over it. The project's own folder is what the container is there for; who has docker's socket
 * still has to start something by it, which is judged as a command of its own.
 */
const OPEN =
  /\blocalEnv:|(?:source|src)=(?!\$\{localWorkspaceFolder\}(?:[,/]|$)|\/var\/run\/docker\.sock(?:,|$)|[\w.${}-]{1,100}(?:,|$))|\.\.|^(?:-v|--volumes?(?:-from)?|--mount|--privileged|--device|--pid|--ipc|--userns|--uts|--cgroupns)\b|SYS_(?:ADMIN|PTRACE|MODULE|RAWIO)|(?:^|=)ALL$|^(?:~|\/|[A-Za-z]:).*:/i;

/**
 * Who runs a command of a dev container. Those behind `initializeCommand` run on the user's machine; the others inside the container, which
 * is built for the project and thrown away, unless it sees more of the machine than the project.
 */
export function roleOfContainerCommand(_: string, __: ConfigNode, root: ConfigNode): FragmentRole {
  return isClosed(root) ? 'build' : 'install-hook';
}

function isClosed(root: ConfigNode): boolean {
  // Services of compose have mounts of their own, in another file.
  if (valueAt(root, 'dockerComposeFile') !== undefined) return false;
  const isBuilt = ['image', 'build', 'dockerFile'].some((key) => valueAt(root, key) !== undefined);
  if (!isBuilt) return false;
  const { settings, isCutOff } = settingsOf(root);
  if (isCutOff) return false;
  return !settings.some(({ path, value }) => {
    if (!REACH.test(path[0] ?? '')) return false;
    const isSource = /^(?:source|src)$/i.test(path.at(-1) ?? '');
    return value === true || OPEN.test(isSource ? `source=${value}` : String(value));
  });
}
