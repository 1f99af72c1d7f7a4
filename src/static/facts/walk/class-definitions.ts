import type { Statement } from '../../../model/program.ts';
import { attributeOf, linkOverridden } from './attributes.ts';
import { newClass } from './class-facts.ts';
import { evaluateDecorators } from './decorators.ts';
import { baseFacts, markClass, noteDecorators } from './definitions.ts';
import { evaluate } from './expressions.ts';
import { Frame } from './frame.ts';
import { lendToMethods } from './lent-objects.ts';
import type { ClassFact } from '../facts.ts';
import { changed, UNKNOWN, type Value } from '../values/value.ts';
import type { Walk } from './walk.ts';

/** So many classes is one made from. */
const MAX_BASES = 2_000;

/** A class to which another definition adds. */
function extended(walk: Walk, known: ClassFact, bases: readonly Value[]): ClassFact {
  const added = baseFacts(bases);
  if (Math.max(known.bases.length, known.parents.length) + bases.length > MAX_BASES) {
    walk.gathering.miss({ reason: 'a class has more bases than are followed', blocking: true });
    return known;
  }
  known.bases = [...known.bases, ...added.bases];
  known.parents = [...known.parents, ...added.parents.filter((parent) => parent !== known)];
  return known;
}

/**
 * Makes a class known with its methods, whose bodies are walked later.
 * @param walkMembers walks what else stands in its body, in the class's own frame
 */
export function defineClass(
  walk: Walk,
  statement: Extract<Statement, { kind: 'class' }>,
  walkMembers: (members: readonly Statement[]) => void,
): void {
  const bases = statement.bases.map((base) => evaluate(walk, base));
  evaluateDecorators(walk, statement.decorators, statement.span);
  const known = walk.customs.extendsClasses ? (walk.frame.read(statement.name)?.class ?? null) : null;
  const created =
    known === null
      ? newClass(statement.name, walk.layer, statement.span, baseFacts(bases))
      : extended(walk, known, bases);
  if (walk.quiet === 0 && known === null) walk.gathering.classes.push(created);
  walk.frame.assign(
    statement.local ?? statement.name,
    changed(UNKNOWN, { class: created, name: created.bases[0] ?? null }),
    walk.graph,
    true,
  );
  const { frame, owner } = walk;
  // `Outer::Inner`
  if (owner !== null && frame.kind === 'class' && walk.quiet === 0)
    attributeOf(walk, owner, statement.name).value = changed(UNKNOWN, { class: created });
  walk.frame = new Frame('class', frame);
  walk.owner = created;
  for (const member of statement.body) {
    if (member.kind === 'function') {
      const method = walk.addFunction(member.definition, created);
      if (member.definition.name !== null) created.methods.set(member.definition.name, method);
      noteDecorators(walk, method);
    }
  }
  if (walk.quiet === 0) {
    for (const parent of created.parents) parent.children.push(created);
    linkOverridden(walk, created);
  }
  lendToMethods(created);
  markClass(created, walk.gathering.file.environments);
  walkMembers(statement.body.filter((member) => member.kind !== 'function'));
  walk.frame = frame;
  walk.owner = owner;
}
