import type { Fragment, FragmentRole, Language } from '../../../model/program.ts';
import { fragmentsOfCommand, fragmentsOfCommands, fragmentsOfInvocation } from './command-fragments.ts';
import { nodesAt, textOf, valueAt } from './document.ts';
import type { ConfigNode } from './document.ts';

type RoleOf = (key: string, node: ConfigNode) => FragmentRole;
type Lower = (node: ConfigNode, role: FragmentRole, text: string) => Fragment[];

/** What stands at a path of a file, who runs it, and in which form it is written. */
interface RunnablePlace {
  /** On the path of the file, with `/`. */
  readonly files: RegExp;
  /** As in {@link nodesAt}. */
  readonly at: string;
  readonly form: Lower;
  readonly role: FragmentRole | RoleOf;
}

/** Scripts that `npm install` runs by itself, in the package or for a git dependency (npm documentation, "scripts"). */
const NPM_INSTALL_SCRIPTS =
  /^(?:(?:pre|post)?install|(?:pre|post)?prepare|prepublish|(?:pre|post)pack|dependencies)$/u;

const AGENT_SETTINGS =
  /(?:^|\/)\.(?:claude|codex|gemini|qwen|cursor)\/(?:settings(?:\.local)?|hooks)\.json$/u;
const AGENT_PLUGIN = /(?:^|\/)(?:(?:\.[\w-]+-plugin\/)?plugin|hooks\/[\w.-]+|hooks)\.json$/u;
const WORKFLOW = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/u;
const ACTION = /(?:^|\/)action\.ya?ml$/u;
const GITLAB = /(?:^|\/)(?:\.gitlab-ci|[^/]+\.gitlab-ci)\.ya?ml$/u;
const COMPOSE = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/u;
const DEVCONTAINER = /(?:^|\/)\.?devcontainer(?:\/[^/]+)?\.json$|(?:^|\/)\.devcontainer\/.*\.json$/u;
const TASKS = /(?:^|\/)(?:\.vscode\/)?tasks\.json$/u;
const ANY = /(?:)/u;

