/** How often each thing is done. */
export interface EditorEffort {
  /** Navigations, each in a browser as of somebody new. */
  readonly opens: number;
  readonly keys: number;
  /** Of each other thing. */
  readonly acts: number;
  /** Times that something is dragged. */
  readonly drags: number;
}
