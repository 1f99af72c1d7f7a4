// Lets JavaScript believe that it has waited: timers that are set for later go off at once, and the clock goes on by as much.
// It is a deception within the process.
'use strict';
const timers = require('node:timers');
const promises = require('node:timers/promises');
const { syncBuiltinESMExports } = require('node:module');

// Shorter waits are left alone: programs that draw or poll have their pace from them.
const LONG_MS = 200;
const TAKEN_MS = 20;
// What repeats itself every minute is not to do so without rest.
const MOST_WAITS = 200;

let skipped = 0;
let waits = 0;

function shortened(ms) {
  if (!(Number(ms) >= LONG_MS) || waits >= MOST_WAITS) return ms;
  waits += 1;
  return TAKEN_MS;
}

const realTimeout = globalThis.setTimeout;
const realInterval = globalThis.setInterval;
function setTimeout(callback, ms, ...rest) {
  const taken = shortened(ms);
  if (taken === ms || typeof callback !== 'function') return realTimeout(callback, ms, ...rest);
  return realTimeout(
    (...values) => {
      skipped += ms - taken;
      callback(...values);
    },
    taken,
    ...rest,
  );
}
Object.defineProperties(setTimeout, Object.getOwnPropertyDescriptors(realTimeout));
const setInterval = (callback, ms, ...rest) => realInterval(callback, shortened(ms), ...rest);
Object.assign(globalThis, { setTimeout, setInterval });
Object.assign(timers, { setTimeout, setInterval });

const realWait = promises.setTimeout;
promises.setTimeout = (ms, value, options) => {
  const taken = shortened(ms);
  return realWait(taken, value, options).then((given) => {
    if (taken !== ms) skipped += ms - taken;
    return given;
  });
};

const realNow = Date.now;
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, values, kind) =>
    Reflect.construct(target, values.length === 0 ? [realNow() + skipped] : values, kind),
  apply: () => new RealDate(realNow() + skipped).toString(),
  get: (target, key) => (key === 'now' ? () => realNow() + skipped : Reflect.get(target, key)),
});
const realPerformance = performance.now.bind(performance);
performance.now = () => realPerformance() + skipped;
syncBuiltinESMExports();
