/** The value that a JSON text holds; null for what is none. The static stage reports what cannot be read. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
