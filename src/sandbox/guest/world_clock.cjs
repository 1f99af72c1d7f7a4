// Shows JavaScript another date, for a backend that cannot give the whole sandbox a clock of its own: the counterpart of world_clock.py.
// It is a deception within the process: compiled code, and programs that are no JavaScript, see the real date.
'use strict';

const NEAR_MS = 3_600_000;

/** From now on the date is this one, and goes on from there. Nothing is done where it is that date already. */
module.exports = function beginAt(milliseconds) {
  const RealDate = Date;
  const realNow = Date.now;
  const offset = milliseconds - realNow();
  if (Math.abs(offset) < NEAR_MS) return;
  const now = () => realNow() + offset;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values, kind) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, kind),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  // `date.constructor` would lead to the real one.
  RealDate.prototype.constructor = globalThis.Date;
  const origin = performance.timeOrigin + offset;
  Object.defineProperty(performance, 'timeOrigin', { get: () => origin, configurable: true });
};
