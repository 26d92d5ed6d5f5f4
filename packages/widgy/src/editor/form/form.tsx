/** @jsxImportSource preact */
import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { findWidget } from '../../tree/tree.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { createFormMemory, type FormMemory } from './memory.ts';
import { SeveralForm } from './several.tsx';
import { UnknownForm } from './unknown.tsx';
import { WidgetForm } from './widget-form.tsx';

/** What the form of the selection needs. */
export interface FormProps {
  readonly session: Session;
  readonly surface: Surface;
  /** What is remembered of typing; its own where none is given. Whoever gives one can mark widgets with what could not be kept. */
  readonly memory?: FormMemory;
  /** What can be done with several widgets that are selected. */
  readonly actions?: ComponentChildren;
}

/** The form of what is selected: the fields of one widget, or what several have in common. */
export function Form({ session, surface, memory: given, actions }: FormProps) {
  const memory = useMemo(() => given ?? createFormMemory(session), [given, session]);
  useEffect(() => (given === undefined ? memory.dispose : undefined), [given, memory]);
  const { words } = session;
  const { ids } = session.selection.value;
  const id = ids.at(-1);
  const type = useComputed(
    () => findWidget(session.tree.value, session.selection.value.ids.at(-1) ?? '')?.type,
  ).value;
  if (id === undefined || type === undefined) return <p class="form-empty">{words.form.empty}</p>;
  if (ids.length > 1) return <SeveralForm {...{ session, surface, memory, actions }} />;
  const known = session.data.types.find((each) => each.type === type);
  if (known === undefined) return <UnknownForm key={id} session={session} widget={id} type={type} />;
  return <WidgetForm key={id} session={session} surface={surface} memory={memory} widget={id} type={known} />;
}
