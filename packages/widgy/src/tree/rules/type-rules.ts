import type { JsonObject } from '../json.ts';
import type { Tree } from '../tree.ts';
import type { Widget } from '../widget.ts';

/** What may stand in a slot, how many, and what stands there when the widget is new. */
export interface SlotRule {
  /** Types and groups that may stand there; {@link ANY} for all. */
  readonly accept: readonly string[];
  /** The types of the widgets that are made with a new one. */
  readonly default?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

/** A slot with a name. */
export interface NamedSlotRule extends SlotRule {
  readonly name: string;
}

/** What a widget may hold: in no slot, and in its named ones. A widget that has only named slots accepts nothing else. */
export interface ChildRules extends SlotRule {
  readonly slots?: readonly NamedSlotRule[];
}

/** In place of types and groups: all that the catalogue has. */
export const ANY = '*';

/** A child and the parent that it stands in or is to stand in. */
export interface Relation {
  /** Never holds the child that is asked about, whether it stands there already or not: so counting children counts the others. */
  readonly parent: Widget;
  readonly slot: string | undefined;
  readonly child: {
    readonly type: string;
    /** Absent while there is only the wish for one. */
    readonly widget?: Widget;
  };
  /** For looking around. It may hold the child or not yet. */
  readonly tree: Tree;
}

/** The rules of a type of widget: data, so that a browser can apply them, and functions where data does not do. */
export interface TypeRules {
  readonly type: string;
  readonly label: string;
  /** Names under which the type can be accepted together with others. */
  readonly groups?: readonly string[];
  /** The fields of a new one. */
  readonly fields?: JsonObject;
  /** All true if not said. */
  readonly draggable?: boolean;
  readonly deletable?: boolean;
  readonly editable?: boolean;
  /** Nothing may stand in it if not said. */
  readonly children?: ChildRules;
  /** Types and groups that it agrees to stand in; all if not said. */
  readonly parents?: readonly string[];
  /** Not in another of its type, at any depth. */
  readonly notInsideItself?: boolean;
  /** Whether it may be the root of a tree. */
  readonly isRootChoice?: boolean;
  /** Asked when the data agrees. */
  readonly acceptsChild?: (relation: Relation) => boolean;
  /** Asked when the data agrees. */
  readonly acceptsParent?: (relation: Relation) => boolean;
}
