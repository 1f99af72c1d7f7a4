/** Where something that the caller placed at `from` really is. */
export interface Relocation {
  readonly from: string;
  readonly to: string;
}

/**
 * Puts the real places into a text (an argument, a variable's value). A path is taken as one where it starts after the beginning or a
 * character that no path holds in practice (`=`, `:`, `,`, a quote, a bracket, a space, a shell's sign), and ends at `/`, such a character or the end.
 */
export function rewritePaths(text: string, relocations: readonly Relocation[]): string {
  if (relocations.length === 0) return text;
  const ordered = [...relocations].sort((one, other) => other.from.length - one.from.length);
  const names = ordered.map(({ from }) => from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(^|[=:,;'"\\s([{<>|&\`])(${names})(?=$|[/=:,;'"\\s)\\]}<>|&\`])`, 'g');
  return text.replace(pattern, (_all, before: string, path: string) => {
    const relocation = ordered.find(({ from }) => from === path);
    return `${before}${relocation?.to ?? path}`;
  });
}
