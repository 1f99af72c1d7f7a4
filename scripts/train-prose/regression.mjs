const EPOCHS = 6;
const RATE = 1;
/** The rate of an epoch is that of the first by one and so much for each epoch before. */
const DECAY = 0.5;
const OFFSET_RATE = 0.1;

/** So many trainings, each in an order of its own, are averaged: what one finds beyond the others hangs on the order. */
const TRAININGS = 4;

/** The same order of the examples in each run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * How much features speak for a hostile sentence: the logarithm of the odds.
 * @param {{ weights: Float64Array, offset: number }} model
 * @param {Int32Array} features
 */
export function sumOf({ weights, offset }, features) {
  let sum = 0;
  for (const feature of features) sum += weights[feature];
  return sum / Math.sqrt(features.length) + offset;
}

/**
 * The average of several trainings.
 * @param {{ features: Int32Array, isHostile: boolean, counts: number }[]} examples
 * @param {number} size how many features there are
 * @returns {{ weights: Float64Array, offset: number }}
 */
export function trained(examples, size) {
  const weights = new Float64Array(size);
  let offset = 0;
  for (let seed = 1; seed <= TRAININGS; seed += 1) {
    const one = trainedOnce([...examples], size, seed);
    for (let feature = 0; feature < size; feature += 1) weights[feature] += one.weights[feature] / TRAININGS;
    offset += one.offset / TRAININGS;
  }
  return { weights, offset };
}

/**
 * Logistic regression by plain stochastic gradient descent, of sentences as unit vectors of their features. No penalty on weights: few epochs at a falling
 * rate keep those of rare features small (steps for each feature by itself, as AdaGrad's, did five times worse).
 * @param {{ features: Int32Array, isHostile: boolean, counts: number }[]} examples put in another order
 * @param {number} size how many features there are
 * @param {number} seed of the order
 * @returns {{ weights: Float64Array, offset: number }}
 */
function trainedOnce(examples, size, seed) {
  const weights = new Float64Array(size);
  let offset = 0;
  const random = generator(seed);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const rate = RATE / (1 + epoch * DECAY);
    for (let last = examples.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [examples[last], examples[other]] = [examples[other], examples[last]];
    }
    for (const { features, isHostile, counts } of examples) {
      const norm = Math.sqrt(features.length);
      const error =
        (1 / (1 + Math.exp(-sumOf({ weights, offset }, features))) - (isHostile ? 1 : 0)) * counts;
      const change = (rate * error) / norm;
      for (const feature of features) weights[feature] -= change;
      offset -= OFFSET_RATE * rate * error;
    }
  }
  return { weights, offset };
}
