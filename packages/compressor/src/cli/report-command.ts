import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { refusalOf } from '../caught.ts';
import { type Reported, reportSite } from '../compress-site.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import { mapScript } from '../report/html/map-script.ts';
import { renderReportPage } from '../report/html/page.ts';
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
  if (options.html !== undefined) await writePage(resolve(io.directory, options.html), options.html, result);
  const written = options.html === undefined ? [] : [`the page was written to ${options.html}`];
  return {
    status: isWrong ? 1 : 0,
    json: {
      ...report,
      durationMs: Math.round(milliseconds),
      diagnostics: shownDiagnostics(diagnostics, options.isVerbose),
    },
    text: options.isQuiet ? [] : [...formatReport(report, options.isVerbose), ...written],
    messages: messagesFor(diagnostics, options),
  };
}

async function writePage(path: string, shown: string, { report, analysis }: Reported): Promise<void> {
  const page = renderReportPage({
    report,
    diagnostics: analysis.diagnostics,
    script: await mapScript(),
  });
  try {
    await writeFile(path, page);
  } catch (cause) {
    const reason = refusalOf(cause);
    throw new CompressorError('usage', {
      message: `the page cannot be written to ${shown} (${reason})`,
      help: 'Name a file in a folder that exists and that you may write to.',
      cause,
    });
  }
}
