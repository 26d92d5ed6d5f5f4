import type { FieldKind } from '../../widgets/fields/kind.ts';

/** The kind of field that holds one of the call-outs of the site, and nothing else. */
export const calloutKind: FieldKind = {
  shape: 'text',
  takesReferences: true,
  takes: { types: ['callout'], isOnly: true },
  check: (value) =>
    typeof value !== 'string' || /^(?:widgy:callout\/[A-Za-z0-9_-]{1,100})?$/.test(value)
      ? undefined
      : 'Choose one of the call-outs of the site.',
};
