import type { Ecosystem } from '../../model/dependency.ts';

/** A command that installs or runs packages, and how its words are to be read. */
export interface Installer {
  /** Null for systems whose packages no ecosystem of the inventory holds. */
  readonly ecosystem: Ecosystem | null;
  /** The words it starts with; several alternatives are apart by `|`. */
  readonly command: readonly string[];
  /** True: the first operand is the package and the rest are its arguments. */
  readonly runs?: boolean;
  /** True: operands are programs or files; only options name packages. */
  readonly namesByOption?: boolean;
  /** Options that take a value, apart by spaces. */
  readonly valued: string;
  /** Among them those whose value is a package. */
  readonly packageOption?: string;
}

const PIP =
  '-r --requirement --requirements -c --constraint --constraints -e --editable -i --index-url --extra-index-url -f --find-links -t --target --prefix --root --python -p --group ' +
  '--trusted-host --platform --python-version --only-binary --no-binary --timeout --torch-backend --index --default-index --extra --cache-dir --progress-spinner --proxy ' +
  '--retries --report --src --config-settings -C --optional --package --script --branch --tag --rev --bounds --marker -m --log --cert --upgrade-strategy --implementation --abi';
const POETRY = '-G --group -E --extras --optional --platform --python --source -P --project -C --directory';
const NPM =
  '--prefix -w --workspace --registry --tag -C --dir --filter -F --omit --include --loglevel --cwd --cache';
const RUN =
  '--python -p --index-url -i --index --default-index --extra-index-url --pip-args --directory --env-file --with-requirements --with-editable --group --extra';

/** In order: the first whose words a command starts with. */
export const INSTALLERS: readonly Installer[] = [
  { ecosystem: 'PyPI', command: ['pip', 'install|download|wheel'], valued: PIP },
  { ecosystem: 'PyPI', command: ['uv', 'pip', 'install|sync'], valued: PIP },
  { ecosystem: 'PyPI', command: ['uv|rye|pdm', 'add'], valued: `${PIP} -G` },
  { ecosystem: 'PyPI', command: ['uv', 'tool', 'install'], valued: `${PIP} --with`, packageOption: '--with' },
  {
    ecosystem: 'PyPI',
    command: ['uv', 'tool', 'run'],
    runs: true,
    valued: `${RUN} --from --with -w`,
    packageOption: '--from --with -w',
  },
  {
    ecosystem: 'PyPI',
    command: ['uv', 'run'],
    namesByOption: true,
    valued: `${RUN} --with -w -m --module --package`,
    packageOption: '--with -w',
  },
  {
    ecosystem: 'PyPI',
    command: ['uvx'],
    runs: true,
    valued: `${RUN} --from --with -w`,
    packageOption: '--from --with -w',
  },
  {
    ecosystem: 'PyPI',
    command: ['pipx', 'run'],
    runs: true,
    valued: `${RUN} --spec --with`,
    packageOption: '--spec --with',
  },
  {
    ecosystem: 'PyPI',
    command: ['pipx', 'install|inject'],
    valued: `${PIP} --suffix --preinstall`,
    packageOption: '--preinstall',
  },
  { ecosystem: 'PyPI', command: ['poetry', 'add'], valued: POETRY },
  { ecosystem: 'PyPI', command: ['pipenv', 'install'], valued: PIP },
  { ecosystem: 'PyPI', command: ['easy_install'], valued: '-i --index-url -f --find-links' },
  {
    ecosystem: 'npm',
    command: ['npm|pnpm', 'exec|x'],
    runs: true,
    valued: `-p --package -c --call ${NPM}`,
    packageOption: '-p --package',
  },
  {
    ecosystem: 'npm',
    command: ['pnpm|yarn', 'dlx'],
    runs: true,
    valued: `-p --package ${NPM}`,
    packageOption: '-p --package',
  },
  {
    ecosystem: 'npm',
    command: ['bun', 'x'],
    runs: true,
    valued: `-p --package ${NPM}`,
    packageOption: '-p --package',
  },
  {
    ecosystem: 'npm',
    command: ['npx|bunx|pnpx'],
    runs: true,
    valued: `-p --package -c --call ${NPM}`,
    packageOption: '-p --package',
  },
  { ecosystem: 'npm', command: ['npm|pnpm', 'i|in|install|add'], valued: NPM },
  { ecosystem: 'npm', command: ['yarn|bun', 'add'], valued: NPM },
  { ecosystem: 'npm', command: ['bun', 'i|install'], valued: NPM },
  { ecosystem: 'npm', command: ['yarn', 'global', 'add'], valued: NPM },
  {
    ecosystem: 'Debian',
    command: ['apt-get|apt|aptitude', 'install'],
    valued: '-t --target-release -o --option -c --config-file',
  },
  {
    ecosystem: 'crates.io',
    command: ['cargo', 'install'],
    valued: '--version --git --branch --tag --rev --path --registry --features -F --root -j --target',
  },
  { ecosystem: 'Go', command: ['go', 'install|get'], valued: '-ldflags -tags' },
  {
    ecosystem: null,
    command: ['conda|mamba|micromamba', 'install|create'],
    valued: '-n --name -c --channel -p --prefix -f --file',
  },
  { ecosystem: null, command: ['apk', 'add'], valued: '-t --virtual -X --repository' },
  { ecosystem: null, command: ['yum|dnf|brew|gem|zypper', 'install'], valued: '-v --version' },
];
