/** @jsxImportSource preact */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { labelIn } from '../commands/where.ts';
import { isFromRight } from '../parts/nodes.ts';
import { selectOne } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { pathTo } from './boxes.ts';

/** Where the selected widget stands: what is around it, the outermost first, as buttons that select. */
export function Path({ session }: { readonly session: Session }) {
  const { words, catalogue } = session;
  const tree = session.tree.value;
  const id = session.selection.value.ids.at(-1);
  const list = useRef<HTMLElement>(null);
  // Where there is too little room for all, the widget itself is what is seen.
  useLayoutEffect(() => {
    const element = list.current;
    if (element !== null)
      element.scrollLeft = isFromRight(element) ? -element.scrollWidth : element.scrollWidth;
  }, [id]);
  if (id === undefined) return <p class="preview-path">{words.outline.noneSelected}</p>;
  return (
    <nav ref={list} class="preview-path" aria-label={words.outline.path}>
      <ol>
        {pathTo(tree, id).map((each) => (
          <li key={each}>
            <button
              type="button"
              aria-current={each === id ? 'location' : undefined}
              onClick={() => {
                session.selection.value = selectOne(each);
              }}
            >
              {labelIn(tree, each, catalogue)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
