/** A number of bytes as people write it: `'170 kB'`. Kilo is 1000, kibi is 1024. */
export type BytesText = `${number} ${keyof typeof UNITS}`;

const UNITS = { B: 1, kB: 1000, KiB: 1024, MB: 1000 ** 2, MiB: 1024 ** 2 } as const;

/** Reads a number of bytes, given as such or as a text; undefined for what is neither. */
export function parseBytes(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const [, number, unit] = /^(\d+(?:\.\d+)?) (B|kB|KiB|MB|MiB)$/.exec(value) ?? [];
  if (number === undefined || !isUnit(unit)) return undefined;
  return Math.round(Number(number) * UNITS[unit]);
}

function isUnit(value: string | undefined): value is keyof typeof UNITS {
  return value !== undefined && Object.hasOwn(UNITS, value);
}

/** Bytes for people: `12.3 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_950 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
