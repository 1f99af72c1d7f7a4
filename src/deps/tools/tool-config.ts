import { parseToml } from '../inventory/toml.ts';
import { baseName } from '../inventory/declaration.ts';
import { decodeText } from '../inventory/text.ts';
import type { Target } from '../../model/target.ts';

/** A file of the target that would steer an audit of it, if the tool obeyed it. */
export interface ToolConfig {
  readonly path: string;
  /** The tool that reads it. */
  readonly tool: string;
  /** True when it switches findings off. */
  readonly ignores: boolean;
}

/** Files that a tool looks for in what it scans. */
const CONFIG_FILES: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    'osv-scanner.toml': 'osv-scanner',
    'osv-scanner-custom.json': 'osv-scanner',
    '.trivyignore': 'trivy',
    '.trivyignore.yaml': 'trivy',
    '.grype.yaml': 'grype',
    '.snyk': 'snyk',
    '.nsprc': 'better-npm-audit',
    '.auditignore': 'npm audit',
    'audit-ci.json': 'audit-ci',
    'audit-ci.jsonc': 'audit-ci',
    '.safety-policy.yml': 'safety',
  }),
);

/** Finds the configuration of audit tools that lies in the target. None of it is obeyed. */
export function findToolConfig(target: Target): ToolConfig[] {
  return target.files.flatMap(({ path, content }) => {
    const tool = CONFIG_FILES.get(baseName(path));
    if (tool === undefined) return [];
    return [{ path, tool, ignores: doesIgnore(baseName(path), content) }];
  });
}

function doesIgnore(name: string, content: Uint8Array | null): boolean {
  if (name !== 'osv-scanner.toml') return /ignore|nsprc|snyk/.test(name);
  const text = content === null ? null : decodeText(content);
  const { table } = parseToml(text ?? '');
  // Whatever cannot be read may ignore anything.
  return text === null || table === null || 'IgnoredVulns' in table || 'PackageOverrides' in table;
}
