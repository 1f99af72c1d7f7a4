/**
 * The closed list of what code can do to the machine it runs on. The manifest, the API models, the rules and the
 * recorder share it, so that what is declared, what the code can do and what it did can stand in one table.
 */
export const CAPABILITIES = [
  'net.connect',
  'net.listen',
  'fs.read',
  'fs.write',
  'fs.delete',
  'proc.exec',
  'env.read',
  'secret.read',
  'code.dynamic',
  'code.native',
  'code.deserialize',
  'install.hook',
  'persist',
  'agent.control',
  'device',
] as const;

/** One entry of {@link CAPABILITIES}. */
export type Capability = (typeof CAPABILITIES)[number];
