import type { ProblemCode } from '../../http/problem.ts';
import type {
  Catalogue,
  ConflictCode,
  RefusalCode as OfTree,
  RuleCode,
  RuleRefusal,
  TreeLimits,
} from '../../tree/index.ts';
import type { FieldErrorCode } from '../../widgets/fields/field-error.ts';

/** Why an operation is refused: it does not fit the tree, or a rule is against it. */
export type RefusalCode = RuleCode | OfTree;

/** What is wrong with the value of a field. */
export type FieldCode = FieldErrorCode;

/** What a sentence about a refusal may name. What is not known is left out of it. */
export interface RefusalNames {
  /** The label of the widget that cannot stand there, or with which something cannot be done. */
  readonly child?: string | undefined;
  /** The label of the widget around it. */
  readonly parent?: string | undefined;
  readonly slot?: string | undefined;
  /** How many there may be at most, or have to be at least. */
  readonly limit?: number | undefined;
}

/** The bound that a value of a field is beyond, where it is known. */
export interface FieldLimit {
  readonly limit?: number | undefined;
}

/** A sentence for each problem of the API. */
export type ProblemTexts = Readonly<Record<ProblemCode, string>>;

/** A sentence for each refusal. */
export type RefusalTexts = Readonly<Record<RefusalCode, (names: RefusalNames) => string>>;

/** A sentence for each error of a field. */
export type FieldTexts = Readonly<Record<FieldCode, (limit: FieldLimit) => string>>;

/** A sentence for each conflict, about the widget in question. */
export type ConflictTexts = Readonly<Record<ConflictCode, (about: { readonly what: string }) => string>>;

/**
 * What a sentence about this refusal may name: `words.errors.refusal(namesOf(refusal, catalogue))`.
 *
 * @param limits those that the operation was checked with
 */
export function namesOf(
  refusal: RuleRefusal,
  catalogue: Catalogue,
  limits?: TreeLimits,
): RefusalNames & { readonly code: RefusalCode } {
  const { code } = refusal;
  if (!('rule' in refusal)) {
    const limit = code === 'too-deep' ? limits?.depth : code === 'too-many' ? limits?.widgets : undefined;
    return { code, limit };
  }
  const { parent, child, slot, rule } = refusal;
  const room = parent && catalogue.get(parent.type)?.slots.get(slot);
  const limit = rule === 'children.max' ? room?.max : rule === 'children.min' ? room?.min : undefined;
  return { code, parent: parent?.label, child: child?.label, slot, limit };
}
