import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './inputs.mjs';

/** Installs the newest version of a program from PyPI, wheels only, into an environment of its own, once. */
function installed(name) {
  const environment = join(CACHE, `venv-${name}`);
  const program = join(environment, 'bin', name);
  if (!existsSync(program)) {
    mkdirSync(CACHE, { recursive: true });
    execFileSync('python3', ['-m', 'venv', environment], { cwd: CACHE });
    const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--only-binary', ':all:', name];
    execFileSync(join(environment, 'bin', 'python'), pip, {
      stdio: ['ignore', 'ignore', 'inherit'],
      cwd: CACHE,
    });
  }
  return program;
}

/** `bandit 1.9.4` and what to run for a path, or why not. `$BANDIT` names another one. */
export function bandit() {
  const program = process.env.BANDIT ?? installed('bandit');
  const version = /bandit (\S+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[1];
  return { name: `bandit ${version}`, command: (path) => [program, '-q', '-r', path] };
}

/**
 * semgrep with the rules of a folder: `$SBX_BENCH_SEMGREP_RULES`, a checkout's `python/lang/security` of github.com/semgrep/semgrep-rules.
 * `$SEMGREP` names another program. Nothing is sent anywhere.
 */
export function semgrep() {
  const rules = process.env.SBX_BENCH_SEMGREP_RULES;
  if (rules === undefined) throw new Error('SBX_BENCH_SEMGREP_RULES does not name a folder of rules');
  if (!existsSync(rules)) throw new Error(`${rules} (SBX_BENCH_SEMGREP_RULES) is not there`);
  const program = process.env.SEMGREP ?? installed('semgrep');
  const environment = {
    SEMGREP_SEND_METRICS: 'off',
    SEMGREP_ENABLE_VERSION_CHECK: '0',
    PATH: `${join(program, '..')}:${process.env.PATH}`,
  };
  const version = execFileSync(program, ['--version'], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  }).trim();
  const options = [
    'scan',
    '--metrics=off',
    '--disable-version-check',
    '--quiet',
    '--no-git-ignore',
    '--config',
    rules,
  ];
  return {
    name: `semgrep ${version}`,
    command: (path) => [program, ...options, path],
    environment: () => environment,
  };
}

/** osv-scanner on a list of packages, offline. `$SBX_TOOLS_BIN` names the folder it lies in; else it is looked for on `PATH`. */
export function osvScanner(database, list) {
  const folder = process.env.SBX_TOOLS_BIN ?? '';
  const program = folder === '' ? 'osv-scanner' : join(folder, 'osv-scanner');
  const options = ['--format', 'json', '--all-packages', '--allow-no-lockfiles', '--no-resolve', '--offline'];
  const source = ['--no-call-analysis=all', '--local-db-path', database, '-L', `osv-scanner:${list}`];
  return { name: 'osv-scanner', command: [program, 'scan', 'source', ...options, ...source] };
}
