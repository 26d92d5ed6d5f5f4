// Runs the benchmarks; see bench/README.md.
await import('../bench/run.ts');
