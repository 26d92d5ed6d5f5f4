import { Html } from '../../widgets/fields/html.ts';
import type { FieldKind } from '../../widgets/fields/kind.ts';
import { printSource } from '../html/source-kind.ts';

/** HTML that is kept and shown as it was typed, scripts and all. Only for fields whose type few people may edit. */
export const unsafeKind: FieldKind = {
  shape: 'text',
  print: printSource,
  show: (value) => (typeof value === 'string' ? Html.trusted(value) : ''),
};
