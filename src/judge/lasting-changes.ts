import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { describeEvidence, judgeFinding } from './judge-finding.ts';
import { JUDGE_RULES } from './rules.ts';

/** Words by which a text speaks of something that runs again by itself, or of the files that see to it. */
const SPEAKS_OF_IT =
  /\b(?:cron\w*|schedul\w*|periodic\w*|hourly|daily|nightly|weekly|(?:every|each) (?:\w+ )?(?:minutes?|hours?|days?|nights?|weeks?|commit|login|boot|start|session)|start-?ups?|auto-?start\w*|log-?ins?|log in|boots?|reboots?|launchd|launch ?(?:agents?|daemons?)|launchctl|systemd|systemctl|services?|daemons?|background|hooks?|persist\w*|\w*bashrc|\w*zshrc|\w*profile|config\.fish|shell (?:rc|config\w*|start\w*)|rc files?|dotfiles?|alias\w*|completions?|registry|authorized_keys|sitecustomize|\.pth|hintergrund|beim (?:anmelden|start)|au démarrage|arrière-plan|al iniciar|segundo plano|ao iniciar)\b|启动|自启|定时|后台|常驻|登录|起動|常駐|定期|バックグラウンド|시작|백그라운드/;

/** A file that every shell reads when it starts. */
const OF_SHELLS = /\.(?:bash|z|k)\w{0,10}(?:rc|env|profile|login)|\/\.?profile\b|\/fish\//;

/** What a text may call the place by: the file's own name, the shell that reads it, the setting of git. */
function namesOf(detail: string): readonly string[] {
  const file = detail.split('/').at(-1)?.toLowerCase() ?? '';
  return [
    ...(file.length > 3 && !file.includes('*') ? [file] : []),
    ...(OF_SHELLS.test(detail) ? ['shell', 'terminal'] : []),
    ...(/^[a-z]{3,20}\.[\w.-]+$/i.test(detail) ? [detail.split('.', 1)[0]!.toLowerCase(), 'git config'] : []),
  ];
}

/**
 * It arranges to run again, or writes where things run by themselves, and none of its texts speaks of anything of the kind.
 * @param text all that the unit says of itself, in lower case; nothing is found where it says nothing
 */
export function unmentionedPersistence(item: Evidence, text: string): Finding | null {
  if (item.capability !== 'persist' || text === '' || SPEAKS_OF_IT.test(text)) return null;
  if (namesOf(item.detail).some((name) => text.includes(name))) return null;
  return judgeFinding(item, JUDGE_RULES['undocumented-persistence'], {
    message: `It ${describeEvidence(item)} (persist), and none of its texts says that something runs again by itself`,
  });
}
