import type { SimpleCommand } from './command-words.ts';
import type { UnsupportedPart } from './declaration.ts';

const FETCH = /(?:^|\/)(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod)$/i;
const RUN =
  /(?:^|\/)(?:(?:ba|z|da|k|fi)?sh|python[\d.]*|node|perl|ruby|iex|invoke-expression|pwsh|powershell)$/i;

/** Installers that are fetched and run in one go (`curl … | sh`, `bash <(curl …)`, `sh -c "$(curl …)"`): what they install is on no list. */
export function pipedScripts(
  commands: readonly SimpleCommand[],
  text: string,
  line: number,
): UnsupportedPart[] {
  const found: UnsupportedPart[] = [];
  for (const [index, command] of commands.entries()) {
    const next = commands[index + 1];
    const fetches = command.words.some(({ text: word }) => FETCH.test(word));
    // Behind `sudo`, `env` and their options.
    const runs = next?.words.slice(0, 5).some(({ text: word }) => RUN.test(word)) === true;
    if (command.isPiped && fetches && runs)
      found.push(describe(command.words.map((word) => word.text).join(' '), command.words[0]?.line ?? line));
  }
  const substituted = /\b(?:ba|z|da)?sh\b[^|;\n]{0,80}(?:<\(|\$\(|`)\s*(?:curl|wget)\b[^)`\n]{0,500}/.exec(
    text,
  );
  if (substituted !== null)
    found.push(describe(substituted[0], line + text.slice(0, substituted.index).split('\n').length - 1));
  return found;
}

function describe(command: string, line: number): UnsupportedPart {
  const address = /https?:\/\/[^\s'"|)<>]{1,300}/.exec(command)?.[0] ?? 'an address that is not in the text';
  return { line, reason: `what a script from ${address} installs, which is fetched and run at once` };
}
