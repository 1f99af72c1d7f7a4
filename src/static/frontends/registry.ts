import type { Frontend, Language } from '../../model/program.ts';

/** How to get at each language's frontend; the parser behind it is loaded with the first file that needs it. */
const LOADERS: Readonly<Record<Exclude<Language, 'text'>, () => Promise<Frontend>>> = {
  python: async () => (await import('./python/frontend.ts')).createPythonFrontend(),
  shell: async () => (await import('./shell/frontend.ts')).createShellFrontend(),
  javascript: async () => (await import('./javascript/frontend.ts')).createJavascriptFrontend(),
  typescript: async () => (await import('./javascript/frontend.ts')).createJavascriptFrontend(),
  markdown: async () => (await import('./markdown/frontend.ts')).createMarkdownFrontend(),
  json: async () => (await import('./config/frontend.ts')).createConfigFrontend(),
  yaml: async () => (await import('./config/frontend.ts')).createConfigFrontend(),
  toml: async () => (await import('./config/frontend.ts')).createConfigFrontend(),
  ini: async () => (await import('./config/frontend.ts')).createConfigFrontend(),
  makefile: async () => (await import('./config/frontend.ts')).createConfigFrontend(),
  dockerfile: async () => (await import('./config/frontend.ts')).createConfigFrontend(),
  notebook: async () => (await import('./notebook/frontend.ts')).createNotebookFrontend(),
  pickle: async () => (await import('./pickle/frontend.ts')).createPickleFrontend(),
  html: async () => (await import('./html/frontend.ts')).createHtmlFrontend(),
  powershell: async () => (await import('./powershell/frontend.ts')).createPowershellFrontend(),
  ruby: async () => (await import('./ruby/frontend.ts')).createRubyFrontend(),
  go: async () => (await import('./go/frontend.ts')).createGoFrontend(),
  batch: async () => (await import('./batch/frontend.ts')).createBatchFrontend(),
  pyc: async () => (await import('./pyc/frontend.ts')).createCompiledFrontend(),
};

const ready = new Map<Language, Promise<Frontend>>();
const loaded = new Map<Language, Frontend>();

/** The frontend of a language; `text` has none (only detectors look at it). */
export function frontendFor(language: Exclude<Language, 'text'>): Promise<Frontend> {
  let frontend = ready.get(language);
  if (frontend === undefined) {
    frontend = LOADERS[language]().then((made) => {
      loaded.set(language, made);
      return made;
    });
    ready.set(language, frontend);
  }
  return frontend;
}

/** The same without waiting; null when it is not loaded yet. */
export function loadedFrontend(language: Exclude<Language, 'text'>): Frontend | null {
  return loaded.get(language) ?? null;
}
