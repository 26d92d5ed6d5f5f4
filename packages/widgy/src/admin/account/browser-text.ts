/** What a browser calls itself, and what people call it. The first one that is found counts: most claim to be others too. */
const BROWSERS: readonly (readonly [mark: string, name: string])[] = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser/', 'Samsung Internet'],
  ['Firefox/', 'Firefox'],
  ['FxiOS/', 'Firefox'],
  ['CriOS/', 'Chrome'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
];

const SYSTEMS: readonly (readonly [mark: string, name: string])[] = [
  ['iPhone', 'an iPhone'],
  ['iPad', 'an iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'a Mac'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
];

/** How people know a browser again, `Firefox on Windows`. It is what the browser says of itself, and proves nothing. */
export function browserText(agent: string | null): string {
  if (agent === null || agent === '') return 'A browser that does not say what it is';
  const browser = nameIn(BROWSERS, agent);
  const system = nameIn(SYSTEMS, agent);
  if (browser === undefined) return agent.length > 60 ? `${agent.slice(0, 60).toWellFormed()}…` : agent;
  return system === undefined ? browser : `${browser} on ${system}`;
}

function nameIn(
  known: readonly (readonly [mark: string, name: string])[],
  agent: string,
): string | undefined {
  return known.find(([mark]) => agent.includes(mark))?.[1];
}
