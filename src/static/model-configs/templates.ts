import type { SpeechAct } from '../../model/program.ts';
import type { Facts } from '../facts/facts.ts';
import { modelLanguageOf } from '../facts/names.ts';
import { fewOfEach } from '../few-of-each.ts';
import type { PlacedDetection } from '../file-view.ts';
import { sentencesOf } from '../prose/index.ts';
import { partsOfTemplate, type JinjaPart } from './jinja.ts';
import { wayToPython } from './template-code.ts';
import { conditionalTexts } from './template-conditions.ts';

/** Files that hold one template; a program that is about templates holds none. */
const TEMPLATE_FILE = /\.(?:jinja2?|j2)$/i;
/** Templates of conversations, by the name of the file, the setting or the layer. */
const CHAT = /chat[_-]?template/i;
const CODE = /\{[{%]/;

/** What no template of conversations tells a model. */
const HOSTILE: ReadonlySet<SpeechAct> = new Set<SpeechAct>([
  'drop-instructions',
  'hide-from-user',
  'conceal-instructions',
  'send-private-data',
  'bypass-safeguards',
  'act-in-secret',
  'plant-malware',
  'outrank-user',
  'comply-with-harm',
]);

interface Template {
  readonly text: string;
  readonly isChat: boolean;
  at(name: string, detail: string): PlacedDetection;
}

/** Templates in settings (`tokenizer_config.json`), in files of their own, and taken out of models. */
function templatesOf(
  { settings, layers }: Pick<Facts, 'settings' | 'layers'>,
  path: string,
): readonly Template[] {
  const found: Template[] = [];
  for (const { setting, layer } of settings) {
    const { value, path: keys, span } = setting;
    if (typeof value !== 'string' || !CODE.test(value)) continue;
    const isChat = keys.some((key) => CHAT.test(key)) || CHAT.test(path);
    if (isChat) found.push({ text: value, isChat, at: (name, detail) => ({ name, detail, span, layer }) });
  }
  const [own] = layers;
  if (
    own !== undefined &&
    (TEMPLATE_FILE.test(path) || CHAT.test(path)) &&
    modelLanguageOf(own.language) === null &&
    settings.length === 0 &&
    CODE.test(own.source.text)
  ) {
    const span = { start: 0, end: 0 };
    const at = (name: string, detail: string): PlacedDetection => ({ name, detail, span, layer: own });
    found.push({ text: own.source.text, isChat: CHAT.test(path), at });
  }
  return found;
}

/** The first sentence that does to a model what no template of conversations has to. */
function hostileSentence(parts: readonly JinjaPart[]): string | null {
  const texts = parts.flatMap(({ kind, text, tokens }) =>
    kind === 'text'
      ? [text]
      : tokens.flatMap((token) => (token.kind === 'text' && /\s/.test(token.value) ? [token.value] : [])),
  );
  for (const text of texts) {
    const order = sentencesOf(text, { role: 'description' }).find(
      ({ acts, negated, quoted }) => !negated && !quoted && acts?.some((act) => HOSTILE.has(act)) === true,
    );
    if (order !== undefined) return order.text.replace(/\s+/g, ' ').slice(0, 160);
  }
  return null;
}

/**
 * What templates of a file do beside putting texts together. `template-reaches-python`: code leaves the template;
 * `template-conditional-order`: a text comes out for some conversations only; `template-hostile-order`: a text steers the model.
 */
export function templateCode(
  facts: Pick<Facts, 'settings' | 'layers'>,
  path: string,
): readonly PlacedDetection[] {
  const found: PlacedDetection[] = [];
  for (const { text, isChat, at } of templatesOf(facts, path)) {
    const parts = partsOfTemplate(text);
    const way = wayToPython(parts, isChat);
    if (way !== null) found.push(at('template-reaches-python', way));
    if (!isChat) continue;
    const [conditional] = conditionalTexts(parts);
    if (conditional !== undefined)
      found.push(at('template-conditional-order', `“${conditional.test}”: ${conditional.text}`));
    const order = hostileSentence(parts);
    if (order !== null) found.push(at('template-hostile-order', order));
  }
  return fewOfEach(found);
}
