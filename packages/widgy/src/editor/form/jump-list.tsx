/** @jsxImportSource preact */
import { useComputed } from '@preact/signals';
import { controlIdAt } from './control.ts';
import { fieldState } from './field.tsx';
import { focusField } from './focus-field.ts';
import type { FieldPlace } from './memory.ts';
import { labelAt, problemText } from './problem.ts';

/** What is wrong in a form, each with a link to its field. Nothing where nothing is. */
export function JumpList({ places }: { readonly places: readonly FieldPlace[] }) {
  const problems = useComputed(() => places.flatMap((place) => fieldState(place).problems)).value;
  const [first] = places;
  if (problems.length === 0 || first === undefined) return null;
  const { words } = first.session;
  const fields = first.type.fields;
  return (
    <section class="form-problems" aria-label={words.form.problems({ count: problems.length })}>
      <p>{words.form.invalidFields}</p>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.code}`}>
            <a
              href={`#${controlIdAt(problem.path)}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(problem.path);
              }}
            >
              {words.form.problemOf({
                field: labelAt(fields, problem.path),
                problem: problemText(problem, words),
              })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
