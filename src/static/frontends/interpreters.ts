import type { Language } from '../../model/program.ts';

/** How an interpreter takes a program as an argument. */
export interface Interpreter {
  /** The option that the program stands behind. */
  readonly option: RegExp;
  /** The language that it is in. */
  readonly language: Language;
}

const INTERPRETERS: readonly (Interpreter & { readonly name: RegExp })[] = [
  { name: /^(?:ba|z|da|k|a)?sh$/, option: /^-[a-z]*c$/, language: 'shell' },
  { name: /^(?:python|pypy)[\d.]*$/, option: /^-[a-zA-Z]*c$/, language: 'python' },
  { name: /^j?ruby[\d.]*$/, option: /^-[a-zA-Z]*e$/, language: 'ruby' },
  {
    name: /^(?:node|nodejs|bun|deno)$/,
    option: /^(?:-e|-p|-pe|--eval|--print|eval)$/,
    language: 'javascript',
  },
];

/** The interpreter of a name, without folders; null for any other command. */
export function interpreterOf(name: string): Interpreter | null {
  return INTERPRETERS.find((each) => each.name.test(name)) ?? null;
}
