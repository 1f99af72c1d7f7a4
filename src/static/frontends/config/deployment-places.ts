import { fragmentsOfCommand, fragmentsOfCommands } from './command-fragments.ts';
import { fragmentsOfBuildStep, fragmentsOfContainer, fragmentsOfPlay } from './deployment-forms.ts';
import { each, type RunnablePlace } from './runnable-place.ts';

const YAML = /\.ya?ml$/u;

/** What clusters, hosts of pages and other platforms run of somebody's files; each from the platform's manual. */
export const DEPLOYMENT_PLACES: readonly RunnablePlace[] = [
  // Kubernetes: a pod may be described in any file, at any depth.
  ...each(YAML, ['**.containers.*', '**.initContainers.*'], fragmentsOfContainer, 'build'),
  ...each(
    YAML,
    ['**.tasks.*', '**.pre_tasks.*', '**.post_tasks.*', '**.handlers.*'],
    fragmentsOfPlay,
    'build',
  ),
  { files: /(?:^|\/)(?:tasks|handlers)\/[^/]+\.ya?ml$/u, at: '*', form: fragmentsOfPlay, role: 'build' },
  {
    files: /(?:^|\/)cloudbuild[^/]*\.(?:ya?ml|json)$/u,
    at: 'steps.*',
    form: fragmentsOfBuildStep,
    role: 'ci',
  },
  { files: /(?:^|\/)dvc\.yaml$/u, at: 'stages.*.cmd', form: fragmentsOfCommands, role: 'build' },
  { files: /(?:^|\/)mlproject$/iu, at: 'entry_points.*.command', form: fragmentsOfCommand, role: 'build' },
  ...each(
    /(?:^|\/)netlify\.toml$/u,
    ['build.command', 'build.ignore', 'context.*.command'],
    fragmentsOfCommand,
    'build',
  ),
  ...each(
    /(?:^|\/)vercel\.json$/u,
    ['buildCommand', 'installCommand', 'devCommand', 'ignoreCommand'],
    fragmentsOfCommand,
    'build',
  ),
  ...each(
    /(?:^|\/)render\.ya?ml$/u,
    ['buildCommand', 'startCommand', 'preDeployCommand'].map((key) => `services.*.${key}`),
    fragmentsOfCommand,
    'build',
  ),
  ...each(
    /(?:^|\/)railway\.(?:json|toml)$/u,
    ['build.buildCommand', 'deploy.startCommand', 'deploy.preDeployCommand'],
    fragmentsOfCommands,
    'build',
  ),
  ...each(/(?:^|\/)nixpacks\.toml$/u, ['phases.*.cmds', 'start.cmd'], fragmentsOfCommands, 'build'),
  ...each(/(?:^|\/)fly\.toml$/u, ['deploy.release_command', 'processes.*'], fragmentsOfCommand, 'build'),
  ...each(/(?:^|\/)wrangler\.(?:toml|jsonc?)$/u, ['build.command'], fragmentsOfCommand, 'build'),
];
