/** How many pieces of script are taken from one page. */
const MAXIMUM_SCRIPTS = 1_000;

const EVENT_ATTRIBUTE = /[\s/"']on[a-z]{3,30}[\t ]{0,8}=[\t ]{0,8}(?:"([^"]{0,20000})"|'([^']{0,20000})')/giu;

/** The scripts of an HTML page: the bodies of `script` elements and the handlers of events. */
export function scriptsIn(html: string): string[] {
  const scripts: string[] = [];
  const lower = html.toLowerCase();
  let at = lower.indexOf('<script');
  while (at !== -1 && scripts.length < MAXIMUM_SCRIPTS) {
    const open = lower.indexOf('>', at);
    if (open === -1) break;
    const close = lower.indexOf('</script', open);
    const end = close === -1 ? html.length : close;
    const source = /\ssrc\s{0,8}=\s{0,8}["']?([^"'\s>]{1,2000})/iu.exec(
      html.slice(at, Math.min(open, at + 4_000)),
    )?.[1];
    if (source !== undefined) scripts.push(`import(${JSON.stringify(source)})`);
    if (html.slice(open + 1, end).trim() !== '') scripts.push(html.slice(open + 1, end));
    at = lower.indexOf('<script', end);
  }
  for (const [, double, single] of html.matchAll(EVENT_ATTRIBUTE)) {
    if (scripts.length >= MAXIMUM_SCRIPTS) break;
    scripts.push(double ?? single ?? '');
  }
  return scripts;
}
