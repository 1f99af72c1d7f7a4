import type { Capability } from '../model/capability.ts';

/** What the words that lists of permissions are made of stand for, in the lists of skills and plug-ins that were seen. */
const CAPABILITIES_OF_WORD: Readonly<Record<string, readonly Capability[]>> = {
  read: ['fs.read'],
  file: ['fs.read'],
  files: ['fs.read'],
  filesystem: ['fs.read'],
  fs: ['fs.read'],
  disk: ['fs.read'],
  storage: ['fs.read', 'fs.write', 'fs.delete'],
  write: ['fs.write', 'fs.delete'],
  readwrite: ['fs.read', 'fs.write', 'fs.delete'],
  rw: ['fs.read', 'fs.write', 'fs.delete'],
  edit: ['fs.read', 'fs.write', 'fs.delete'],
  modify: ['fs.write', 'fs.delete'],
  create: ['fs.write'],
  delete: ['fs.delete'],
  bash: ['proc.exec'],
  shell: ['proc.exec'],
  terminal: ['proc.exec'],
  exec: ['proc.exec'],
  execute: ['proc.exec'],
  execution: ['proc.exec'],
  command: ['proc.exec'],
  commands: ['proc.exec'],
  process: ['proc.exec'],
  subprocess: ['proc.exec'],
  spawn: ['proc.exec'],
  run: ['proc.exec'],
  network: ['net.connect'],
  net: ['net.connect'],
  internet: ['net.connect'],
  http: ['net.connect'],
  https: ['net.connect'],
  web: ['net.connect'],
  webfetch: ['net.connect'],
  websearch: ['net.connect'],
  fetch: ['net.connect'],
  api: ['net.connect'],
  outbound: ['net.connect'],
  egress: ['net.connect'],
  listen: ['net.listen'],
  inbound: ['net.listen'],
  server: ['net.listen'],
  env: ['env.read', 'secret.read'],
  environment: ['env.read', 'secret.read'],
  secret: ['secret.read'],
  secrets: ['secret.read'],
  credential: ['secret.read'],
  credentials: ['secret.read'],
  keychain: ['secret.read'],
  clipboard: ['device'],
  camera: ['device'],
  microphone: ['device'],
  screen: ['device'],
  eval: ['code.dynamic'],
  memory: ['agent.control'],
};

/** Words that narrow another one down and say nothing by themselves. */
const MODIFIERS: ReadonlySet<string> = new Set([
  'access',
  'external',
  'local',
  'only',
  'project',
  'request',
  'requests',
  'system',
  'user',
  'variable',
  'variables',
  'vars',
  'workspace',
]);

/**
 * The capabilities that one entry of a list of permissions stands for: `read:files`, `network.outbound`, `bash`.
 * @returns `all` for a wildcard, `nothing` for a word like `none`, null when a word of it is not known
 */
export function capabilitiesOfPermission(entry: string): readonly Capability[] | 'all' | 'nothing' | null {
  if (entry.length > 100) return null;
  const words = entry
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z*]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  if (words.length === 1 && /^(?:\*+|all|any|full)$/.test(words[0] ?? '')) return 'all';
  if (words.length === 1 && /^(?:none|nothing|no)$/.test(words[0] ?? '')) return 'nothing';
  const found = new Set<Capability>();
  for (const word of words) {
    const capabilities = Object.hasOwn(CAPABILITIES_OF_WORD, word) ? CAPABILITIES_OF_WORD[word] : undefined;
    if (capabilities === undefined && !MODIFIERS.has(word)) return null;
    for (const capability of capabilities ?? []) found.add(capability);
  }
  // `write:files` names the files to be written, `network:read` what is read from the network.
  if (words.some((word) => /^(?:write|modify|create|delete)$/.test(word)) && !words.includes('read'))
    found.delete('fs.read');
  return found.size === 0 ? null : [...found];
}
