/** Thrown through the engine, which must not take it for an error of a template. */
export class Signal extends Error {}

/** Something has to be waited for; then what was being done is done again. */
export class Pending extends Signal {
  readonly promise: Promise<void>;

  constructor(promise: Promise<void>) {
    super();
    this.promise = promise;
  }
}

/** Something needs the item of a loop that was entered once to look around: the loop must really run. */
export class ItemNeeded extends Signal {}
