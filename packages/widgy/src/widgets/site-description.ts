import type { TreeLimits } from '../tree/limits.ts';
import type { TypeRules } from '../tree/rules/type-rules.ts';
import type { WidgetAction } from './define-widget.ts';
import type { FieldDescription } from './fields/description.ts';
import type { JsonSchema } from './fields/json-schema.ts';

/** The rules of a type that are data: all but what only the server can ask. */
export type RulesData = Omit<TypeRules, 'acceptsChild' | 'acceptsParent'>;

/** A type as somebody who edits is told of it. Plain JSON: browsers get the same. */
export interface TypeDescription {
  readonly type: string;
  readonly label: string;
  /** One sentence to people who choose among types. */
  readonly description?: string;
  /** Other words that they may look for it by; absent for none. */
  readonly keywords?: readonly string[];
  /** The field whose text tells widgets of this type apart; absent where the first text in them does. */
  readonly summary?: string;
  readonly fields: readonly FieldDescription[];
  readonly jsonSchema: JsonSchema;
  readonly rules: RulesData;
  /** Whether the server has more to say than the rules: then it must be asked. */
  readonly hasFunctions: boolean;
  /** What they may do with widgets of the type. */
  readonly permissions: Readonly<Record<WidgetAction, boolean>>;
}

/** The types of a site, and how large its trees may get. */
export interface SiteDescription {
  readonly types: readonly TypeDescription[];
  readonly limits: TreeLimits;
}
