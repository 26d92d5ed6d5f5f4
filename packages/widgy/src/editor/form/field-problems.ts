import { fieldOf, type JsonObject } from '../../tree/json.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { checkKept, schemasIn } from './check-value.ts';
import type { FieldProblem } from './problem.ts';

/** What is wrong with the fields of a widget, by their names and in their order. A field with which nothing is wrong is not in it. */
export type FieldProblems = ReadonlyMap<string, readonly FieldProblem[]>;

/** What is wrong with the fields of a widget as the draft has them. Asked for all widgets of a page with each key: so it is worked out once. */
export function fieldProblems(fields: JsonObject, type: TypeDescription): FieldProblems {
  const known = MEMOS.get(type) ?? new WeakMap<JsonObject, FieldProblems>();
  MEMOS.set(type, known);
  const problems = known.get(fields) ?? checkFields(fields, type);
  known.set(fields, problems);
  return problems;
}

/** By the type and the fields, neither of which ever changes. */
const MEMOS = new WeakMap<TypeDescription, WeakMap<JsonObject, FieldProblems>>();

function checkFields(fields: JsonObject, { fields: described, jsonSchema }: TypeDescription): FieldProblems {
  const schemas = schemasIn(jsonSchema);
  return new Map(
    described.flatMap((field) => {
      const problems = checkKept(field, fieldOf(fields, field.name), schemas.get(field.name));
      return problems.length === 0 ? [] : [[field.name, problems] as const];
    }),
  );
}
