/**
 * Imported before anything else by the file that starts a server: `import 'widgy/explain'`. What keeps the server from starting, be it the
 * configuration, the environment or a port that is taken, is then printed as what happened and what to do. Everything else is printed as
 * Node does it, with the place in the code.
 */
import { explainFailure } from './explain-failure.ts';

// A monitor changes nothing about an error that it does not end the process for.
process.on('uncaughtExceptionMonitor', (error) => {
  const text = explainFailure(error);
  if (text === undefined) return;
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
