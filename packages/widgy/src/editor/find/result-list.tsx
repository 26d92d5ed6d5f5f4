/** @jsxImportSource preact */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isMac } from '../commands/keys.ts';
import type { Words } from '../words/index.ts';
import { Keys } from './key-names.tsx';
import type { Result, ResultGroup } from './results.ts';

/** What the list of results needs. */
export interface ResultListProps {
  /** The id of the list; results have it before their key. */
  readonly id: string;
  readonly words: Words;
  readonly groups: readonly ResultGroup[];
  /** The key of the result that is meant. */
  readonly active: string | undefined;
  readonly onPoint: (result: Result) => void;
  readonly onChoose: (result: Result) => void;
}

/** What was found, in groups. The focus stays in the search: this says which one is meant. */
export function ResultList({ id, words, groups, active, onPoint, onChoose }: ResultListProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={list} id={id} class="picker-list" role="listbox" aria-label={words.find.title}>
      {groups.map(({ name, results, more }) => (
        // biome-ignore lint/a11y/useSemanticElements: a list box holds no field sets
        <div key={name} class="picker-group" role="group" aria-labelledby={`${id}-${name}`}>
          <h3 id={`${id}-${name}`} role="presentation">
            {words.find[name]}
            {more > 0 ? <span class="find-more"> {words.find.more({ count: more })}</span> : null}
          </h3>
          {results.map((result) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the search, which has the focus
            <div
              key={result.key}
              id={`${id}-${result.key}`}
              class="picker-option"
              role="option"
              tabIndex={-1}
              aria-selected={result.key === active}
              onPointerMove={result.key === active ? undefined : () => onPoint(result)}
              onClick={() => onChoose(result)}
            >
              <span class="picker-words">
                <span class="picker-label">{result.label}</span>
                {result.detail === '' ? null : <span class="picker-text">{result.detail}</span>}
              </span>
              {result.shortcut === undefined ? null : (
                <Keys shortcut={result.shortcut} words={words} isMac={isMac()} />
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
