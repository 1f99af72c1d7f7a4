import { describe, expect, it } from 'vitest';
import { roleOfContainerCommand } from '../../../../src/static/frontends/config/dev-containers.ts';
import type { ConfigNode } from '../../../../src/static/frontends/config/document.ts';

const span = { start: 0, end: 0 };

/** A value of JSON as a document holds it. */
function node(value: unknown): ConfigNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(node), span };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => ({ key, value: node(item) }));
    return { kind: 'map', entries, span };
  }
  return { kind: 'scalar', value: value as string | number | boolean | null, span, block: null };
}

function roleIn(settings: Readonly<Record<string, unknown>>): string {
  return roleOfContainerCommand('', node('a'), node({ postCreateCommand: 'a', ...settings }));
}

describe('commands of dev containers', () => {
  it.each([
    { image: 'debian:12' },
    { build: { dockerfile: 'Dockerfile' }, runArgs: ['--cap-add=NET_ADMIN', '--network=host'] },
    { image: 'debian:12', mounts: ['source=history-${devcontainerId},target=/history,type=volume'] },
    { image: 'debian:12', mounts: ['source=/var/run/docker.sock,target=/var/run/docker.sock,type=bind'] },
    { image: 'debian:12', mounts: [{ source: 'cache', target: '/cache', type: 'volume' }] },
    { image: 'debian:12', workspaceMount: 'source=${localWorkspaceFolder},target=/workspace,type=bind' },
  ])('run inside: %j', (settings) => {
    expect(roleIn(settings)).toBe('build');
  });

  it.each([
    {},
    { dockerComposeFile: 'compose.yml', image: 'debian:12' },
    { image: 'debian:12', mounts: ['source=${localEnv:HOME},target=/home/me,type=bind'] },
    { image: 'debian:12', mounts: ['target=/host,type=bind,source=/'] },
    { image: 'debian:12', mounts: ['src=/var/run/docker.sock/../..,target=/host,type=bind'] },
    { image: 'debian:12', mounts: [{ source: '/', target: '/host', type: 'bind' }] },
    { image: 'debian:12', mounts: [{ type: 'bind', src: '${localEnv:USERPROFILE}', target: '/host' }] },
    { image: 'debian:12', workspaceMount: 'source=${localWorkspaceFolder}/../..,target=/w,type=bind' },
    { image: 'debian:12', runArgs: ['-v', '/:/host'] },
    { image: 'debian:12', runArgs: ['--volume=/home:/host'] },
    { image: 'debian:12', runArgs: ['--cap-add', 'ALL'] },
    { image: 'debian:12', runArgs: ['--cap-add=SYS_ADMIN'] },
    { image: 'debian:12', runArgs: ['--pid=host'] },
    { image: 'debian:12', privileged: true },
  ])('may reach the machine: %j', (settings) => {
    expect(roleIn(settings)).toBe('install-hook');
  });
});
