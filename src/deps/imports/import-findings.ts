import type { Package } from '../../model/dependency.ts';
import type { Finding } from '../../model/finding.ts';
import type { Target } from '../../model/target.ts';
import { isDirect } from '../direct.ts';
import { dependencyFinding, describe, placeOf } from '../findings.ts';
import { INVENTORY_FORMATS } from '../inventory/formats.ts';
import { compareText } from '../inventory/text.ts';
import { confusedWith, importNamesOf, isWellKnown, providersOf } from './distributions.ts';
import type { ImportLanguage } from './import-place.ts';
import { packageOf } from './own-modules.ts';
import type { ImportPlace, TargetImports } from './read-imports.ts';
import { isUsedUnimported, namesInConfiguration } from './used-otherwise.ts';
import type { Usage } from './usage.ts';
import { isWithin, languageOf } from './usage.ts';
import { push } from '../grouped.ts';

/** Where imports and declarations do not agree: notes, and names that are easily taken for another. One a package and unit. */
export function importFindings(
  target: Target,
  packages: readonly Package[],
  imports: TargetImports,
  usage: Usage,
): Finding[] {
  return [
    ...undeclared(packages, imports, usage),
    ...unused(target, packages, imports, usage),
    ...packages.flatMap((dependency) => confusion(dependency, usage)),
  ];
}

/** Imported when the unit is used, and nothing that the unit or a unit above it declares brings it. Only where something is declared at all. */
function undeclared(packages: readonly Package[], imports: TargetImports, usage: Usage): Finding[] {
  const declaring = new Set(
    packages
      .filter(({ scope }) => scope !== 'mentioned')
      .map((dependency) => `${dependency.unit}\0${languageOf(dependency) ?? ''}`),
  );
  const missing = new Map<string, ImportPlace[]>();
  const hidden = new Map<string, boolean>();
  const isHidden = (language: ImportLanguage, unit: string): boolean => {
    const key = `${unit}\0${language}`;
    const known = hidden.get(key) ?? packages.some((other) => mayHide(other, language, unit, usage));
    hidden.set(key, known);
    return known;
  };
  for (const place of imports.places) {
    const { scope, unit, language } = place;
    if (scope !== 'runtime' || place.mayBeOwn || !declaring.has(`${unit}\0${language}`)) continue;
    if (usage.isExplained(place)) continue;
    const name = nameOf(place);
    if (name === null || (!isSure(place) && isHidden(language, unit))) continue;
    const key = `${unit}\0${language}\0${name}`;
    push(missing, key, place);
  }
  return [...missing].map(([key, places]) => {
    const name = key.split('\0')[2] ?? '';
    const { path, line, unit, module } = places[0]!;
    const more = places.length > 1 ? ` and ${String(places.length - 1)} more` : '';
    const brought =
      name === module || module.startsWith(`${name}.`) || module.startsWith(`${name}/`)
        ? name
        : `${module} (from ${name})`;
    return dependencyFinding('dependency-undeclared', {
      unit,
      place: { path, startLine: line },
      subject: name,
      message: `${brought} is imported at ${path}:${String(line)}${more}, and nothing declares it.`,
    });
  });
}

/** The package that an import asks for, as far as it is known; the first part of the module's name otherwise. */
function nameOf(place: ImportPlace): string | null {
  if (place.language === 'javascript') return packageOf(place.module);
  const deepest = [place.module, ...place.names.map((name) => `${place.module}.${name}`)];
  const known = deepest.flatMap((name) => providersOf(name))[0];
  return known ?? place.module.split('.')[0] ?? null;
}

/** Whether it is known which package an import asks for. */
function isSure(place: ImportPlace): boolean {
  if (place.language === 'javascript') return true;
  const [top = ''] = place.module.split('.');
  return providersOf(place.module).length > 0 || isWellKnown(top.replaceAll('_', '-').toLowerCase());
}

/** Whether a declared package may be what brings an import of another name: nobody knows how it is imported, and nothing else is it. */
function mayHide(dependency: Package, language: ImportLanguage, unit: string, usage: Usage): boolean {
  return (
    languageOf(dependency) === language &&
    isWithin(unit, dependency.unit) &&
    !isWellKnown(dependency.name) &&
    usage.placesOf(dependency).length === 0
  );
}

/** Asked for to run it, and nothing of it is ever imported. Says nothing of what is used in other ways: plug-ins, programs, types. */
function unused(
  target: Target,
  packages: readonly Package[],
  imports: TargetImports,
  usage: Usage,
): Finding[] {
  const candidates = packages.filter(
    (dependency) =>
      dependency.scope === 'runtime' &&
      isDirect(dependency) &&
      isInManifest(dependency) &&
      imports.withCode.has(`${dependency.unit}\0${languageOf(dependency) ?? ''}`) &&
      usage.imported(dependency) === 'not-imported' &&
      !isUsedUnimported(dependency) &&
      usage.placesOf(dependency).length === 0,
  );
  const named = namesInConfiguration(
    target,
    candidates.map(({ ecosystem, name }) => (ecosystem === 'PyPI' ? [name, ...importNamesOf(name)] : [name])),
  );
  return candidates
    .filter((_, index) => !named[index]!)
    .map((dependency) =>
      dependencyFinding('dependency-unused', {
        unit: dependency.unit,
        place: manifestPlace(dependency),
        subject: dependency.name,
        message: `${describe(dependency)} is declared to be installed, and nothing here imports it.`,
      }),
    );
}

function isInManifest({ locations }: Package): boolean {
  return locations.some(({ path }) => isManifest(path));
}

function isManifest(path: string): boolean {
  return INVENTORY_FORMATS.some((format) => format.role === 'manifest' && format.matches(path));
}

function manifestPlace(dependency: Package): Package['locations'][number] {
  return dependency.locations.find(({ path }) => isManifest(path)) ?? placeOf(dependency);
}

/** The name under which something is imported, declared where the name under which it is published was meant. */
function confusion(dependency: Package, usage: Usage): Finding[] {
  if (dependency.ecosystem !== 'PyPI' || !isDirect(dependency)) return [];
  const meant = confusedWith(dependency.name);
  if (meant === null) return [];
  const [name = meant] = [...importNamesOf(meant)].sort(
    (a, b) => distance(a, dependency) - distance(b, dependency) || compareText(a, b),
  );
  const [place] = usage.placesOf(dependency);
  const where = place === undefined ? '' : `, as in ${place.path}:${String(place.line)},`;
  return [
    dependencyFinding('dependency-name-confusion', {
      unit: dependency.unit,
      place: placeOf(dependency),
      subject: dependency.name,
      message: `${describe(dependency)} is not where \`import ${name}\`${where} usually comes from: that is ${meant}.`,
      fix: `Check which one was meant; if it is the well-known one, declare ${meant}.`,
    }),
  ];
}

/** 0 for the name to import that the declared one repeats. */
function distance(name: string, { name: declared }: Package): number {
  return declared.includes(name.toLowerCase().replaceAll('_', '-')) ? 0 : 1;
}
