/**
 * Trees of widgets as values: reading and writing them, operations, versions, and the rules of what may stand where. Nothing here reads a
 * file, a clock or chance, and all of it runs in the browser as on the server.
 */
export { type Applied, applyOperation } from './apply.ts';
export {
  type ChangedWidget,
  diffTrees,
  type FieldDifference,
  type MovedWidget,
  type TreeDiff,
} from './diff.ts';
export { type Difference, operationsBetween } from './diff-operations.ts';
export type { FieldConflict } from './field-changes.ts';
export { formatTree, formatWidget } from './format.ts';
export { hashWidget } from './hash.ts';
export { type Inverted, invertOperation } from './invert.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { DEFAULT_LIMITS, MAX_NAME_LENGTH, MAX_PROBLEMS, type TreeLimits } from './limits.ts';
export { type Measure, measure } from './measure.ts';
export {
  type FieldsConflict,
  type MergeConflict,
  type Merged,
  mergeTrees,
  type TypeConflict,
} from './merge.ts';
export type { OrderConflict } from './merge-order.ts';
export type { PlaceConflict } from './merge-places.ts';
export type { RemovalConflict } from './merge-removals.ts';
export type { Side } from './merge-sides.ts';
export {
  type Duplicate,
  duplicate,
  formatOperation,
  type Insert,
  type Move,
  OPERATION_KINDS,
  type Operation,
  type Remove,
  type SetFields,
  type Unwrap,
  type Wrap,
  type WrappedChild,
} from './operation.ts';
export { parseTree } from './parse.ts';
export { parseOperation } from './parse-operation.ts';
export type { Parsed, Problem, ProblemCode } from './problems.ts';
export {
  CONFLICT_CODES,
  type Conflict,
  type ConflictCode,
  type Rebased,
  rebaseOperation,
} from './rebase.ts';
export type { Refusal, RefusalCode, Refused } from './refusal.ts';
export { type Catalogue, type CatalogueResult, createCatalogue, type KnownType } from './rules/catalogue.ts';
export { type CheckedOperation, checkOperation } from './rules/check-operation.ts';
export { checkTree } from './rules/check-tree.ts';
export { newWidget } from './rules/new-widget.ts';
export { type PossibleParent, possibleParents } from './rules/possible-parents.ts';
export { possibleChildren, type Shelf, type Shelves } from './rules/shelf.ts';
export {
  ANY,
  type ChildRules,
  type NamedSlotRule,
  type Relation,
  type SlotRule,
  type TypeRules,
} from './rules/type-rules.ts';
export {
  type Named,
  RULE_CODES,
  type RuleCode,
  type RuleRefusal,
  type Violation,
  type Wrapper,
} from './rules/violation.ts';
export {
  ancestorsOf,
  createTree,
  findWidget,
  freezeTree,
  hashTree,
  isInside,
  type Place,
  parentOf,
  placeOf,
  type Tree,
} from './tree.ts';
export {
  childrenIn,
  createWidget,
  type IdMaker,
  isId,
  isTypeName,
  type Widget,
  type WidgetHead,
  type WidgetParts,
  walk,
} from './widget.ts';
