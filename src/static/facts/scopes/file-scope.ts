import type { Scope } from '../../../model/evidence.ts';
import type { FragmentRole, Language } from '../../../model/program.ts';

const SCOPE_OF_ROLE: Readonly<Record<FragmentRole, Scope>> = {
  example: 'example',
  'install-hook': 'install-hook',
  build: 'build',
  ci: 'ci',
  'agent-hook': 'agent-hook',
  'server-command': 'server-command',
  cell: 'cli-entry',
  script: 'cli-entry',
};

/** The scope of a fragment's outermost code. */
export function scopeOfRole(role: FragmentRole): Scope {
  return SCOPE_OF_ROLE[role];
}

const TEST_PATH =
  /(?:^|\/)(?:tests?|__tests__|testing)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)(?:spec|features)\/(?:[^/]+\/)*[^/]+\.rb$|[^/]_(?:spec|test)\.rb$|[^/]_test\.go$/;

/** The path that was asked about last: each function of a file asks. */
let asked = { path: '', isTest: false };

/** True for files that test runners run and installed packages do not. */
export function isTestPath(path: string): boolean {
  if (asked.path !== path) asked = { path, isTest: TEST_PATH.test(path) };
  return asked.isTest;
}

/** Files that run when a package is installed, by their name alone. */
const INSTALL_FILES =
  /^(?:setup\.py|hatch_build\.py|pdm_build\.py|\.pnpmfile\.[cm]?js|extconf\.rb|mkrf_conf\.rb|rubygems_plugin\.rb|[^/]*\.gemspec)$/;

/** Files in Ruby that tools run for whoever works on the project. */
const RUBY_BUILD_FILES =
  /^(?:Rakefile|Gemfile|Guardfile|Vagrantfile|Podfile|Fastfile|Appfile|Brewfile|Dangerfile|Capfile)(?:\.rb)?$|\.rake$/i;

/** The first line of a program for a shell to start, in the languages whose files hold modules as a rule. */
const PROGRAM_LINE = /^#!\s?\/[^\n]{0,60}\b(?:node|nodejs|bun|deno|tsx|ts-node)\b/;

/** Files by whose name a folder is imported. */
const FOLDER_MODULE = /(?:^|\/)index\.[cm]?[jt]sx?$/;

/**
 * True for a file that says in its first line that it is started, and by its name at least is no folder's module. Whether others import it
 * all the same is not for its own text to say.
 */
export function isProgramText(path: string, text: string): boolean {
  return text.startsWith('#!') && PROGRAM_LINE.test(text.slice(0, 100)) && !FOLDER_MODULE.test(path);
}

/** The scope of a file's outermost code: a script's runs when it is started, a module's when it is imported, setup.py's on install. */
export function scopeOfFile(path: string, language: Language): Scope {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (INSTALL_FILES.test(name)) return 'install-hook';
  if (isTestPath(path)) return 'test';
  if (language === 'shell' || language === 'powershell' || language === 'batch') return 'cli-entry';
  if (language === 'python' || language === 'javascript' || language === 'typescript' || language === 'go')
    return 'import-time';
  if (language === 'ruby') return RUBY_BUILD_FILES.test(name) ? 'build' : 'import-time';
  // A pickle's calls run when it is loaded.
  if (language === 'pickle' || language === 'pyc') return 'import-time';
  if (language === 'makefile' || language === 'dockerfile') return 'build';
  return 'data';
}