const DEVCONTAINER_COMMANDS = [
  'initializeCommand',
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

const PLACES: readonly RunnablePlace[] = [
  {
    files: /(?:^|\/)package\.json$/u,
    at: 'scripts.*',
    form: fragmentsOfCommand,
    role: (key) => (NPM_INSTALL_SCRIPTS.test(key) ? 'install-hook' : 'build'),
  },
  // Servers are declared under these keys in many files: .mcp.json, plugin.json, the settings of desktop clients and editors.
  { files: ANY, at: '**.mcpServers.*', form: fragmentsOfInvocation, role: 'server-command' },
  { files: ANY, at: '**.mcp_servers.*', form: fragmentsOfInvocation, role: 'server-command' },
  { files: ANY, at: '**.mcp_config', form: fragmentsOfInvocation, role: 'server-command' },
  { files: /(?:^|\/)\.?mcp\.json$/u, at: 'servers.*', form: fragmentsOfInvocation, role: 'server-command' },
  {
    files: /(?:^|\/)settings\.json$/u,
    at: 'mcp.servers.*',
    form: fragmentsOfInvocation,
    role: 'server-command',
  },
  { files: AGENT_SETTINGS, at: 'hooks.**.command', form: fragmentsOfCommand, role: 'agent-hook' },
  ...AGENT_HELPERS.map((at): RunnablePlace => ({
    files: AGENT_SETTINGS,
    at,
    form: fragmentsOfCommand,
    role: 'agent-hook',
  })),
  { files: AGENT_PLUGIN, at: 'hooks.**.command', form: fragmentsOfCommand, role: 'agent-hook' },
  { files: WORKFLOW, at: 'jobs.*.steps.*', form: fragmentsOfStep, role: 'ci' },
  { files: ACTION, at: 'runs.steps.*', form: fragmentsOfStep, role: 'ci' },
  ...['script', 'before_script', 'after_script'].flatMap((key): RunnablePlace[] => [
    { files: GITLAB, at: key, form: fragmentsOfCommands, role: 'ci' },
    { files: GITLAB, at: `*.${key}`, form: fragmentsOfCommands, role: 'ci' },
    { files: GITLAB, at: `*.*.${key}`, form: fragmentsOfCommands, role: 'ci' },
  ]),
  ...['before_install', 'install', 'before_script', 'script', 'after_success'].map((at): RunnablePlace => ({
    files: /(?:^|\/)\.travis\.yml$/u,
    at,
    form: fragmentsOfCommands,
    role: 'ci',
  })),
  { files: /(?:^|\/)\.circleci\/[^/]+\.yml$/u, at: '**.steps.*.run', form: fragmentsOfCommand, role: 'ci' },
  {
    files: /(?:^|\/)\.circleci\/[^/]+\.yml$/u,
    at: '**.steps.*.run.command',
    form: fragmentsOfCommand,
    role: 'ci',
  },
  { files: /(?:^|\/)azure-pipelines[^/]*\.ya?ml$/u, at: '**.script', form: fragmentsOfCommand, role: 'ci' },
  { files: /(?:^|\/)azure-pipelines[^/]*\.ya?ml$/u, at: '**.bash', form: fragmentsOfCommand, role: 'ci' },
  {
    files: /(?:^|\/)\.pre-commit-config\.ya?ml$/u,
    at: 'repos.*.hooks.*.entry',
    form: fragmentsOfCommand,
    role: 'build',
  },
  { files: /(?:^|\/)\.pre-commit-hooks\.ya?ml$/u, at: '*.entry', form: fragmentsOfCommand, role: 'build' },
  ...['command', 'entrypoint', 'healthcheck.test'].map((key): RunnablePlace => ({
    files: COMPOSE,
    at: `services.*.${key}`,
    form: fragmentsOfCommand,
    role: 'build',
  })),
  ...DEVCONTAINER_COMMANDS.map((at): RunnablePlace => ({
    files: DEVCONTAINER,
    at,
    form: fragmentsOfCommand,
    role: 'install-hook',
  })),
  {
    files: TASKS,
    at: 'tasks.*',
    form: fragmentsOfTask,
    role: (_, task) =>
      textOf(valueAt(task, 'runOptions', 'runOn')) === 'folderOpen' ? 'agent-hook' : 'build',
  },
  ...['before', 'init', 'command'].map((key): RunnablePlace => ({
    files: /(?:^|\/)\.gitpod\.ya?ml$/u,
    at: `tasks.*.${key}`,
    form: fragmentsOfCommand,
    role: 'install-hook',
  })),
  { files: /(?:^|\/)tox\.ini$/u, at: '*.commands', form: fragmentsOfCommand, role: 'build' },
  { files: /(?:^|\/)tox\.ini$/u, at: '*.commands_pre', form: fragmentsOfCommand, role: 'build' },
];

/** Everything in a configuration file that something runs: hooks, servers, steps of a pipeline, tasks. */
export function fragmentsIn(root: ConfigNode, path: string, text: string): Fragment[] {
  const fragments: Fragment[] = [];
  for (const place of PLACES) {
    if (!place.files.test(path)) continue;
    for (const { key, node } of nodesAt(root, place.at)) {
      const role = typeof place.role === 'string' ? place.role : place.role(key, node);
      fragments.push(...place.form(node, role, text));
    }
  }
  return fragments;
}

/** A step of a GitHub workflow: `run` in the language of `shell`, and the program handed to `actions/github-script`. */
function fragmentsOfStep(step: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const shell = textOf(valueAt(step, 'shell')) ?? 'bash';
  const language: Language = /^python/u.test(shell)
    ? 'python'
    : /^(?:node|bun)/u.test(shell)
      ? 'javascript'
      : /^(?:pwsh|powershell|cmd)/u.test(shell)
        ? 'text'
        : 'shell';
  const run = fragmentsOfCommand(valueAt(step, 'run'), role, text, language);
  if (!(textOf(valueAt(step, 'uses')) ?? '').startsWith('actions/github-script')) return run;
  return [...run, ...fragmentsOfCommand(valueAt(step, 'with', 'script'), role, text, 'javascript')];
}

/** A task of an editor, with what it does instead on some systems. */
function fragmentsOfTask(task: ConfigNode, role: FragmentRole, text: string): Fragment[] {
  const variants = ['windows', 'linux', 'osx'].flatMap((system) => valueAt(task, system) ?? []);
  return [task, ...variants].flatMap((each) => fragmentsOfInvocation(each, role, text));
}
