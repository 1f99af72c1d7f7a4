import type { Language } from '../../model/program.ts';

function table<V>(entries: readonly (readonly [V, string])[]): ReadonlyMap<string, V> {
  const found = new Map<string, V>();
  for (const [value, names] of entries) {
    for (const name of names.split(' ')) {
      found.set(name, value);
    }
  }
  return found;
}

/** Languages by file extension, lower case, without the dot. A `.pth` file holds lines that Python runs at start-up. */
export const LANGUAGE_BY_EXTENSION: ReadonlyMap<string, Language> = table<Language>([
  ['python', 'py pyw pyi pyt pth'],
  ['javascript', 'js mjs cjs jsx es6'],
  ['typescript', 'ts mts cts tsx'],
  ['shell', 'sh bash zsh ksh dash ash bats command ebuild'],
  ['markdown', 'md markdown mdown mkd mdx mdc'],
  ['json', 'json jsonc json5 webmanifest code-workspace gyp gypi'],
  ['yaml', 'yaml yml'],
  ['toml', 'toml'],
  ['ini', 'ini cfg pypirc npmrc editorconfig flake8 pylintrc coveragerc'],
  ['makefile', 'mk mak make just'],
  ['dockerfile', 'dockerfile containerfile'],
  ['notebook', 'ipynb'],
  ['pickle', 'pkl pickle pck joblib'],
  ['powershell', 'ps1 psm1 psd1'],
  ['ruby', 'rb rbw rake gemspec ru podspec thor jbuilder rabl'],
  ['go', 'go'],
  ['batch', 'bat cmd'],
  ['html', 'html htm xhtml shtml svg vue svelte astro erb rhtml ejs hta'],
]);

/** Languages by whole file name, lower case. */
export const LANGUAGE_BY_NAME: ReadonlyMap<string, Language> = table<Language>([
  ['makefile', 'makefile gnumakefile bsdmakefile justfile .justfile'],
  ['dockerfile', 'dockerfile containerfile'],
  ['python', 'sconstruct sconscript wscript'],
  [
    'shell',
    '.bashrc .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .kshrc .envrc pkgbuild apkbuild',
  ],
  [
    'ruby',
    'gemfile rakefile vagrantfile podfile brewfile fastfile appfile matchfile pluginfile dangerfile guardfile capfile thorfile berksfile puppetfile cheffile buildfile .irbrc .pryrc .simplecov',
  ],
  ['yaml', 'mlproject'],
  ['toml', 'pipfile poetry.lock uv.lock pdm.lock cargo.lock'],
  ['json', 'pipfile.lock composer.lock .babelrc .eslintrc .prettierrc deno.lock flake.lock'],
  [
    'ini',
    'pip.conf .gitconfig gitconfig .gitmodules .flake8 .coveragerc .pylintrc .pypirc .npmrc .editorconfig',
  ],
  // A package's metadata ends with its README.
  ['markdown', '.cursorrules .windsurfrules .clinerules .goosehints metadata pkg-info'],
]);

/** Languages by the interpreter that a first line (`#!…`) names, without its version. */
export const LANGUAGE_BY_INTERPRETER: ReadonlyMap<string, Language> = table<Language>([
  ['python', 'python pythonw pypy ipython micropython uv pipx'],
  ['shell', 'sh bash dash ash zsh ksh mksh busybox bats'],
  ['javascript', 'node nodejs deno bun gjs'],
  ['typescript', 'ts-node tsx'],
  ['makefile', 'make gmake just'],
  ['powershell', 'pwsh powershell'],
  ['ruby', 'ruby jruby truffleruby rake irb rackup macruby'],
]);

/** Languages that an interpreter runs as they stand and that no frontend reads, by extension or interpreter. */
export const UNREAD_SCRIPTS: ReadonlyMap<string, string> = table([
  ['Perl', 'pl pm perl'],
  ['PHP', 'php phtml phar'],
  ['Lua', 'lua luajit'],
  ['Visual Basic Script', 'vbs vbe wsf'],
  ['JScript', 'jse'],
  ['R', 'r rscript'],
  ['Tcl', 'tcl tclsh wish expect'],
  ['AWK', 'awk gawk mawk'],
  ['sed', 'sed'],
  ['AppleScript', 'applescript osascript'],
  ['Groovy', 'groovy gradle'],
  ['Julia', 'jl julia'],
  ['Elixir', 'ex exs elixir'],
  ['Clojure', 'clj cljs bb'],
  ['fish', 'fish'],
  ['Nushell', 'nu'],
  ['xonsh', 'xsh xonsh'],
  ['C shell', 'csh tcsh'],
  ['Emacs Lisp', 'el emacs'],
  ['Vim script', 'vim'],
  ['GDScript', 'gd'],
  ['Nix', 'nix'],
  ['CoffeeScript', 'coffee'],
  ['Haskell', 'runhaskell'],
]);

/** The same by whole file name, lower case. */
export const UNREAD_SCRIPT_NAMES: ReadonlyMap<string, string> = table([
  ['Groovy', 'jenkinsfile'],
  ['R', '.rprofile'],
]);

/** Languages that are compiled before they run, and their build files: the build, not the file, is what runs. */
export const UNREAD_SOURCES: ReadonlyMap<string, string> = table([
  ['C', 'c h'],
  ['C++', 'cc cpp cxx c++ hpp hh hxx inl ipp'],
  ['CUDA', 'cu cuh'],
  ['Cython', 'pyx pxd pxi'],
  ['Rust', 'rs'],
  ['Java', 'java'],
  ['Kotlin', 'kt kts'],
  ['Scala', 'scala'],
  ['Swift', 'swift'],
  ['Objective-C', 'm mm'],
  ['C#', 'cs'],
  ['F#', 'fs fsx'],
  ['Fortran', 'f f77 f90 f95 f03'],
  ['Zig', 'zig'],
  ['Nim', 'nim'],
  ['D', 'd'],
  ['Dart', 'dart'],
  ['OCaml', 'ml mli'],
  ['Haskell', 'hs'],
  ['Erlang', 'erl'],
  ['assembly', 's asm'],
  ['CMake', 'cmake'],
  ['Starlark', 'bzl star bazel'],
]);

/** Templates of pages that may carry scripts for a browser. */
export const MARKUP_EXTENSIONS: ReadonlySet<string> = new Set('jsp hbs mustache liquid twig'.split(' '));
