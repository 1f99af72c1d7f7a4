import type { FragmentRole, Language } from '../../../model/program.ts';
import type { Writing } from './outline.ts';

/** How programs and settings of one kind tell another program to run, as far as that can be read without their grammar. */
export interface Family {
  /** On the path of the file, with `/`. */
  readonly files: RegExp;
  readonly role: FragmentRole;
  /** Absent: only whole lines are looked at. */
  readonly writing?: Writing;
  /** Names of calls that start a program, the sign before what they are given included. */
  readonly calls?: RegExp;
  /** Calls that are made of what such a call gives, and give it further words. */
  readonly chained?: RegExp;
  /** In front of a text, or of several with commas between, that is a command. */
  readonly keys?: RegExp;
  /** Lines that hold a command, as their first group. */
  readonly lines?: RegExp;
  /** What lines hold; absent: a shell's. */
  readonly language?: Language;
}

const C_LIKE: Writing = { comments: ['//'], quotes: '"' };
const SCRIPT: Writing = { comments: ['#'], quotes: `"'` };

/** The kinds that are known. Sources: the manuals of each tool. */
export const FAMILIES: readonly Family[] = [
  {
    files: /\.rs$/iu,
    role: 'script',
    writing: C_LIKE,
    calls: /\b(?:Command::new|Exec::(?:cmd|shell)|cmd!|cmd_lib::run_cmd!|libc::system)\s{0,4}\(/gu,
    chained: /\s{0,200}\.\s{0,4}args?\s{0,4}\(/uy,
  },
  {
    files: /\.(?:java|kts?|scala|groovy|gradle)$|(?:^|\/)jenkinsfile$/iu,
    role: 'build',
    writing: { comments: ['//'], quotes: `"'` },
    calls: /(?:\bProcessBuilder|\.exec|\bcommandLine|\b(?:ba)?sh|\bpowershell|\bbat)\s{0,4}\(/gu,
    keys: /\b(?:commandLine|sh|bat|powershell|pwsh)(?=[ \t]{1,8}")|\bscript\s{0,4}:\s{0,8}(?=")/gu,
  },
  {
    files: /\.(?:c|cc|cpp|cxx|c\+\+|h|hpp|hh|cu|mm?|zig|d)$/iu,
    role: 'script',
    writing: C_LIKE,
    calls:
      /\b(?:system|_wsystem|popen|_popen|exec[lv]p?e?|posix_spawnp?|ShellExecute[AW]?|WinExec|spawnShell|executeShell)\s{0,4}\(/gu,
  },
  {
    files: /\.(?:cs|fsx?|swift|dart|nim)$/iu,
    role: 'script',
    writing: C_LIKE,
    calls:
      /\b(?:Process\.(?:Start|run|runSync)|ProcessStartInfo|execShellCmd|execCmd|execProcess)\s{0,4}\(/gu,
    keys: /\b(?:arguments|Arguments)\s{0,4}=\s{0,4}\[?(?=")/gu,
  },
  {
    files: /\.(?:php|phtml)$/iu,
    role: 'script',
    writing: { comments: ['//', '#'], quotes: `"'\`` },
    calls: /\b(?:system|exec|shell_exec|passthru|popen|proc_open|pcntl_exec)\s{0,4}\(/gu,
  },
  {
    files: /\.(?:pl|pm)$/iu,
    role: 'script',
    writing: SCRIPT,
    calls: /\b(?:system|exec|qx)\s{0,4}\(/gu,
    keys: /\b(?:system|exec)(?=\s{1,4}")/gu,
  },
  {
    files: /\.lua$/iu,
    role: 'script',
    writing: { comments: ['--'], quotes: `"'` },
    calls: /\b(?:os\.execute|io\.popen|vim\.fn\.(?:system|jobstart)|vim\.system)\s{0,4}\(/gu,
  },
  {
    files: /\.(?:r|jl)$|(?:^|\/)\.rprofile$/iu,
    role: 'script',
    writing: SCRIPT,
    calls: /\b(?:system2?|shell|shell\.exec|pipe)\s{0,4}\(/gu,
    keys: /\brun\s{0,4}\(\s{0,4}(?=`)/gu,
  },
  {
    files: /\.(?:exs?|hs|ml|el|clj|tcl)$|(?:^|\/)\.dir-locals\.el$/iu,
    role: 'script',
    writing: { comments: [';', '#'], quotes: '"' },
    calls:
      /\b(?:System\.(?:cmd|shell)|Sys\.command|callCommand|shell-command(?:-to-string)?|call-process|start-process|Port\.open)\s{0,4}\(?/gu,
    keys: /\b(?:shell-command(?:-to-string)?|async-shell-command|Sys\.command|callCommand|system|exec)\s{1,4}(?=")/gu,
  },
  {
    files: /\.(?:applescript|scpt)$/iu,
    role: 'script',
    writing: { comments: ['--', '#'], quotes: '"' },
    keys: /\bdo shell script\s{1,4}(?=")/gu,
  },
  {
    files: /\.(?:vbs|wsf)$/iu,
    role: 'script',
    writing: { comments: [], quotes: '"', isDoubled: true },
    calls: /\.(?:Run|Exec|ShellExecute)\s{0,4}\(/giu,
    keys: /\.(?:Run|Exec|ShellExecute)\s{1,4}(?=")/giu,
    language: 'batch',
  },
  {
    files: /(?:^|\/)cmakelists\.txt$|\.cmake$/iu,
    role: 'build',
    lines: /\bCOMMAND\s{1,40}([^\n)]{1,2000})/gu,
  },
  {
    files:
      /(?:^|\/)(?:meson\.build|meson\.options|build(?:\.bazel)?|workspace(?:\.bazel)?)$|\.(?:bzl|bazel|star)$/iu,
    role: 'build',
    writing: SCRIPT,
    calls: /\b(?:run_command|custom_target|execute)\s{0,4}\(/gu,
    keys: /\bcmd\s{0,4}=\s{0,4}(?=")/gu,
  },
  {
    files: /\.(?:tf|hcl|nomad|pkr)$/iu,
    role: 'build',
    writing: { comments: ['#', '//'], quotes: '"' },
    keys: /\b(?:command|inline|program)\s{0,8}=\s{0,4}\[?\s{0,40}(?=")/gu,
  },
  {
    files: /\.nix$/iu,
    role: 'build',
    writing: { comments: ['#'], quotes: '"' },
    keys: /\b(?:\w*[Hh]ook|\w*Phase|\w*[Ss]cript)\s{0,4}=\s{0,4}(?=")/gu,
  },
  {
    files: /(?:^|\/)snakefile$|\.smk$/iu,
    role: 'build',
    writing: SCRIPT,
    keys: /\bshell\s{0,4}:\s{0,400}(?=")/gu,
    calls: /\bshell\s{0,4}\(/gu,
  },
  {
    files: /(?:^|\/)\.?justfile$|\.just$/iu,
    role: 'build',
    lines: /^[ \t]{1,40}[@-]{0,2}([^\s#][^\n]{0,2000})/gmu,
  },
  {
    files: /(?:^|\/)procfile(?:\.\w+)?$/iu,
    role: 'build',
    lines: /^[\w-]{1,60}:[ \t]{0,40}([^\n]{1,2000})/gmu,
  },
  {
    files: /(?:^|\/)\.?tmux\.conf$/iu,
    role: 'install-hook',
    lines:
      /^[ \t]{0,40}(?:run(?:-shell)?|if(?:-shell)?)[ \t]{1,8}(?:-\w[ \t]{1,8}){0,3}["']?([^\n]{1,2000}?)["']?[ \t]{0,8}$/gmu,
  },
  {
    files: /(?:^|\/)\.?(?:vimrc|exrc|gvimrc|nvimrc)$|\.vim$/iu,
    role: 'install-hook',
    lines: /^(?:[^\n"]{0,200}[ \t])?:?(?:sil(?:ent)?!?[ \t]{1,4})?!([^\n]{1,2000})/gmu,
    writing: { comments: [], quotes: `"'` },
    calls: /\b(?:system(?:list)?|job_start|jobstart|termopen)\s{0,4}\(/gu,
  },
  {
    files: /(?:^|\/)\.?(?:gdbinit|lldbinit)(?:-\w+)?$/iu,
    role: 'install-hook',
    lines: /^[ \t]{0,40}(?:(?:platform[ \t]{1,4})?shell|!|pipe|make)[ \t]{0,8}([^\n]{1,2000})/gmu,
  },
  {
    files: /\.(?:cs|fs|vb)proj$|\.(?:targets|props)$/iu,
    role: 'build',
    lines: /<Exec\s[^<>]{0,400}?\bCommand="([^"<>]{1,2000})"/gu,
  },
  {
    files: /(?:^|\/)pom\.xml$/iu,
    role: 'build',
    lines:
      /<(?:argument|commandlineArgs)>([^<>]{1,2000})<|<arg\s[^<>]{0,200}?\b(?:value|line)="(?:-c\s{1,8}')?([^"<>]{1,2000}?)'?"/gu,
  },
  {
    files: /(?:^|\/)build\.xml$/iu,
    role: 'build',
    lines: /<arg\s[^<>]{0,200}?\b(?:value|line)="(?:-c\s{1,8}')?([^"<>]{1,2000}?)'?"/gu,
  },
  {
    files: /(?:^|\/)earthfile$/iu,
    role: 'build',
    lines: /\bLOCALLY\n[^]{0,2000}?\bRUN[ \t]{1,8}([^\n]{1,2000})/gu,
  },
  {
    files: /(?:^|\/)\.idea\/[^\n]{1,200}\.xml$|\.run\.xml$/iu,
    role: 'build',
    lines: /name="(?:SCRIPT_TEXT|COMMAND|PROGRAM)"\s{1,8}value="([^"<>]{1,2000})"/gu,
  },
  {
    files: /\.reg$/iu,
    role: 'install-hook',
    lines: /^"[^"\n]{1,200}"="((?:[^"\\\n]|\\[^\n]){1,2000})"/gmu,
    language: 'batch',
  },
];
