import type { FragmentRole } from '../../../model/program.ts';
import { fragmentsOfCommand, fragmentsOfCommands, fragmentsOfInvocation } from './command-fragments.ts';
import { DEPLOYMENT_PLACES } from './deployment-places.ts';
import { roleOfContainerCommand } from './dev-containers.ts';
import { textOf, valueAt } from './document.ts';
import type { ConfigNode } from './document.ts';
import { fragmentsOfScripts } from './npm-scripts.ts';
import { each, type RunnablePlace } from './runnable-place.ts';
import {
  fragmentsOfCommitHook,
  fragmentsOfGitSetting,
  fragmentsOfGyp,
  fragmentsOfLaunch,
  fragmentsOfService,
  fragmentsOfStep,
  fragmentsOfTask,
  fragmentsOfTerminals,
  loadedBy,
} from './run-forms.ts';

const AGENT_SETTINGS =
  /(?:^|\/)\.(?:claude|codex|gemini|qwen|cursor|windsurf)\/(?:settings(?:\.local)?|hooks)\.json$/u;
const AGENT_PLUGIN = /(?:^|\/)(?:(?:\.[\w-]+-plugin\/)?plugin|hooks\/[\w.-]+|hooks)\.json$/u;
const PACKAGE = /(?:^|\/)package\.json$/u;
const WORKFLOW = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/u;
const ACTION = /(?:^|\/)action\.ya?ml$/u;
const GITLAB = /(?:^|\/)(?:\.gitlab-ci|[^/]+\.gitlab-ci)\.ya?ml$/u;
const COMPOSE = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/u;
const DEVCONTAINER = /(?:^|\/)\.?devcontainer(?:\/[^/]+)?\.json$|(?:^|\/)\.devcontainer\/.*\.json$/u;
const TASKS = /(?:^|\/)(?:\.vscode\/)?tasks\.json$/u;
const WORKSPACE = /\.code-workspace$/u;
const PYPROJECT = /(?:^|\/)pyproject\.toml$/u;
const MISE = /(?:^|\/)\.?mise(?:\.\w+)?\.toml$/u;
const TASKFILE = /(?:^|\/)taskfile(?:\.dist)?\.ya?ml$/iu;
const DENO = /(?:^|\/)deno\.jsonc?$/u;
const GIT_CONFIG = /(?:^|\/)(?:\.?gitconfig|\.git\/config|\.gitmodules|git\/config)$/u;
const ANY = /(?:)/u;

/** Settings of git that are commands: gitattributes(5), git-config(1). */
const GIT_COMMANDS = [
  ...['smudge', 'clean', 'process', 'textconv', 'driver', 'update', 'helper', 'cmd'].map((key) => `*.${key}`),
  ...['fsmonitor', 'sshCommand', 'sshcommand', 'pager', 'editor', 'askPass', 'askpass'].map(
    (key) => `core.${key}`,
  ),
  ...['alias.*', 'diff.external', 'sequence.editor', 'gpg.program'],
];

/** Inside the container. */
const DEVCONTAINER_COMMANDS = [
  'onCreateCommand',
  'updateContentCommand',
  'postCreateCommand',
  'postStartCommand',
  'postAttachCommand',
];

/** Helper programs that Claude Code starts without asking, beside its hooks. */
const AGENT_HELPERS = [
  'statusLine.command',
  'apiKeyHelper',
  'awsAuthRefresh',
  'awsCredentialExport',
  'otelHeadersHelper',
];

/** A task runs by itself when a folder is opened, if it says so. */
function roleOfTask(_: string, task: ConfigNode): FragmentRole {
  return textOf(valueAt(task, 'runOptions', 'runOn')) === 'folderOpen' ? 'agent-hook' : 'build';
}

