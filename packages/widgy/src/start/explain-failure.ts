/**
 * What kept a server from starting, for whoever starts it: what happened and what to do, without where in the code. Undefined for what is
 * nobody's mistake but the code's, of which the place is what is wanted.
 */
export function explainFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const port = takenPort(error);
  if (port !== undefined)
    return `Port ${port} is taken. Take another one: PORT=${port < MAX_PORT ? port + 1 : MAX_PORT - 1} npm start`;
  if (!isOfCatalogue(error)) return undefined;
  const cause = explainCause(error);
  return cause === undefined || error.message.includes(cause)
    ? error.message
    : `${error.message}\n\n${cause}`;
}

const MAX_PORT = 65_535;

/** The port that a server cannot listen at, because another process does. */
function takenPort(error: Error): number | undefined {
  if (!('code' in error) || error.code !== 'EADDRINUSE') return undefined;
  return 'port' in error && typeof error.port === 'number' ? error.port : undefined;
}

/** Errors of Widgy and of the compressor, of whatever copies of the packages: their messages are complete for a person. */
function isOfCatalogue(error: Error): boolean {
  return error.name === 'WidgyError' || error.name === 'CompressorError';
}

/** The reason below. What came from the system or a database has a code and says all; of code of the site the place is wanted, too. */
function explainCause({ cause }: Error): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  return explainFailure(cause) ?? ('code' in cause ? cause.message : cause.stack);
}
