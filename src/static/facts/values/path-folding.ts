import { plain } from '../../fold/constant.ts';
import type { BoundArguments } from '../calls/arguments.ts';
import { folderValue, specialFolder } from './user-folders.ts';
import { changed, knownText, listValue, UNKNOWN, type Value } from './value.ts';

const HOMES = new Set([
  'pathlib.Path.home',
  'os.homedir',
  'os.userInfo.homedir',
  'Dir.home',
  'Gem.user_home',
  'Etc.Passwd.dir',
  'os.UserHomeDir',
  'os/user.User.HomeDir',
  'github.com/mitchellh/go-homedir.Dir',
]);
/** An account, as the list of accounts has it. */
const ACCOUNT = 'pwd.struct_passwd';
/** The folder of scratch files, whatever its name is on the machine. */
const TEMPORARY = new Set(['tempfile.gettempdir', 'os.tmpdir', 'Dir.tmpdir', 'os.TempDir']);
const JOINS = new Set([
  'os.path.join',
  'posixpath.join',
  'path.join',
  'path.resolve',
  'path.posix.join',
  'upath.join',
  'File.join',
  'io.path.combine',
  'io.path.join',
]);
const SAME = new Set([
  'os.path.expanduser',
  'os.path.abspath',
  'os.path.realpath',
  'os.path.normpath',
  'os.path.expandvars',
  'os.fspath',
  'path.normalize',
  'untildify',
  'url.fileURLToPath',
  'File.expand_path',
  'File.absolute_path',
  'File.realpath',
  'io.path.getfullpath',
  'url.pathToFileURL',
  'Pathname',
]);
/** Methods of Ruby's `Pathname` that put a path together with others. */
const PATHNAME_JOINS = new Set(['Pathname.join', 'Pathname./', 'Pathname.+']);
const PATH_TYPE = /^pathlib\.(?:Path|PurePath|PosixPath|PurePosixPath|WindowsPath)$/;
const SAME_METHODS = new Set(['expanduser', 'resolve', 'absolute', 'as_posix', 'as_uri']);

function joined(parts: readonly (string | null)[]): string {
  let path = '';
  for (const part of parts) {
    const text = part ?? '*';
    path =
      text.startsWith('/') || text.startsWith('~') || path === ''
        ? text
        : `${path.replace(/\/$/, '')}/${text}`;
  }
  return path;
}

/** A path that is put together of these, `*` for what is not known. */
export function pathValue(parts: readonly (string | null)[], name: string | null): Value {
  const text = joined(parts);
  return changed(UNKNOWN, {
    name,
    constant: parts.every((part) => part !== null && !part.includes('*')) ? plain(text) : null,
    pieces: [text],
  });
}

/** Where the interpreter looks for packages. */
const PACKAGE_FOLDERS = new Set(['site.getsitepackages', 'site.getusersitepackages', 'sysconfig.get_path']);

const PATH_FUNCTIONS: ReadonlySet<string> = new Set([
  ...PACKAGE_FOLDERS,
  ...HOMES,
  ...TEMPORARY,
  ...JOINS,
  ...SAME,
  'str',
]);

/** Functions that read one variable of the environment. */
const VARIABLE_READS: ReadonlySet<string> = new Set([
  'os.environ.get',
  'os.environ.pop',
  'os.getenv',
  'ENV.fetch',
  'environment.getenvironmentvariable',
  'Deno.env.get',
]);

/** What gives the paths that fit a pattern. */
const FINDS: ReadonlySet<string> = new Set(['glob.glob', 'glob.iglob']);

