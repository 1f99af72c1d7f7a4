function table(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const [name, ...others] = line.split(' ');
    for (const other of [name!, ...others]) found.set(other.toLowerCase(), name!);
  }
  return found;
}

/** Commands under the one name that models know, with their aliases (`Get-Alias` of Windows PowerShell 5.1 and PowerShell 7). */
const COMMANDS = table([
  'Invoke-WebRequest iwr',
  'Invoke-RestMethod irm',
  'Invoke-Expression iex',
  'Invoke-Command icm',
  'Invoke-WmiMethod iwmi',
  'Invoke-CimMethod icim',
  'Invoke-Item ii',
  'Start-BitsTransfer',
  'Start-Process saps start',
  'Start-Job sajb',
  'Start-Service sasv',
  'Start-Sleep sleep',
  'Get-Content gc cat type',
  'Set-Content sc',
  'Add-Content ac',
  'Out-File',
  'Copy-Item cp cpi copy',
  'Move-Item mv mi move',
  'Remove-Item rm ri del rd rmdir erase',
  'Clear-Content clc',
  'New-Item ni',
  'Get-Item gi',
  'Get-ChildItem gci ls dir',
  'Set-ItemProperty sp',
  'New-ItemProperty',
  'Get-ItemProperty gp',
  'Register-ScheduledTask',
  'Register-ScheduledJob',
  'New-ScheduledTask',
  'New-ScheduledTaskAction',
  'Register-WmiEvent',
  'Set-WmiInstance swmi',
  'New-Service',
  'Set-Service',
  'Set-MpPreference',
  'Add-MpPreference',
  'Set-ExecutionPolicy',
  'Add-Type',
  'Import-Module ipmo',
  'Install-Module inmo',
  'Install-Package',
  'New-Object',
  'ForEach-Object foreach %',
  'Where-Object where ?',
  'Select-Object select',
  'Sort-Object sort',
  'Tee-Object tee',
  'Out-String',
  'Out-Null',
  'Out-Host oh',
  'echo Write-Output write Write-Host',
  'Get-Clipboard gcb',
  'Set-Clipboard scb',
  'Get-WmiObject gwmi',
  'Get-CimInstance gcim',
  'Get-ComputerInfo gin',
  'Get-Process gps ps',
  'Get-NetIPAddress',
  'Get-LocalUser',
  'Get-NetAdapter',
  'Get-Credential',
  'ConvertTo-SecureString',
  'ConvertFrom-SecureString',
  'ConvertTo-Json',
  'ConvertFrom-Json',
  'Send-MailMessage',
  'Resolve-DnsName',
  'Test-Connection',
  'Test-NetConnection tnc',
  'Expand-Archive',
  'Compress-Archive',
]);

/** Parameters under the names that models know; a beginning that fits one of them is enough for PowerShell. */
const PARAMETERS = (
  'Uri Method Body Headers OutFile InFile UserAgent ContentType Credential Proxy TimeoutSec Source Destination FilePath ArgumentList ' +
  'WindowStyle Verb WorkingDirectory Path LiteralPath Encoding Value InputObject Name PropertyType Type TaskName Action Trigger User ' +
  'To From Subject SmtpServer Attachments Command ScriptBlock ComputerName EncodedCommand TypeDefinition TypeName ComObject ' +
  'AssemblyName Execute Argument ItemType Property ClassName Class Filter DestinationPath'
).split(' ');

/** Parameters that stand alone. */
const SWITCHES =
  /^-(?:UseB\w*|Force|Recurse|PassThru|Wait|NoNewWindow|AsPlainText|Append|Raw|Verbose|Confirm|WhatIf|NoClobber|AsJob|Compress|NoProfile|NoP|NonInteractive|NonI|NoExit|Hidden|Fast|ErrorAction:\w+|ea:\w+)$/i;

/** The name that models have for a command: aliases and any case undone, folders and `.exe` taken off. */
export function commandName(written: string): string {
  const known = COMMANDS.get(written.toLowerCase());
  if (known !== undefined) return known;
  const bare = written.replaceAll('\\', '/').replace(/^Microsoft\.PowerShell\.\w+\//i, '');
  const again = COMMANDS.get(bare.toLowerCase());
  return again ?? (/\.exe$/i.test(bare) ? bare.slice(0, -4).toLowerCase() : bare);
}

/** The name that models have for a parameter (`-uri`, `-OutF`); the one that is written when they have none. */
export function parameterName(written: string): string {
  const word = written.slice(1).toLowerCase();
  const fitting = PARAMETERS.filter((name) => name.toLowerCase().startsWith(word));
  const exact = fitting.find((name) => name.length === word.length);
  const only = exact ?? (fitting.length === 1 && word.length > 1 ? fitting[0] : undefined);
  return only === undefined ? written : `-${only}`;
}

/** True for a parameter without a value. */
export function isSwitch(written: string): boolean {
  return SWITCHES.test(written);
}

/** Commands that hand on what they are given. */
export function isTransparent(command: string): boolean {
  return /^(?:Out-String|Out-Host|Out-Null|Select-Object|Sort-Object|Tee-Object)$/.test(command);
}
