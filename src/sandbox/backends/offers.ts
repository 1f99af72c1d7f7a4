import { GUARANTEES } from '../../model/observation.ts';
import type { Backend } from '../backend.ts';

/** Every guarantee offered, none proven yet: what a backend says of itself, with what its mechanism lacks taken out. */
export const EVERY_GUARANTEE = Object.fromEntries(
  GUARANTEES.map((name) => [name, 'unproven']),
) as Backend['offers'];
