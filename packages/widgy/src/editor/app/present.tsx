/** @jsxImportSource preact */
import { findWidget } from '../../tree/tree.ts';
import { selectOne } from '../session/selection.ts';
import type { PresentPerson, Session } from '../session/session.ts';

/** Who else has the document open, and where they are. */
export function Present({ session }: { readonly session: Session }) {
  const { words } = session;
  const people = session.people.value;
  if (people.length === 0) return null;
  return (
    <ul class="present" aria-label={words.presence.title}>
      {people.map((person) => (
        <li key={person.client}>
          <button
            type="button"
            class="person"
            title={whereabouts(session, person)}
            aria-label={whereabouts(session, person)}
            onClick={() => {
              if (person.widget !== null) session.selection.value = selectOne(person.widget);
            }}
          >
            {initialsOf(person.name)}
          </button>
        </li>
      ))}
    </ul>
  );
}

function whereabouts({ words, tree, catalogue }: Session, { name, widget }: PresentPerson): string {
  const found = widget === null ? undefined : findWidget(tree.value, widget);
  if (found === undefined) return words.presence.isHere({ who: name });
  return words.presence.isOn({ who: name, what: catalogue.get(found.type)?.label ?? found.type });
}

/** The first letters of a name, as many as fit into a small circle. */
function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map(
    (part) => [...(part ?? '')][0] ?? '',
  );
  return letters.join('').toUpperCase();
}
