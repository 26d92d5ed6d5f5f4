/** @jsxImportSource preact */
import type { TypeDescription } from '../../widgets/site-description.ts';
import { pictureOf, type TypePicture } from './type-picture.ts';

/** A drawing of what widgets of a type are, beside its label. */
export function TypeDrawing({ type }: { readonly type: TypeDescription }) {
  return (
    <svg class="type-drawing" viewBox="0 0 32 24" width="32" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[pictureOf(type)]} />
    </svg>
  );
}

/** Lines in a field of 32 by 24. */
const PATHS: Readonly<Record<TypePicture, string>> = {
  box: 'M4 3h24v18H4zM8 8h16M8 12h16M8 16h9',
  columns: 'M4 3h11v18H4zM17 3h11v18H17z',
  code: 'M12 6l-6 6 6 6M20 6l6 6-6 6',
  picture: 'M4 3h24v18H4zM4 18l7-7 5 5 4-4 8 7M21 8h2v2h-2z',
  link: 'M4 8h24v8H4zM10 12h10M17 9l3 3-3 3',
  list: 'M5 6h2M11 6h16M5 12h2M11 12h16M5 18h2M11 18h16',
  text: 'M5 5h22M5 10h22M5 15h22M5 20h12',
  line: 'M5 9h22M5 15h12',
  plain: 'M8 5h16v14H8zM13 12h6',
};
