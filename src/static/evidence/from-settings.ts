import type { Evidence } from '../../model/evidence.ts';
import type { Facts } from '../facts/facts.ts';

const INSTALL_SCRIPTS = new Set([
  'preinstall',
  'install',
  'postinstall',
  'prepare',
  'preprepare',
  'postprepare',
]);

/** Hooks that a package manager runs on install: package.json's scripts, and classes that setup.py puts in place of its commands. */
export function evidenceOfSettings(facts: Facts, unit: string): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const hook = (detail: string, location: Evidence['location']): void => {
    evidence.push({
      source: 'code',
      capability: 'install.hook',
      detail,
      unit,
      scope: 'install-hook',
      guard: null,
      confidence: 'high',
      location,
      event: null,
    });
  };
  for (const { setting, layer } of facts.settings) {
    const [first, second] = setting.path;
    const isPackage = /(?:^|\/)package\.json$/.test(layer.source.path);
    if (isPackage && setting.path.length === 2 && first === 'scripts' && INSTALL_SCRIPTS.has(second ?? '')) {
      hook(second ?? '', layer.source.locate(setting.span));
    }
  }
  for (const call of facts.calls) {
    if (!/(?:^|\.)setup$/.test(call.name) || !call.args.named.has('cmdclass')) continue;
    const commands = [...(call.args.named.get('cmdclass')?.entries?.keys() ?? ['cmdclass'])];
    for (const command of commands) hook(`setup.py ${command}`, call.layer.source.locate(call.span));
  }
  return evidence;
}
