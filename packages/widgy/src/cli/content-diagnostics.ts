import type { Version } from '../documents/commits/versions.ts';
import type { ImportFinding } from '../documents/files/import-document.ts';
import type { TreeFinding } from '../documents/files/inspect-tree.ts';
import type { Link } from '../links/links-in.ts';
import { formatReference } from '../widgets/fields/reference.ts';
import { count, type Diagnostic } from './diagnostic.ts';

/**
 * Diagnostics for what a site has against the trees of one document. A type that it does not have is told once, as a warning: its
 * widgets are kept, however many there are.
 *
 * @param severityOf of a finding that is no warning by itself
 */
export function findingDiagnostics(
  findings: readonly ImportFinding[],
  severityOf: (finding: ImportFinding) => Diagnostic['severity'],
): readonly Diagnostic[] {
  const unknown = findings.filter(isTypeUnknown);
  const others = findings.filter((finding) => !isTypeUnknown(finding));
  return [
    ...Array.from(
      Map.groupBy(unknown, ({ type }) => type),
      ([type, found]) => unknownType(type, found),
    ),
    ...others.map((finding) => findingDiagnostic(finding, severityOf(finding))),
  ];
}

function isTypeUnknown({ code }: TreeFinding): boolean {
  return code === 'type-unknown';
}

function unknownType(type: string, found: readonly ImportFinding[]): Diagnostic {
  const widgets = [...new Set(found.map(({ widget }) => widget))];
  const versions = [...new Set(found.flatMap((finding) => finding.versions))].sort(byAge);
  const which = `${count(widgets.length, 'widget')} ${widgets.length === 1 ? 'has' : 'have'}`;
  return {
    ...{ code: 'type-unknown', severity: 'warning', versions, type, widgets },
    message: `the site has no type "${type}", which ${which}`,
    help: HELP['type-unknown'],
  };
}

/** The draft before commits, and commits by their numbers. */
function byAge(one: Version, other: Version): number {
  return (one === 'draft' ? 0 : one) - (other === 'draft' ? 0 : other);
}

function findingDiagnostic(
  { code, widget, type, field, what, versions }: ImportFinding,
  severity: Diagnostic['severity'],
): Diagnostic {
  return {
    code,
    severity: code === 'field-unsafe' && severity === 'error' ? 'warning' : severity,
    ...{ versions, widget, type, message: what, help: HELP[code] },
    ...(field === undefined ? {} : { path: field }),
  };
}

const HELP: Readonly<Record<TreeFinding['code'], string>> = {
  'type-unknown': 'Bring the type back, or delete its widgets.',
  'rule-broken': 'Move or delete the widget, or correct the rules of the type.',
  'field-invalid': 'Correct the field, or the schema of the type.',
  'field-unsafe': 'Save the field again: that sanitises it. Visitors never get what is taken out.',
};

/** A diagnostic for a link that leads nowhere. */
export function danglingDiagnostic(
  { widget, field, target }: Link,
  severity: Diagnostic['severity'],
): Diagnostic {
  return {
    ...{ code: 'link-dangling', severity, widget, path: `/${field}` },
    message: `the link to ${formatReference(target)} leads nowhere`,
    help: 'Point it at something else, or register what it points at as linkables in the configuration.',
  };
}
