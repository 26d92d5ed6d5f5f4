/** A stretch of a text and what stands there instead; offsets in UTF-16 code units. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A place in a text, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text with replacements made in it, which knows where each place of the result was before. */
export class EditedText {
  readonly text: string;
  readonly #before: LineIndex;
  readonly #after: LineIndex;
  /** For each replacement, where what follows it starts: in the result and before. */
  readonly #ends: { readonly after: number; readonly before: number; readonly length: number }[] = [];

  /** @param edits in order, without overlap */
  constructor(original: string, edits: readonly Edit[]) {
    const pieces: string[] = [];
    let before = 0;
    let after = 0;
    for (const { start, end, text } of edits) {
      pieces.push(original.slice(before, start), text);
      after += start - before + text.length;
      before = end;
      this.#ends.push({ after, before, length: text.length });
    }
    pieces.push(original.slice(before));
    this.text = edits.length === 0 ? original : pieces.join('');
    this.#before = new LineIndex(original);
    this.#after = edits.length === 0 ? this.#before : new LineIndex(this.text);
  }

  /** Where a place of the result was before. A place in a replacement is where the replaced text began or was. */
  originOf(position: Position): Position {
    if (this.#ends.length === 0) return position;
    const offset = this.#after.offsetOf(position);
    const next = firstIndex(this.#ends.length, (index) => (this.#ends[index]?.after ?? 0) > offset);
    const previous = this.#ends[next - 1];
    const original = previous === undefined ? offset : offset - previous.after + previous.before;
    const within = this.#ends[next];
    const limit = within === undefined ? original : Math.min(original, within.before);
    return this.#before.positionOf(limit);
  }
}

/** Where the lines of a text start. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    this.#length = text.length;
  }

  offsetOf({ line, column }: Position): number {
    return Math.min(this.#length, (this.#starts[line - 1] ?? this.#length) + column - 1);
  }

  positionOf(offset: number): Position {
    const line = firstIndex(this.#starts.length, (index) => (this.#starts[index] ?? 0) > offset);
    return { line, column: offset - (this.#starts[line - 1] ?? 0) + 1 };
  }
}

/** The first index for which a condition holds that holds for all after it; `length` if it never does. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
