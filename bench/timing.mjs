import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What to run, and where from. @typedef {{ command: readonly string[], environment?: () => Record<string, string> }} Process */

/** Largest memory a running process has held so far, in bytes; 0 where /proc does not tell. Threads are within it, children are not. */
function peakMemory(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/**
 * Runs one whole process to its end. Any exit status is fine but those of a fault; not starting is an error.
 * @param {Process} process
 * @param {boolean} watchesMemory asks for its memory every 20 ms, which costs a little time
 * @returns {Promise<{ ms: number, bytes: number }>} wall time, peak memory
 */
export function measure({ command: [file, ...args], environment }, watchesMemory = false) {
  const env = { ...process.env, ...environment?.() };
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let stderr = '';
    const started = process.hrtime.bigint();
    const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
    const timer = watchesMemory
      ? setInterval(() => {
          bytes = Math.max(bytes, peakMemory(child.pid));
        }, 20)
      : undefined;
    child.stderr.on('data', (data) => {
      if (stderr.length < 10_000) stderr += data;
    });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearInterval(timer);
      const ms = Number(process.hrtime.bigint() - started) / 1e6;
      if (signal !== null || status === 70 || status === 2)
        reject(new Error(`${file} ${args.join(' ')} ended with ${signal ?? status}: ${stderr.trim()}`));
      else resolve({ ms, bytes });
    });
  });
}

/** A place in sorted numbers, from 0 to 1. */
function quantile(numbers, place) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * place)];
}

/** Median and quartiles. */
export function spreadOf(numbers) {
  return { median: quantile(numbers, 0.5), low: quantile(numbers, 0.25), high: quantile(numbers, 0.75) };
}

/** No comparison goes on for longer; slow rivals are run fewer times. */
const MAX_MS = 240_000;

/**
 * Runs two processes in turn, so that a busy machine slows both alike, after one run of each that does not count.
 * @param {number} runs how many pairs, unless they take longer than four minutes
 * @returns times of both in milliseconds, and of each pair how many times as long as `own` the other took
 */
export async function inTurn(own, other, runs) {
  const started = performance.now();
  const warmUp = [await measure(own), await measure(other)];
  const pairs = [];
  while (pairs.length < runs && (pairs.length === 0 || performance.now() - started < MAX_MS)) {
    // A rival that takes minutes is run once: what the first run warms up is lost in it.
    if (pairs.length === 0 && warmUp[1].ms > MAX_MS / 3) pairs.push(warmUp);
    else pairs.push([await measure(own), await measure(other)]);
  }
  return {
    runs: pairs.length,
    own: spreadOf(pairs.map(([a]) => a.ms)),
    other: spreadOf(pairs.map(([, b]) => b.ms)),
    ratio: spreadOf(pairs.map(([a, b]) => b.ms / a.ms)),
  };
}
