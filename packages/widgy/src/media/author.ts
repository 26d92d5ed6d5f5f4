/** Who changes media. */
export interface MediaAuthor {
  /** Recorded with what they do; null where nobody is known. */
  readonly id: string | null;
}
