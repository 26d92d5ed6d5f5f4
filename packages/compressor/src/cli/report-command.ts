import { reportSite } from '../compress-site.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { doLongWork, messagesFor } from './long-work.ts';
import type { Options } from './options.ts';
import { shownDiagnostics } from './print.ts';
import { formatReport } from './print-report.ts';
import type { Io, Outcome } from './run.ts';

/** `compressor report`. */
export async function reportCommand(options: Options, config: ResolvedConfig, io: Io): Promise<Outcome> {
  const { result, milliseconds } = await doLongWork(options, io, (common) => reportSite(config, common));
  const { report, analysis } = result;
  const { diagnostics } = analysis;
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  return {
    status: isWrong ? 1 : 0,
    json: {
      ...report,
      durationMs: Math.round(milliseconds),
      diagnostics: shownDiagnostics(diagnostics, options.isVerbose),
    },
    text: options.isQuiet ? [] : formatReport(report, options.isVerbose),
    messages: messagesFor(diagnostics, options),
  };
}
