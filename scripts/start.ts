// Starts the site. In development unless NODE_ENV says production.
await import('../site/src/server.ts');
