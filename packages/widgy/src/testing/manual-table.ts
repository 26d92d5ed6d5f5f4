/** The cells of a table of the manual: of each row the first and the second, by the head of the table as it stands there. */
export function tableRows(page: string, head: string): readonly (readonly [first: string, second: string])[] {
  const [, rest = ''] = page.split(`${head}\n`);
  const [table = ''] = rest.split('\n\n');
  const rows = [...table.matchAll(/^\| (.*?) \| (.*) \|$/gm)].map(
    ([, first = '', second = '']) => [first, second] as const,
  );
  return rows.filter(([first]) => first !== '---');
}

/** The number that a cell begins with; `1 MiB` in bytes. */
export function numberIn(cell: string): number {
  const [, digits = '', unit] = /^([\d,]+)( MiB)?/.exec(cell) ?? [];
  return Number(digits.replaceAll(',', '')) * (unit === undefined ? 1 : 2 ** 20);
}
