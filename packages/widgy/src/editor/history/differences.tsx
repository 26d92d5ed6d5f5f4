/** @jsxImportSource preact */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Tool } from '../parts/tool.tsx';
import { selectOne } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { Words } from '../words/index.ts';
import type { Difference } from './compare.ts';
import { DifferenceRow } from './difference-row.tsx';
import type { Pair, VersionName, Versions } from './versions.ts';

/** What the comparison needs. */
export interface DifferencesProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly versions: Versions;
  readonly onCompare: (pair: Pair) => void;
}

/** What is different between two versions that can be chosen. */
export function Differences({ session, surface, versions, onCompare }: DifferencesProps) {
  const { words, data } = session;
  const { history: texts } = words;
  const heading = useId();
  const current = useSignal(-1);
  const pair = versions.pair.value;
  const comparison = versions.comparison.value;
  if (pair === undefined)
    return <p role="status">{versions.hasOlder.value === undefined ? texts.loading : texts.none}</p>;
  const { from, to } = pair;
  const all = comparison?.differences ?? [];
  const go = (difference: Difference) => {
    const index = all.indexOf(difference);
    current.value = index;
    // What was removed is only to be seen in the version before.
    const shown = difference.kind === 'removed' ? from : to;
    surface.version.value = shown === 'draft' ? undefined : shown;
    surface.hovered.value = difference.id;
    if (difference.kind !== 'removed') session.selection.value = selectOne(difference.id);
    document.getElementById(`${heading}-${index}`)?.focus();
  };
  const step = (by: 1 | -1) => {
    const next = all[current.value + by] ?? (by === 1 ? all[0] : all.at(-1));
    if (next !== undefined) go(next);
  };
  return (
    <>
      <VersionChoices words={words} versions={versions} pair={pair} onCompare={onCompare} />
      <h3 id={heading}>{texts.comparing({ from: nameOf(from, words), to: nameOf(to, words) })}</h3>
      {comparison === undefined ? <p role="status">{texts.loading}</p> : null}
      {comparison !== undefined && all.length === 0 ? <p role="status">{texts.same}</p> : null}
      {comparison !== undefined && all.length > 0 ? (
        <>
          <div class="difference-steps">
            <p role="status">{texts.summary(comparison.counts)}</p>
            <Tool icon="up" label={texts.previousDifference} onPress={() => step(-1)} />
            <Tool icon="down" label={texts.nextDifference} onPress={() => step(1)} />
          </div>
          <ol class="differences" aria-labelledby={heading}>
            {all.map((difference, index) => (
              <DifferenceRow
                key={`${difference.kind} ${difference.id}`}
                words={words}
                difference={difference}
                buttonId={`${heading}-${index}`}
                isCurrent={index === current.value}
                restoreFrom={to === 'draft' && data.mayEdit && from !== 'draft' ? from : undefined}
                isBusy={versions.isBusy.value}
                onGo={go}
                onRestore={(id, commit) => void versions.restoreWidget(id, commit)}
              />
            ))}
          </ol>
        </>
      ) : null}
    </>
  );
}

function VersionChoices({
  words,
  versions,
  pair: { from, to },
  onCompare,
}: {
  readonly words: Words;
  readonly versions: Versions;
  readonly pair: Pair;
  readonly onCompare: (pair: Pair) => void;
}) {
  const { history: texts } = words;
  const id = useId();
  const names: readonly VersionName[] = [
    'draft',
    ...versions.commits.value.filter(({ isWithdrawal }) => !isWithdrawal).map(({ number }) => number),
  ];
  const choice = (part: 'from' | 'to', label: string, chosen: VersionName) => (
    <div class="version-choice">
      <label for={`${id}-${part}`}>{label}</label>
      <select
        id={`${id}-${part}`}
        value={String(chosen)}
        onChange={({ currentTarget }) => {
          const name = names.find((each) => String(each) === currentTarget.value);
          if (name !== undefined) onCompare({ from, to, [part]: name });
        }}
      >
        {names.map((name) => (
          <option key={name} value={String(name)}>
            {nameOf(name, words)}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <div class="version-choices">
      {choice('from', texts.before, from)}
      {choice('to', texts.after, to)}
      <button type="button" class="compact" onClick={() => onCompare({ from: to, to: from })}>
        {texts.swap}
      </button>
    </div>
  );
}

function nameOf(version: VersionName, { history }: Words): string {
  return version === 'draft' ? history.draft : history.version({ number: version });
}
