import { checkSite } from '../compress-site.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { formatPlace } from '../errors.ts';
import { listed } from '../offline/judge.ts';
import { type BlockReport, reportBlocks } from '../offline/report-blocks.ts';
import { doLongWork, messagesFor } from './long-work.ts';
import type { Options } from './options.ts';
import { count, duration, shownDiagnostics, total } from './print.ts';
import type { Io, Outcome } from './run.ts';

/** `compressor check`. */
export async function checkCommand(options: Options, config: ResolvedConfig, io: Io): Promise<Outcome> {
  const { result: analysis, milliseconds } = await doLongWork(options, io, (common) =>
    checkSite(config, common),
  );
  const blocks = reportBlocks(analysis.occurrences);
  const { diagnostics, contexts, templates } = analysis;
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  return {
    status: isWrong ? 1 : 0,
    json: {
      blocks,
      contexts,
      templates: templates.length,
      durationMs: Math.round(milliseconds),
      diagnostics: shownDiagnostics(diagnostics, options.isVerbose),
    },
    text: options.isQuiet
      ? []
      : [
          ...blocks.flatMap((block) => [...formatBlock(block), '']),
          `${count(blocks.length, 'block')} in ${count(templates.length, 'template')}, ${count(contexts, 'context')}, in ${duration(milliseconds)}`,
          total(diagnostics),
        ],
    messages: messagesFor(diagnostics, options),
  };
}

function formatBlock({
  template,
  line,
  column,
  block,
  kind,
  mode,
  name,
  variants,
  variables,
}: BlockReport): string[] {
  const place = formatPlace({ file: template, line, column, block });
  const shared = variants.length === 1;
  return [
    [place, kind, mode, name].filter((part) => part !== undefined).join(' '),
    ...variables.map((variable) => {
      const hint = variable.looksPerRequest ? ', looks like something of one request' : '';
      const kept = variable.keptIn === undefined ? '' : `, from ${variable.keptIn}`;
      const lacking = variable.lackedBy.length === 0 ? '' : `, lacking in ${listed(variable.lackedBy)}`;
      return `  reads ${variable.name} at ${formatPlace({ file: variable.template, line: variable.line, column: variable.column })}${kept}${lacking}${hint}`;
    }),
    ...variants.flatMap(({ sources, contexts }, index) => [
      ...(shared ? [] : [`  variant ${index + 1}, from ${listed(contexts)}`]),
      ...sources.map((source) => `${shared ? '  ' : '    '}${source}`),
    ]),
  ];
}
