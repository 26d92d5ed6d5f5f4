/** @jsxImportSource preact */
import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { findWidget } from '../../tree/tree.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { PreviewPage } from './preview-page.ts';

/** What the overlay needs. */
export interface OverlayProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly page: ReadonlySignal<PreviewPage | undefined>;
  /** Counts whenever something on the page may have another place. */
  readonly layout: ReadonlySignal<number>;
}

/** A box that is drawn around a widget. */
interface Box {
  readonly id: string;
  readonly kind: 'selected' | 'hovered' | 'person';
  readonly label: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn over the page: boxes around widgets. It takes no room in the page and changes nothing in it. */
export function Overlay({ session, surface, page, layout }: OverlayProps) {
  const boxes = useSignal<readonly Box[]>([]);
  useSignalEffect(() => {
    layout.value;
    const opened = page.value;
    const { ids } = session.selection.value;
    const hovered = surface.hovered.value;
    const people = session.people.value;
    const boxOf = (id: string, kind: Box['kind'], label: string): readonly Box[] => {
      const found = opened?.hooks.boxOf(id);
      if (found === undefined) return [];
      const { left, top, width, height } = found;
      return [{ id, kind, label, left, top, width, height }];
    };
    const labelOf = (id: string) => {
      const type = findWidget(session.tree.peek(), id)?.type ?? '';
      return session.catalogue.get(type)?.label ?? type;
    };
    const request = requestAnimationFrame(() => {
      boxes.value = [
        ...people.flatMap(({ widget, name }) => (widget === null ? [] : boxOf(widget, 'person', name))),
        ...(hovered === undefined || ids.includes(hovered)
          ? []
          : boxOf(hovered, 'hovered', labelOf(hovered))),
        ...ids.flatMap((id) => boxOf(id, 'selected', labelOf(id))),
      ];
    });
    return () => cancelAnimationFrame(request);
  });
  return (
    <div class="overlay" aria-hidden="true">
      {boxes.value.map(({ id, kind, label, left, top, width, height }) => (
        <div
          key={`${kind} ${id}`}
          class={`box ${kind}`}
          style={{ transform: `translate(${left}px, ${top}px)`, width: `${width}px`, height: `${height}px` }}
        >
          <span class={top < LABEL_HEIGHT ? 'box-label inside' : 'box-label'}>{label}</span>
        </div>
      ))}
    </div>
  );
}

/** CSS pixels that a label above a box takes. */
const LABEL_HEIGHT = 22;
