import type { Package } from '../../model/dependency.ts';
import type { Finding } from '../../model/finding.ts';
import { dependencyFinding, describe, placeOf } from '../findings.ts';
import type { Inventory } from '../inventory/inventory.ts';

/** One note a file: which of the packages that it locks run a script of their own when they are installed. */
export function installScriptFindings({ packages, withInstallScript }: Inventory): Finding[] {
  const byFile = new Map<string, Package[]>();
  for (const dependency of packages.filter(({ purl }) => withInstallScript.has(purl))) {
    const { path } = placeOf(dependency);
    byFile.set(path, [...(byFile.get(path) ?? []), dependency]);
  }
  return [...byFile].map(([path, [first, ...rest]]) => {
    const shown = [first!, ...rest].slice(0, 5).map(describe);
    const more = rest.length > 4 ? ` and ${String(rest.length - 4)} more` : '';
    return dependencyFinding('dependency-install-script', {
      unit: first!.unit,
      place: placeOf(first!),
      subject: path,
      message: `Run a script of their own when they are installed: ${shown.join(', ')}${more}.`,
    });
  });
}