/** Every place of every file that something runs. */
export const PLACES: readonly RunnablePlace[] = [
  { files: PACKAGE, at: 'scripts', form: fragmentsOfScripts, role: 'build' },
  ...each(PACKAGE, ['husky.hooks.*', 'simple-git-hooks.*', 'gitHooks.*'], fragmentsOfCommand, 'build'),
  {
    files: /(?:^|\/)composer\.json$/u,
    at: 'scripts.*',
    form: fragmentsOfCommands,
    role: (key) => (/^(?:pre|post)-(?:install|update|autoload)/u.test(key) ? 'install-hook' : 'build'),
  },
  { files: /(?:^|\/)\.npmrc$/u, at: 'node-options', form: loadedBy('node'), role: 'install-hook' },
  ...each(/(?:^|\/)\.yarnrc\.yml$/u, ['yarnPath', 'plugins.*.path'], loadedBy('node'), 'install-hook'),
  { files: /(?:^|\/)bunfig\.toml$/u, at: 'preload', form: loadedBy('bun'), role: 'build' },
  { files: /\.gypi?$/u, at: '', form: fragmentsOfGyp, role: 'install-hook' },
  // Servers are declared under these keys in many files: .mcp.json, plugin.json, the settings of desktop clients and editors.
  ...each(
    ANY,
    ['**.mcpServers.*', '**.mcp_servers.*', '**.mcp_config'],
    fragmentsOfInvocation,
    'server-command',
  ),
  { files: /(?:^|\/)\.?mcp\.json$/u, at: 'servers.*', form: fragmentsOfInvocation, role: 'server-command' },
  {
    files: /(?:^|\/)settings\.json$/u,
    at: 'mcp.servers.*',
    form: fragmentsOfInvocation,
    role: 'server-command',
  },
  ...each(AGENT_SETTINGS, ['hooks.**.command', ...AGENT_HELPERS], fragmentsOfCommand, 'agent-hook'),
  ...each(AGENT_PLUGIN, ['hooks.**.command'], fragmentsOfCommand, 'agent-hook'),
  // A plug-in may keep its hooks in a file of any name.
  ...each(ANY, ['hooks.*.*.hooks.*.command'], fragmentsOfCommand, 'agent-hook'),
  ...each(
    /(?:^|\/)\.github\/hooks\/[^/]+\.json$/u,
    ['hooks.**.command', 'hooks.**.bash'],
    fragmentsOfCommand,
    'agent-hook',
  ),
  {
    files: /(?:^|\/)\.github\/hooks\/[^/]+\.json$/u,
    at: 'hooks.**.powershell',
    form: (node, role, text) => fragmentsOfCommand(node, role, text, 'powershell'),
    role: 'agent-hook',
  },
  { files: /\.kiro\.hook$/u, at: 'then.command', form: fragmentsOfCommand, role: 'agent-hook' },
  { files: /(?:^|\/)\.codex\/config\.toml$/u, at: 'notify', form: fragmentsOfCommand, role: 'agent-hook' },
  { files: WORKFLOW, at: 'jobs.*.steps.*', form: fragmentsOfStep, role: 'ci' },
  { files: ACTION, at: 'runs.steps.*', form: fragmentsOfStep, role: 'ci' },
  ...['script', 'before_script', 'after_script'].flatMap((key) =>
    each(GITLAB, [key, `*.${key}`, `*.*.${key}`], fragmentsOfCommands, 'ci'),
  ),
  ...each(
    /(?:^|\/)\.travis\.yml$/u,
    ['before_install', 'install', 'before_script', 'script', 'after_success'],
    fragmentsOfCommands,
    'ci',
  ),
  ...each(
    /(?:^|\/)\.circleci\/[^/]+\.yml$/u,
    ['**.steps.*.run', '**.steps.*.run.command'],
    fragmentsOfCommand,
    'ci',
  ),
  ...each(/(?:^|\/)azure-pipelines[^/]*\.ya?ml$/u, ['**.script', '**.bash'], fragmentsOfCommand, 'ci'),
  {
    files: /(?:^|\/)\.pre-commit-config\.ya?ml$/u,
    at: 'repos.*.hooks.*',
    form: fragmentsOfCommitHook,
    role: 'build',
  },
  { files: /(?:^|\/)\.pre-commit-hooks\.ya?ml$/u, at: '*', form: fragmentsOfCommitHook, role: 'build' },
  { files: /(?:^|\/)\.?lefthook(?:-local)?\.ya?ml$/u, at: '**.run', form: fragmentsOfCommand, role: 'build' },
  ...each(
    COMPOSE,
    ['command', 'entrypoint', 'healthcheck.test'].map((key) => `services.*.${key}`),
    fragmentsOfCommand,
    'build',
  ),
  { files: COMPOSE, at: 'services.*', form: fragmentsOfService, role: 'build' },
  { files: DEVCONTAINER, at: 'initializeCommand', form: fragmentsOfCommand, role: 'install-hook' },
  ...each(DEVCONTAINER, DEVCONTAINER_COMMANDS, fragmentsOfCommand, roleOfContainerCommand),
  { files: TASKS, at: 'tasks.*', form: fragmentsOfTask, role: roleOfTask },
  { files: WORKSPACE, at: 'tasks.tasks.*', form: fragmentsOfTask, role: roleOfTask },
  {
    files: /(?:^|\/)\.vscode\/launch\.json$/u,
    at: 'configurations.*',
    form: fragmentsOfLaunch,
    role: 'build',
  },
  { files: WORKSPACE, at: 'launch.configurations.*', form: fragmentsOfLaunch, role: 'build' },
  ...each(
    /(?:^|\/)\.gitpod\.ya?ml$/u,
    ['before', 'init', 'command'].map((key) => `tasks.*.${key}`),
    fragmentsOfCommand,
    'install-hook',
  ),
  ...each(/(?:^|\/)tox\.ini$/u, ['*.commands', '*.commands_pre'], fragmentsOfCommand, 'build'),
  ...each(
    PYPROJECT,
    ['tool.pdm.scripts.*', 'tool.poe.tasks.*', 'tool.taskipy.tasks.*', 'tool.hatch.envs.*.scripts.*'],
    fragmentsOfCommand,
    'build',
  ),
  {
    files: /(?:^|\/)(?:meta|recipe)\.ya?ml$/u,
    at: 'build.script',
    form: fragmentsOfCommands,
    role: 'install-hook',
  },
  ...each(TASKFILE, ['tasks.*.cmds', 'tasks.*.cmd', 'tasks.*.cmds.*.cmd'], fragmentsOfCommands, 'build'),
  { files: MISE, at: 'hooks.*', form: fragmentsOfCommands, role: 'install-hook' },
  { files: MISE, at: 'tasks.*.run', form: fragmentsOfCommands, role: 'build' },
  ...each(
    /(?:^|\/)pixi\.toml$/u,
    ['tasks.*', 'tasks.*.cmd', 'feature.*.tasks.*'],
    fragmentsOfCommand,
    'build',
  ),
  ...each(
    /(?:^|\/)project\.json$/u,
    ['targets.*.command', 'targets.*.options.command', 'targets.*.options.commands.*'],
    fragmentsOfCommand,
    'build',
  ),
  ...each(PACKAGE, ['wireit.*.command', 'nx.targets.*.options.command'], fragmentsOfCommand, 'build'),
  ...each(PYPROJECT, ['tool.pixi.tasks.*', 'tool.pixi.tasks.*.cmd'], fragmentsOfCommand, 'build'),
  ...each(DENO, ['tasks.*'], fragmentsOfCommand, 'build'),
  ...each(/(?:^|\/)\.cursor\/environment\.json$/u, ['install', 'start'], fragmentsOfCommand, 'install-hook'),
  {
    files: /(?:^|\/)\.cursor\/environment\.json$/u,
    at: 'terminals.*.command',
    form: fragmentsOfCommand,
    role: 'install-hook',
  },
  ...each(/(?:^|\/)\.zed\/tasks\.json$/u, ['*'], fragmentsOfInvocation, 'build'),
  ...each(ANY, ['**.context_servers.*', '**.lspServers.*'], fragmentsOfInvocation, 'server-command'),
  {
    files: /(?:^|\/)opencode\.jsonc?$/u,
    at: 'mcp.*.command',
    form: fragmentsOfCommand,
    role: 'server-command',
  },
  {
    files: /(?:^|\/)\.vscode\/settings\.json$/u,
    at: '',
    form: fragmentsOfTerminals,
    role: 'agent-hook',
  },
  { files: WORKSPACE, at: 'settings', form: fragmentsOfTerminals, role: 'agent-hook' },
  { files: /(?:^|\/)\.npmrc$/u, at: 'script-shell', form: fragmentsOfCommand, role: 'install-hook' },
  ...each(GIT_CONFIG, GIT_COMMANDS, fragmentsOfGitSetting, 'install-hook'),
  ...DEPLOYMENT_PLACES,
];
