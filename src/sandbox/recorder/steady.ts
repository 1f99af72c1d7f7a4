/** What is random in a name stands as this, so that two reports of the same thing are the same. */
const ANY = '*';

/** Names that Python's `tempfile` makes: eight of these characters. */
const MADE_UP = /^[a-z0-9_]{8}$/;
/** Made-up names of one run that are looked for. */
const MOST_MADE_UP = 200;

const TEMPORARY = /^((?:\/var)?\/tmp\/|\/dev\/shm\/)([^/]*)/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * A path with a `*` for each part that is another one in every run: names of temporary files as Python, Node and `mktemp` make them, UUIDs,
 * process numbers, what lies in a cache. What is not random stays as it is.
 * @param madeUp the random parts that programs were seen to make up, which may stand in any name
 */
export function steady(path: string, madeUp: readonly string[] = []): string {
  return withoutMadeUp(path, madeUp)
    .replace(TEMPORARY, (_, folder: string, name: string) => folder + steadyName(name))
    .replace(/(?<=\/)tmp(?=[a-z_]*\d)[a-z0-9_]{8}(?=[/.]|$)/g, `tmp${ANY}`)
    .replace(/(?<=\/)tmp\.[A-Za-z0-9]{10}(?=\/|$)/g, `tmp.${ANY}`)
    .replace(UUID, ANY)
    .replace(/^(~\/\.cache\/[^/]+\/).*$/, `$1${ANY}`)
    .replace(/^\/proc\/\d+\//, `/proc/${ANY}/`);
}

/** The same for the paths of temporary files in a command, and the number of a process that is signalled. */
export function steadyText(text: string, madeUp: readonly string[]): string {
  return withoutMadeUp(text, madeUp)
    .replace(/(?:\/var)?\/tmp\/[^\s'"`:;,)]+/g, (path) => steady(path))
    .replace(/^(kill|killpg) \d+ (?=\d+$)/, `$1 ${ANY} `);
}

/**
 * In folders of temporary files, and elsewhere only where a part stands as Python writes it: up to the end of a name, and after `tmp` or a dash where it might be a word.
 * Who makes up names can choose them, and must not take letters out of one that means something.
 */
function withoutMadeUp(text: string, madeUp: readonly string[]): string {
  return madeUp
    .slice(0, MOST_MADE_UP)
    .filter((part) => MADE_UP.test(part))
    .reduce((left, part) => (left.includes(part) ? withoutPart(left, part) : left), text);
}

function withoutPart(text: string, part: string): string {
  return text
    .replace(new RegExp(`(?<=/(?:tmp|shm)/[^\\s'"]{0,200})${part}`, 'g'), ANY)
    .replace(new RegExp(`${/\d/.test(part) ? '' : '(?<=-|\\btmp)'}${part}(?![A-Za-z0-9_-])`, 'g'), ANY);
}

/** The first name below a folder of temporary files. */
function steadyName(name: string): string {
  return name
    .replace(/^tmp[a-z0-9_]{6,10}(?=$|\.)/, `tmp${ANY}`)
    .replace(/(?<=[-_.])(?=[a-zA-Z]*\d|[a-z]*[A-Z]+[a-z]|[A-Z]+[a-z]+[A-Z])[A-Za-z0-9]{6}$/, (part) =>
      /[A-Za-z]/.test(part) ? ANY : part,
    )
    .replace(/(?<![0-9a-f])[0-9a-f]{16,}(?![0-9a-z])/gi, ANY);
}
