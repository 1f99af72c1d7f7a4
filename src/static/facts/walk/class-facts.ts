import type { Span } from '../../../model/program.ts';
import type { ClassFact, Layer } from '../facts.ts';

const OF_NOTHING: Pick<ClassFact, 'bases' | 'parents'> = { bases: [], parents: [] };

/**
 * A class of the target before anything of it has been walked.
 * @param name empty for one that nobody named
 * @param madeFrom its bases; none for an object's or a function's own
 */
export function newClass(name: string, layer: Layer, span: Span, madeFrom = OF_NOTHING): ClassFact {
  return {
    name,
    ...madeFrom,
    methods: new Map(),
    attributes: new Map(),
    children: [],
    contentsNode: 0,
    givenNode: 0,
    layer,
    span,
    isEnvironment: false,
  };
}
