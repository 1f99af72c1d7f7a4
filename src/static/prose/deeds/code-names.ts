/** A name in code: what programs do without a word is no silence. */
const NAME = /[a-z][A-Z]|\w_\w|\w\(|[{}]|=>/;
/** Products that are written like names in code. */
const PRODUCT =
  /\b(?:GitHub|GitLab|BitBucket|JavaScript|TypeScript|PayPal|QuickBooks|LinkedIn|YouTube|WhatsApp|TikTok|FaceTime|WordPress|OpenAI|PostgreSQL|MySQL|MongoDB|PowerPoint|PowerShell|OneDrive|OneNote|SharePoint|DevOps|DocuSign|HubSpot|iCloud|iPhone|iPad|macOS|SaaS)s?\b/g;
/** What is typed: an option, a placeholder, an assignment, a pipe, a path. */
const TYPED = /^[("'[]?--?\w|<[\w-]+>|^~?\.{0,2}\/\w|[|=]/;
const ADDRESS = /https?:\/\/\S+|[\w.+-]+@[\w.-]+|\/[\w./-]+/g;
const ELISION = '…';

/** True for what speaks of a program's inside, and not only of commands. */
export function namesCode(text: string): boolean {
  return NAME.test(text.replace(ADDRESS, ' ').replace(PRODUCT, ' '));
}

/** A sentence without what is typed in it ("--silent" keeps nothing from anybody); addresses stay. */
export function withoutTyped(text: string): string {
  if (!/[-<|=/]/.test(text)) return text;
  return text.replace(/\S+/g, (word) => (TYPED.test(word) && !word.includes('://') ? ELISION : word));
}
