import type { TreeFinding } from '../documents/inspect-tree.ts';
import type { Link } from '../links/links-in.ts';
import { formatReference } from '../widgets/fields/reference.ts';
import type { Diagnostic } from './diagnostic.ts';

/** A diagnostic for what a site has against a tree. A type that it does not have is never more than a warning: its widgets are kept. */
export function findingDiagnostic(
  { code, widget, type, field, what }: TreeFinding,
  severity: Diagnostic['severity'],
): Diagnostic {
  const isMild = severity === 'error' && (code === 'type-unknown' || code === 'field-unsafe');
  return {
    code,
    severity: isMild ? 'warning' : severity,
    ...{ widget, type, message: what, help: HELP[code] },
    ...(field === undefined ? {} : { path: field }),
  };
}

const HELP: Readonly<Record<TreeFinding['code'], string>> = {
  'type-unknown': 'Bring the type back, or delete the widget in the editor.',
  'rule-broken': 'Move or delete the widget in the editor, or correct the rules of the type.',
  'field-invalid': 'Correct the field in the editor, or the schema of the type.',
  'field-unsafe':
    'Save the field again in the editor: that sanitises it. Visitors never get what is taken out.',
};

/** A diagnostic for a link that leads nowhere. */
export function danglingDiagnostic(
  { widget, field, target }: Link,
  severity: Diagnostic['severity'],
): Diagnostic {
  return {
    ...{ code: 'link-dangling', severity, widget, path: `/${field}` },
    message: `the link to ${formatReference(target)} leads nowhere`,
    help: 'Point it at something else in the editor, or register what it points at as linkables in the configuration.',
  };
}
