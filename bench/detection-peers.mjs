// Other scanners on the same cases: how each is started and how its answer reads. None is given a network, a key or a model.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Levels of a verdict. */
export const [APPROVE, REVIEW, REJECT] = [0, 1, 2];

const bySeverity = (severities) =>
  severities.some((each) => /^(?:critical|high)$/i.test(each))
    ? REJECT
    : severities.some((each) => /^medium$/i.test(each))
      ? REVIEW
      : APPROVE;

/** The first JSON object in an output that may begin with warnings. */
const jsonIn = (output) => JSON.parse(output.slice(output.search(/^\s*[[{]/m)));

/**
 * Scanners that install from PyPI. `corpora`: the labelled sets that are about what it looks for; `units`: the same for honest software;
 * `judge` turns its output into a level and, where it names lines, findings.
 */
export const PEERS = {
  bandit: {
    corpora: ['bandit-examples', 'rlenv-transplant', 'vulnerable-mcp', 'semgrep-python', 'guarddog'],
    units: /^(?:gym|min|nas|nes|openai-(?:gym|procgen)|openenv|verifiers)/,
    arguments: (folder) => ['-r', '-q', '-f', 'json', folder],
    version: ['--version'],
    judge(output) {
      const { results } = jsonIn(output);
      return {
        level: bySeverity(results.map((each) => each.issue_severity)),
        findings: results.map((each) => ({ file: each.filename, line: each.line_number })),
      };
    },
  },
  guarddog: {
    corpora: ['guarddog', 'rlenv-transplant'],
    units: /^mcp-servers/,
    arguments: (folder) => ['pypi', 'scan', folder, '--output-format', 'json'],
    version: ['--version'],
    judge(output) {
      const { results = {}, risks = [] } = jsonIn(output);
      const threats = Object.entries(results).filter(
        ([name, found]) => name.startsWith('threat-') && Object.keys(found ?? {}).length > 0,
      );
      const level =
        risks.length > 0 ? bySeverity(risks.map(({ severity }) => severity ?? 'medium')) : APPROVE;
      return { level: Math.max(level, threats.length > 0 ? REVIEW : APPROVE), findings: [] };
    },
  },
  'skill-scanner': {
    corpora: ['cisco-skill-scanner', 'skillspector', 'small-skill-sets', 'skillfortify-bench'],
    units: /skills|superpowers/,
    arguments: (folder) => ['scan', folder, '--format', 'json'],
    version: ['--version'],
    folderOf: 'SKILL.md',
    judge(output) {
      const { findings } = jsonIn(output);
      return { level: bySeverity(findings.map(({ severity }) => severity)), findings: [] };
    },
  },
  'detect-secrets': {
    corpora: ['leaky-repo', 'noseyparker-examples'],
    units: null,
    // It leaves out what does not lie below the folder it is started in.
    arguments: () => ['scan', '--all-files', '.'],
    startsIn: true,
    version: ['--version'],
    judge: (output) => ({
      level: Object.keys(jsonIn(output).results).length > 0 ? REVIEW : APPROVE,
      findings: [],
    }),
  },
  picklescan: {
    corpora: ['picklescan-data'],
    units: null,
    arguments: (folder) => ['-p', folder],
    version: null,
    judge: (output) => ({
      level: /Dangerous globals: [1-9]/.test(output)
        ? REJECT
        : /Suspicious globals: [1-9]/.test(output)
          ? REVIEW
          : APPROVE,
      findings: [],
    }),
  },
};

/** Where a scanner's program lies in the folders given, or on PATH; null when it is not there. */
export function programOf(name, folders) {
  const all = [...folders, ...(process.env['PATH'] ?? '').split(delimiter)];
  return all.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** What a scanner says of its version, on one line; empty when it does not say. */
export async function versionOf(name, program) {
  const options = PEERS[name].version;
  if (options === null) return '';
  const { stdout, stderr } = await run(program, options, { timeout: 60_000 }).catch((error) => error);
  return /\d+\.\d+(?:\.\d+)?/.exec(`${stdout} ${stderr}`)?.[0] ?? '';
}

/**
 * What a scanner says of a folder. Scanners end with all sorts of statuses; what counts is what they print.
 * @returns null when it printed nothing that can be read
 */
export async function judgeWith(name, program, folder) {
  const peer = PEERS[name];
  const options = {
    timeout: 120_000,
    ...(peer.startsIn === true ? { cwd: folder } : {}),
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  };
  const { stdout = '' } = await run(program, peer.arguments(folder), options).catch((error) => error);
  try {
    return peer.judge(stdout);
  } catch {
    return null;
  }
}
