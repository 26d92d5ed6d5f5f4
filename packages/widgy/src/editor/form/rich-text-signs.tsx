/** @jsxImportSource preact */

/** The shapes of the signs on buttons that no letter stands for, in a square of 18. */
const SHAPES = {
  link: 'M7.5 10.5l3-3M6 8L4 10a2.8 2.8 0 0 0 4 4l2-2M12 10l2-2a2.8 2.8 0 0 0-4-4L8 6',
  bullets: 'M7 4.5h8M7 9h8M7 13.5h8M3.5 4.5h.01M3.5 9h.01M3.5 13.5h.01',
  numbers: 'M8 4.5h7M8 9h7M8 13.5h7M3 3.5l1-.5v3.5M2.8 10.5h2l-2 3h2.2',
  quote: 'M3.5 10.5h4v-4h-4v4q0 2.5 2 3M10.5 10.5h4v-4h-4v4q0 2.5 2 3',
  rule: 'M3 9h12M4 4.5h.01M7.3 4.5h.01M10.6 4.5h.01M14 4.5h.01M4 13.5h.01M7.3 13.5h.01M10.6 13.5h.01M14 13.5h.01',
  clear: 'M4 4h9M8.5 4L7 14M11 11l4 4M15 11l-4 4',
  undo: 'M6 4L3 7l3 3M3 7h7.5a4 4 0 0 1 0 8H7',
  redo: 'M12 4l3 3-3 3M15 7H7.5a4 4 0 0 0 0 8H11',
} as const;

/** The name of a shape, or the letters that a button shows. */
export type SignName = keyof typeof SHAPES | 'B' | 'I' | 'S' | '‹›' | 'HTML';

/** What a button of the tools shows. Its name is said by the button. */
export function Sign({ name }: { readonly name: SignName }) {
  if (!isShape(name)) {
    return (
      <span aria-hidden="true" data-sign={name}>
        {name}
      </span>
    );
  }
  return (
    <svg class="form-sign" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}

function isShape(name: SignName): name is keyof typeof SHAPES {
  return Object.hasOwn(SHAPES, name);
}
