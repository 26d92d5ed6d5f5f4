/** How large a tree may get. What goes over is refused; nothing is cut off. */
export interface TreeLimits {
  /** Widgets on the way from the root to the deepest one, both counted. */
  readonly depth: number;
  /** Widgets in a tree. */
  readonly widgets: number;
  /** UTF-8 bytes of the tree's canonical JSON. */
  readonly bytes: number;
  /** UTF-8 bytes of the canonical JSON of one field. */
  readonly fieldBytes: number;
  /** Arrays and objects inside one another in one field. */
  readonly fieldDepth: number;
}

/** The limits that hold where none are given. */
export const DEFAULT_LIMITS: TreeLimits = {
  depth: 100,
  widgets: 20_000,
  bytes: 16 * 1024 * 1024,
  fieldBytes: 1024 * 1024,
  fieldDepth: 32,
};

/** For what was kept under larger limits than hold now, and is to be read all the same. */
export const NO_LIMITS: TreeLimits = {
  depth: Number.POSITIVE_INFINITY,
  widgets: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
  fieldBytes: Number.POSITIVE_INFINITY,
  fieldDepth: Number.POSITIVE_INFINITY,
};

/** Characters in an id, a type or the name of a slot. */
export const MAX_NAME_LENGTH = 100;

/** So many problems of one value are told; reading ends there. */
export const MAX_PROBLEMS = 50;
