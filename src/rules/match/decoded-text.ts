/** What a hidden text turned out to be. */
type DecodedKind = 'code' | 'command' | 'address' | 'program';

const CODE =
  /\bimport\s+\w+|\b(?:exec|eval|compile|__import__|require)\s*\(|\bfunction\s*\(|[\w)]\s{0,5}=>\s{0,5}[\w({]|\bdef\s+\w+\s*\(|\blambda\b|\bsubprocess\b|\bsocket\.socket\b|\bchild_process\b/;
const COMMAND =
  /(?:^|[\s;&|`(])(?:curl|wget|bash|sh|nc|ncat|python3?|perl|powershell|rm|chmod|cat|eval|nohup|crontab|base64)\s+[-/~$'"\w]|\/bin\/(?:ba)?sh|\bIEX\b|Invoke-WebRequest/;
const ADDRESS = /\b(?:https?|wss?|ftp|tcp):\/\/[\w.-]+|\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/;

/** What a text is, most telling kind first; null for anything else, and for what is not readable. */
export function kindsOfText(text: string): readonly DecodedKind[] {
  const sample = text.slice(0, 20_000);
  const kinds: DecodedKind[] = [];
  if (COMMAND.test(sample)) kinds.push('command');
  if (CODE.test(sample)) kinds.push('code');
  if (ADDRESS.test(sample)) kinds.push('address');
  return kinds;
}
