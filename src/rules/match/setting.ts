import type { Matcher } from '../../model/rule.ts';
import { compiledRegex } from '../rule-regex.ts';
import { fileFilter } from './files.ts';
import { type CompiledMatcher, matchAt } from './match.ts';

type SettingMatcher = Extract<Matcher, { setting: unknown }>['setting'];

/** A pattern of path parts against a path: `*` is one part, `**` any number of them. Linear in their product. */
export function matchesSettingPath(pattern: readonly string[], path: readonly string[]): boolean {
  let reachable = new Set<number>([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (part === '**') for (let to = at; to <= path.length; to++) next.add(to);
      else if (at < path.length && (part === '*' || part === path[at])) next.add(at + 1);
    }
    reachable = next;
  }
  return reachable.has(path.length);
}

/** Values in configuration files by their path. */
export function compileSetting(matcher: SettingMatcher): CompiledMatcher {
  const pattern = matcher.path.split('.');
  const isFile = fileFilter(matcher.files);
  return (file) => {
    if (file.facts.settings.length === 0 || !isFile(file.path)) return [];
    const [whole] = file.facts.layers;
    if (matcher.language !== undefined && whole?.language !== matcher.language) return [];
    return file.facts.settings
      .filter(
        ({ setting, layer }) =>
          (matcher.language === undefined || layer === whole) &&
          matchesSettingPath(pattern, setting.path) &&
          (matcher.matches === undefined || compiledRegex(matcher.matches).test(String(setting.value))),
      )
      .map(({ setting, layer }) =>
        matchAt(layer, setting.span, {
          name: setting.path.join('.'),
          detail: String(setting.value).slice(0, 200),
          text: String(setting.value),
        }),
      );
  };
}
