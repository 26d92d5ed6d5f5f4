/**
 * What a rendering depends on beside the tree, the templates and what every rendering is given: noted while it runs, so that HTML is
 * used again only where it would come out the same.
 */
export class Recording {
  /** The variables of the page that templates asked for, present or not. */
  readonly reads = new Set<string>();
  /** Tags and filters that nobody knows the result of in advance. */
  readonly used = new Set<string>();
  /** Whether a widget could not be shown: that is tried again, and told again. */
  hasFailed = false;

  /** Notes the use of a tag or a filter. */
  uses(name: string): void {
    this.used.add(name);
  }

  /**
   * Whether the HTML comes out the same wherever the tree and some variables are.
   *
   * @param pure tags and filters that depend on nothing but what they are given
   */
  holdsFor(variables: ReadonlySet<string>, pure: ReadonlySet<string>): boolean {
    return !this.hasFailed && this.reads.isSubsetOf(variables) && this.used.isSubsetOf(pure);
  }
}

/** The name under which all variables are noted, for code that looks at which there are. */
export const ALL_VARIABLES = '*';

/**
 * The variables of a page as templates see them; each that is asked for is noted. It catches every way of asking, also those of a
 * site's own tags, and asking for what is not there: another page may have it.
 *
 * @param unnoted variables that are the same for every rendering, or that are put in later
 */
export function recorded(
  variables: Readonly<Record<string, unknown>>,
  recording: Recording,
  unnoted: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const note = (name: PropertyKey): void => {
    if (typeof name === 'string' && !unnoted.has(name)) recording.reads.add(name);
  };
  return new Proxy(variables, {
    get(target, name) {
      // What LiquidJS asks of every object is no variable.
      if (name === 'toLiquid') return undefined;
      note(name);
      return Object.hasOwn(target, name) ? Reflect.get(target, name) : undefined;
    },
    has(target, name) {
      note(name);
      return Object.hasOwn(target, name);
    },
    getOwnPropertyDescriptor(target, name) {
      note(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      recording.reads.add(ALL_VARIABLES);
      return Reflect.ownKeys(target);
    },
  });
}

/** Variables that stand in front of others. */
export function inFrontOf(
  given: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const holderOf = (name: PropertyKey) => (Object.hasOwn(given, name) ? given : others);
  // With the others as its target, each look would be taken at them several times, and so on in each layer.
  return new Proxy(Object.create(null), {
    get: (_, name) => Reflect.get(holderOf(name), name),
    has: (_, name) => Reflect.has(holderOf(name), name),
    getOwnPropertyDescriptor(_, name) {
      const found = Reflect.getOwnPropertyDescriptor(holderOf(name), name);
      // A proxy must not promise that what its target lacks stays as it is.
      return found && { ...found, configurable: true };
    },
    ownKeys: () => [...new Set([...Reflect.ownKeys(others), ...Reflect.ownKeys(given)])],
  });
}
