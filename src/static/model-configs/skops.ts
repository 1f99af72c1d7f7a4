import type { Facts } from '../facts/facts.ts';
import { fewOfEach } from '../few-of-each.ts';
import type { PlacedDetection } from '../file-view.ts';
import { isDataGlobal } from '../frontends/pickle/data-globals.ts';
import { isDataLibrary, isStandardModule } from '../frontends/pickle/library-modules.ts';

/**
 * Names in the schema of a skops file beside those of data: `skops-acting-name`. Each object of the schema says by `__module__` and
 * `__class__` what it is an object of, or what function it is.
 */
export function skopsCode({ settings }: Pick<Facts, 'settings'>): readonly PlacedDetection[] {
  if (!settings.some(({ setting }) => setting.path.at(-1) === '__loader__')) return [];
  const modules = new Map<string, string>();
  for (const { setting } of settings)
    if (setting.path.at(-1) === '__module__')
      modules.set(setting.path.slice(0, -1).join('\0'), String(setting.value));
  const found = settings.flatMap(({ setting, layer }): readonly PlacedDetection[] => {
    const { path, value, span } = setting;
    const module = path.at(-1) === '__class__' ? modules.get(path.slice(0, -1).join('\0')) : undefined;
    const name = String(value);
    if (module === undefined || isDataGlobal(module, name) || !/^[a-z]/.test(name)) return [];
    if (!isStandardModule(module) && !isDataLibrary(module)) return [];
    return [{ name: 'skops-acting-name', detail: `${module}.${name}`.slice(0, 200), span, layer }];
  });
  return fewOfEach(found);
}