/** Functions that put paths together: the result's text, with `*` for the parts that are not known; null for any other function. */
export function foldPath(name: string, args: BoundArguments): Value | null {
  if (FINDS.has(name)) {
    const pattern = args.positional[0] === undefined ? null : knownText(args.positional[0]);
    // What is found has a name of its own only where the pattern gives it one; else the call itself says what it finds.
    return pattern === null || /\*[^/]*$/.test(pattern) ? null : listValue([pathValue([pattern], null)]);
  }
  if (VARIABLE_READS.has(name)) return folderValue(args.positional[0] ?? null);
  if (name === 'environment.getfolderpath') return specialFolder(args.positional[0] ?? null);
  if (!PATH_FUNCTIONS.has(name) && !name.startsWith('pathlib.') && !PATHNAME_JOINS.has(name)) return null;
  if (HOMES.has(name)) return pathValue(['~'], name.startsWith('pathlib') ? 'pathlib.Path' : null);
  if (TEMPORARY.has(name)) return pathValue(['/tmp'], null);
  if (PACKAGE_FOLDERS.has(name)) {
    const folder = pathValue(['*/site-packages'], null);
    return name.endsWith('getsitepackages') ? listValue([folder]) : folder;
  }
  const texts = args.positional.map((value) => knownText(value));
  if (JOINS.has(name))
    return texts.length === 0 || texts.every((text) => text === null) ? null : pathValue(texts, null);
  if (PATHNAME_JOINS.has(name)) {
    const from = args.receiver === null ? null : knownText(args.receiver);
    return from === null ? null : pathValue([from, ...texts], 'Pathname');
  }
  const base = name === 'File.expand_path' ? texts[1] : undefined;
  if (base !== undefined && base !== null) return pathValue([base, texts[0] ?? null], null);
  if (SAME.has(name))
    return texts[0] === undefined || texts[0] === null
      ? null
      : pathValue([texts[0]], name === 'Pathname' ? name : null);
  if (PATH_TYPE.test(name))
    return texts.every((text) => text === null) ? null : pathValue(texts, 'pathlib.Path');
  if (name === 'str' && args.positional[0]?.name === 'pathlib.Path')
    return pathValue([texts[0] ?? null], null);
  const method = name.startsWith('pathlib.Path.') ? name.slice('pathlib.Path.'.length) : null;
  const receiver = args.receiver === null ? null : knownText(args.receiver);
  if (method === null) return null;
  // Below a folder that nobody knows a file may still be known by the end of its path.
  if (method === 'joinpath' && texts.some((text) => text !== null))
    return pathValue([receiver, ...texts], 'pathlib.Path');
  if (method === 'glob' || method === 'rglob') {
    // What is found below a folder that nobody knows is still known by its end.
    if (receiver === null && (texts[0] === undefined || texts[0] === null)) return null;
    const found = pathValue(
      method === 'glob' ? [receiver, ...texts] : [receiver, '*', ...texts],
      'pathlib.Path',
    );
    return listValue([found]);
  }
  if (receiver === null) return null;
  return SAME_METHODS.has(method) ? pathValue([receiver], 'pathlib.Path') : null;
}

/** So many folders above a path are told apart. */
const MAX_PARENTS = 16;

/** `path.parent`, `path.parents` of Python's paths, the folder of an account; null for any other member. */
export function pathMember(path: Value, property: string): Value | null {
  if (path.name === ACCOUNT && property === 'pw_dir') return pathValue(['~'], null);
  if (path.name !== 'pathlib.Path' || (property !== 'parent' && property !== 'parents')) return null;
  let text = knownText(path);
  const parents: Value[] = [];
  for (const most = property === 'parent' ? 1 : MAX_PARENTS; parents.length < most;) {
    text = folderOf(text);
    parents.push(changed(pathValue([text], 'pathlib.Path'), { node: path.node }));
  }
  return property === 'parent' ? parents[0]! : listValue(parents, path.node);
}

/** The folder of a path in which everything is known; else, and above its beginning, null. */
function folderOf(path: string | null): string | null {
  if (path === null || /[*~]$/.test(path)) return null;
  const slash = path.replace(/\/$/, '').lastIndexOf('/');
  return slash <= 0 ? null : path.slice(0, slash);
}
