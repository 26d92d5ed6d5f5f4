/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { type ReadDetails, readDetailsAt } from '../server/shared-api.ts';
import type { SharedPlace } from '../server/shared-data.ts';
import type { Words } from '../words/index.ts';

/** Places that are told of by name. */
const MAX_NAMED = 20;

/** What is known of a call-out: undefined while it is being asked for. */
export type Looked = ReadDetails | 'gone' | 'unknown' | undefined;

/** Asks what is known of a call-out. */
export function useDetails(url: string): Looked {
  const [looked, setLooked] = useState<{ readonly url: string; readonly found: Looked }>();
  useEffect(() => {
    let isOver = false;
    void readDetailsAt(url).then((answer) => {
      if (isOver) return;
      const isGone = answer.kind === 'refused' && answer.problem.status === 404;
      setLooked({ url, found: answer.kind === 'done' ? answer.value : isGone ? 'gone' : 'unknown' });
    });
    return () => {
      isOver = true;
    };
  }, [url]);
  return looked?.url === url ? looked.found : undefined;
}

/** Where a change of a call-out shows. */
export function Affected({ words, looked }: { readonly words: Words; readonly looked: Looked }) {
  const { sharing } = words;
  if (looked === undefined) return <p role="status">{sharing.loading}</p>;
  if (looked === 'gone') return <p>{sharing.gone}</p>;
  if (looked === 'unknown') return <p>{words.errors.noAnswer}</p>;
  const { places, uses } = looked;
  if (uses === 0) return <p>{sharing.usedTimes({ count: 0 })}</p>;
  const named = places.slice(0, MAX_NAMED);
  const rest = uses - named.length;
  return (
    <>
      <p class="affected-count">{sharing.affects({ count: uses })}</p>
      <ul class="affected" aria-label={sharing.usedOn}>
        {named.map((place, at) => (
          <li key={`${at} ${place.url}`}>
            <PlaceName words={words} place={place} />
          </li>
        ))}
        {rest > 0 ? <li>{sharing.others({ count: rest })}</li> : null}
      </ul>
    </>
  );
}

/** The same for the call-out at an address. */
export function AffectedAt({ words, url }: { readonly words: Words; readonly url: string }) {
  return <Affected words={words} looked={useDetails(url)} />;
}

function PlaceName({ words, place }: { readonly words: Words; readonly place: SharedPlace }) {
  const name = place.name ?? words.sharing.elsewhere;
  return (
    <>
      {place.url === null ? name : <a href={place.url}>{name}</a>}
      {place.address === null ? null : <small class="affected-address"> {place.address}</small>}
    </>
  );
}
