import { escapeLine } from '../reporters/escape.ts';

/** Work shorter than this shows no progress at all. */
const DELAY_MS = 1000;
const CLEAR_LINE = '\r\u001b[2K';

/** One line on a terminal that says what is going on; silent elsewhere and with `--quiet`. */
export class Progress {
  private readonly stream: NodeJS.WriteStream;
  private readonly isShown: boolean;
  private readonly started = performance.now();
  private timer: NodeJS.Timeout | null = null;
  private message = '';
  private hasLine = false;

  constructor(stream: NodeJS.WriteStream, argv: readonly string[]) {
    this.stream = stream;
    this.isShown =
      stream.isTTY && !argv.includes('--quiet') && !argv.includes('-q') && process.env['TERM'] !== 'dumb';
  }

  /** Replaces the line, once the work has lasted long enough to be worth one. */
  show(message: string): void {
    if (!this.isShown) return;
    this.message = message;
    const waitMs = DELAY_MS - (performance.now() - this.started);
    if (waitMs <= 0) this.draw();
    else if (this.timer === null) {
      this.timer = setTimeout(() => {
        this.draw();
      }, waitMs);
      this.timer.unref();
    }
  }

  /** Takes the line away, before anything else is printed. */
  clear(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.hasLine) this.stream.write(CLEAR_LINE);
    this.hasLine = false;
  }

  private draw(): void {
    const width = Math.max(20, this.stream.columns);
    this.stream.write(`${CLEAR_LINE}sbx: ${escapeLine(this.message).slice(0, width - 8)} …`);
    this.hasLine = true;
  }
}
