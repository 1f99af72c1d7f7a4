import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { normalizePypiName, parseRequirement } from './requirement.ts';

/** Core metadata of a built package: `METADATA` of a wheel, `PKG-INFO` of a source archive. */
export const metadataFormat: InventoryFormat = {
  id: 'METADATA',
  role: 'metadata',
  ecosystem: 'PyPI',
  matches: (path) => /(?:^|\/)[^/]+\.dist-info\/METADATA$|(?:^|\/)PKG-INFO$/.test(path),
  read: readMetadata,
};

function readMetadata(text: string): FileReading {
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  let ownName: string | null = null;
  let number = 0;
  for (const line of text.split(/\r?\n/)) {
    number += 1;
    // The description follows behind the first empty line.
    if (line === '') break;
    const name = /^Name:\s*(\S+)/i.exec(line)?.[1];
    if (name !== undefined) ownName ??= normalizePypiName(name);
    const requirement = /^Requires-Dist:(.*)$/i.exec(line)?.[1]?.trim();
    if (requirement === undefined) continue;
    const isOptional = /;.*\bextra\s*==/.test(requirement);
    const declaration = parseRequirement(requirement, isOptional ? 'optional' : 'runtime', number);
    if (declaration !== null) declarations.push(declaration);
    else problems.push({ line: number, reason: `not a requirement: ${requirement.slice(0, 60)}` });
  }
  return { declarations, problems, references: [], ...(ownName === null ? {} : { ownName }) };
}
