import fc from 'fast-check';

/** A part of a template, which each engine writes in its own way. */
export type Part =
  | { readonly type: 'text' }
  | { readonly type: 'value'; readonly value: Value }
  | { readonly type: 'compress'; readonly body: Parts }
  | { readonly type: 'if'; readonly test: Value; readonly body: Parts; readonly rest: Parts }
  | { readonly type: 'choose'; readonly test: Value; readonly body: Parts; readonly rest: Parts }
  | {
      readonly type: 'for';
      readonly item: string;
      readonly list: string;
      readonly body: Parts;
      readonly rest: Parts;
    }
  | { readonly type: 'assign'; readonly name: string; readonly value: Value }
  | { readonly type: 'capture'; readonly name: string; readonly body: Parts }
  | { readonly type: 'captureBlocks'; readonly body: Parts }
  | { readonly type: 'include'; readonly name: string }
  | { readonly type: 'render'; readonly name: string; readonly value: Value }
  | { readonly type: 'slot'; readonly body: Parts };
export type Parts = readonly Part[];

/** A variable, a property of one, or a word; in capitals or not. */
export interface Value {
  readonly text: string;
  readonly isLoud: boolean;
}

/** What a child template puts in the place of a slot of its layouts. */
export interface Override {
  /** `s` and a number outside of blocks, `q` and a number inside. */
  readonly slot: string;
  readonly body: Parts;
  readonly isParentShown: boolean;
}

/** A site: a page, its layouts, and what they show. */
export interface Site {
  readonly home: Child;
  readonly mid: Child;
  readonly base: Parts;
  /** Partials may show those after them. */
  readonly partials: readonly Parts[];
  /** Partials without blocks, to be shown inside of blocks. */
  readonly leaves: readonly Parts[];
  /** Partials with a parameter. */
  readonly rendered: readonly Parts[];
}

export interface Child {
  readonly layout: string;
  readonly before: Parts;
  readonly overrides: readonly Override[];
}

const NAMES = ['a', 'b', 'c', 'missing', 'o.x', 'o.y', 'i', 'j', 'p', '"word"'];
const value: fc.Arbitrary<Value> = fc.record({ text: fc.constantFrom(...NAMES), isLoud: fc.boolean() });
const list = fc.constantFrom('list', 'none', 'pairs');
const ASSIGNED = ['a', 'b', 'n'];

/** Parts of templates, with the blocks of the compressor or without. */
function partsOf(partials: readonly string[], hasBlocks: boolean, depth = 3): fc.Arbitrary<Parts> {
  const inner = (): fc.Arbitrary<Parts> =>
    depth === 0 ? fc.constant([]) : partsOf(partials, hasBlocks, depth - 1);
  const choices: fc.MaybeWeightedArbitrary<Part>[] = [
    { weight: 1, arbitrary: fc.constant({ type: 'text' }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('value'), value }) },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('assign'), name: fc.constantFrom(...ASSIGNED), value }),
    },
  ];
  if (depth > 0) {
    const branches = { test: value, body: inner(), rest: inner() };
    const item = fc.constantFrom('i', 'j');
    choices.push(
      { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('if', 'choose'), ...branches }) },
      {
        weight: 3,
        arbitrary: fc.record({ type: fc.constant('for'), item, list, body: inner(), rest: inner() }),
      },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('slot'), body: inner() }) },
      {
        weight: 1,
        arbitrary: fc.record({
          type: fc.constant('capture'),
          name: fc.constantFrom(...ASSIGNED),
          body: partsOf([], false, 0),
        }),
      },
    );
  }
  if (partials.length > 0) {
    const name = fc.constantFrom(...partials);
    choices.push({ weight: 2, arbitrary: fc.record({ type: fc.constant('include'), name }) });
  }
  if (hasBlocks) {
    const body = partsOf(LEAVES, false, Math.max(depth - 1, 0));
    choices.push(
      { weight: 6, arbitrary: fc.record({ type: fc.constant('compress'), body }) },
      {
        weight: 1,
        arbitrary: fc.record({ type: fc.constant('render'), name: fc.constantFrom('r0', 'r1'), value }),
      },
    );
    if (depth > 0) {
      choices.push({
        weight: 1,
        arbitrary: fc.record({ type: fc.constant('captureBlocks'), body: withoutSlots(inner()) }),
      });
    }
  }
  return fc.array(fc.oneof(...choices), { maxLength: 4 });
}

