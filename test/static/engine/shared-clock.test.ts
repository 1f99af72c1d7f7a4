import { describe, expect, it } from 'vitest';
import { SharedClock } from '../../../src/static/shared-clock.ts';

/** A clock over times that a test sets, in milliseconds. */
function clockOf(): { clock: SharedClock; pass: (wall: number, processor: number) => void } {
  const now = { wall: 0, processor: 0 };
  const clock = new SharedClock({ wall: () => now.wall, processor: () => now.processor });
  return {
    clock,
    pass: (wall, processor) => {
      now.wall += wall;
      now.processor += processor;
    },
  };
}

describe('SharedClock', () => {
  it('runs like any clock while every busy thread has a processor', () => {
    const { clock, pass } = clockOf();
    clock.changeBusy(1);
    clock.changeBusy(1);
    // Collecting garbage takes more threads.
    pass(1_000, 2_600);
    expect(clock.seconds).toBe(1);
  });

  it('runs slower while others take the processors, and stands still while the process does', () => {
    const { clock, pass } = clockOf();
    clock.changeBusy(1);
    clock.changeBusy(1);
    pass(4_000, 2_000);
    expect(clock.seconds).toBe(1);
    pass(60_000, 0);
    expect(clock.seconds).toBe(1);
  });

  it('shares the time among those that are busy when it passes', () => {
    const { clock, pass } = clockOf();
    clock.changeBusy(1);
    pass(1_000, 1_000);
    clock.changeBusy(1);
    pass(1_000, 1_000);
    clock.changeBusy(-1);
    pass(1_000, 1_000);
    expect(clock.seconds).toBe(2.5);
  });

  it('runs like any clock while nobody is busy', () => {
    const { clock, pass } = clockOf();
    pass(1_000, 10);
    expect(clock.seconds).toBe(1);
  });
});
