import type { Finding } from '../../model/finding.ts';
import { dependencyFinding, describe, placeOf } from '../findings.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { groupBy } from '../grouped.ts';

/** One note a file: which of the packages that it locks run a script of their own when they are installed. */
export function installScriptFindings({ packages, withInstallScript }: Inventory): Finding[] {
  const running = packages.filter(({ purl }) => withInstallScript.has(purl));
  return [...groupBy(running, (dependency) => placeOf(dependency).path)].map(([path, [first, ...rest]]) => {
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
