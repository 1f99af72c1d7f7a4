import type { Statement } from '../../../model/program.ts';
import { attributeOf, linkOverridden } from './attributes.ts';
import { newClass } from './class-facts.ts';
import { evaluateDecorators } from './decorators.ts';
import { baseFacts, markClass, noteDecorators } from './definitions.ts';
import { evaluate } from './expressions.ts';
import { Frame } from './frame.ts';
import { changed, UNKNOWN } from '../values/value.ts';
import type { Walk } from './walk.ts';

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
  const created = newClass(statement.name, walk.layer, statement.span, baseFacts(bases));
  if (walk.quiet === 0) walk.gathering.classes.push(created);
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
    for (const parent of created.parents) if (parent.children.length < 1_000) parent.children.push(created);
    linkOverridden(walk, created);
  }
  markClass(created, walk.gathering.file.environments);
  walkMembers(statement.body.filter((member) => member.kind !== 'function'));
  walk.frame = frame;
  walk.owner = owner;
}