const LEAVES = ['"l0.html"', '"l1.html"', 'leaf'];
const PARTIALS = ['"p0.html"', '"p1.html"', '"p2.html"'];
const blocks = partsOf([...PARTIALS, ...LEAVES, 'partial'], true);

const plain = partsOf(LEAVES, false, 2);

const override = (slots: readonly string[], body: fc.Arbitrary<Parts>): fc.Arbitrary<Override> =>
  fc.record({ slot: fc.constantFrom(...slots), body: withoutSlots(body), isParentShown: fc.boolean() });

const child = (layouts: readonly string[]): fc.Arbitrary<Child> =>
  fc.record({
    layout: fc.constantFrom(...layouts),
    before: fc.array(fc.record({ type: fc.constant('assign'), name: fc.constantFrom(...ASSIGNED), value }), {
      maxLength: 2,
    }),
    overrides: fc.uniqueArray(fc.oneof(override(['s0', 's1', 's2'], blocks), override(['q0', 'q1'], plain)), {
      maxLength: 4,
      selector: ({ slot }) => slot,
    }),
  });

/** Slots of partials and of overrides would have the names of those of the layout. */
function withoutSlots(parts: fc.Arbitrary<Parts>): fc.Arbitrary<Parts> {
  return parts.map((all) => flatten(all, ['slot']));
}

/** Takes parts of some types away, and leaves what is in them. */
function flatten(all: Parts, types: readonly Part['type'][]): Parts {
  return all.flatMap((part): Parts => {
    const body = 'body' in part ? flatten(part.body, types) : [];
    if (types.includes(part.type)) return body;
    if ('rest' in part) return [{ ...part, body, rest: flatten(part.rest, types) }];
    return 'body' in part ? [{ ...part, body }] : [part];
  });
}

/** Partials with a parameter do not show each other, which would never end, and know no names of partials. */
const rendered = (depth: number): fc.Arbitrary<Parts> =>
  partsOf([], true, depth).map((all) => flatten(all, ['slot', 'render', 'include']));

export const site: fc.Arbitrary<Site> = fc.record({
  home: child(['"mid.html"', '"base.html"', 'layout']),
  mid: child(['"base.html"']),
  base: blocks,
  partials: fc.tuple(
    withoutSlots(partsOf(['"p1.html"', '"p2.html"', '"l0.html"'], true)),
    withoutSlots(partsOf(['"p2.html"', '"l1.html"'], true, 2)),
    withoutSlots(partsOf([], true, 2)),
  ),
  leaves: fc.tuple(withoutSlots(partsOf(['"l1.html"'], false, 2)), withoutSlots(partsOf([], false, 1))),
  rendered: fc.tuple(rendered(2), rendered(1)),
});

const scalar = fc.constantFrom('x', '', 'word', 1, 0, true, false, null);

/** Values for every variable that templates name, `missing` excepted. */
export const variables = fc.record({
  a: scalar,
  b: scalar,
  c: scalar,
  o: fc.record({ x: scalar }, { noNullPrototype: true }),
  list: fc.array(scalar, { maxLength: 3 }),
  pairs: fc.array(fc.record({ x: scalar }, { noNullPrototype: true }), { maxLength: 2 }),
  none: fc.constant([]),
  leaf: fc.constantFrom('l0.html', 'l1.html'),
  partial: fc.constantFrom('p0.html', 'p2.html'),
  layout: fc.constantFrom('mid.html', 'base.html'),
});
