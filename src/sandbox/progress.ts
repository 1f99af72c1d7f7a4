/** How often a long run says how far it is, in milliseconds. */
const TICK_MS = 1_000;

/** Says how long a run has been going on and how long it may; gives what ends that. */
export function tellEverySecond(
  what: string,
  mostMs: number,
  progress: (message: string) => void,
): () => void {
  const started = performance.now();
  progress(what);
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - started) / 1000);
    progress(`${what}, ${seconds} s of at most ${Math.round(mostMs / 1000)} s`);
  }, TICK_MS);
  return () => {
    clearInterval(timer);
  };
}
