import { CHECK_IMPACTS, type CheckFinding, type CheckImpact } from './check-message.ts';

/** The findings with the worst first, and those of one impact as they were found. What nobody gave an impact comes last. */
export function bySeverity(findings: readonly CheckFinding[]): readonly CheckFinding[] {
  const rank = ({ impact }: CheckFinding) => (impact === null ? -1 : CHECK_IMPACTS.indexOf(impact));
  return findings.toSorted((a, b) => rank(b) - rank(a));
}

/** The findings of an impact and of all that are worse. What nobody gave an impact may be the worst. */
export function atLeast(findings: readonly CheckFinding[], least: CheckImpact): readonly CheckFinding[] {
  const counted = CHECK_IMPACTS.slice(CHECK_IMPACTS.indexOf(least));
  return findings.filter(({ impact }) => impact === null || counted.includes(impact));
}

/** How many elements break a rule. */
export function countOf(findings: readonly CheckFinding[]): number {
  return findings.reduce((sum, { nodes }) => sum + nodes.length, 0);
}

/** What axe says is to be mended, line by line, without the lines that only lead up to it. */
export function adviceOf(summary: string): readonly string[] {
  const lines = summary.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !/^Fix (?:any|all) of the following:$/.test(line));
}
