// What a case may take is processor time: a busy machine fails no case.
export { SharedClock } from '../../src/static/shared-clock.ts';
