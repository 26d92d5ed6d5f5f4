import { createWidget, fold, type IdMaker, type Widget } from './widget.ts';

/** The same widget with all below it under ids that no other has. */
export function withNewIds(widget: Widget, newId: IdMaker): Widget {
  return fold<Widget>(widget, ({ type, slot, fields }, children) =>
    createWidget({ id: newId(), type, slot, fields, children }),
  );
}
