import { checkDocuments } from './check-documents.ts';
import { type CheckedSettings, checkSettings } from './check-settings.ts';
import { checkSite } from './check-site.ts';
import { count, type Diagnostic, formatDiagnostics, hasErrors } from './diagnostic.ts';
import type { Options } from './options.ts';
import type { CommandContext, Outcome } from './outcome.ts';

/** `widgy check`: looks at the site, and at its settings and all documents unless only the site is asked for. */
export async function checkCommand(options: Options, context: CommandContext): Promise<Outcome> {
  const { isSiteOnly, isFixing, withHistory, isVerbose } = options;
  const ofSite = await checkSite(await context.site(), await context.rendering(), context.directory);
  const ofDocuments = isSiteOnly
    ? undefined
    : await context.withDocuments((store) => checkDocuments(store, { isFixing, withHistory }));
  const ofSettings = isSiteOnly ? undefined : await settingsOf(context);
  const diagnostics = [ofSite, ofSettings, ofDocuments].flatMap((part) => part?.diagnostics ?? []);
  const { types, renderings } = ofSite;
  const summary = [`${count(types, 'type')} of widgets, rendered ${count(renderings, 'time')}`];
  if (ofSettings !== undefined) summary.push(count(ofSettings.settings, 'setting'));
  if (ofDocuments !== undefined) {
    const { documents, versions } = ofDocuments;
    summary.push(`${count(documents, 'document')}, ${count(versions, 'version')}`);
  }
  return {
    status: hasErrors(diagnostics) ? 1 : 0,
    json: {
      ...{ types, renderings },
      settings: ofSettings?.settings ?? null,
      documents: ofDocuments?.documents ?? null,
      versions: ofDocuments?.versions ?? null,
      unusedTrees: ofDocuments?.unusedTrees ?? null,
      diagnostics,
    },
    text: [...summary, total(diagnostics)],
    messages: formatDiagnostics(diagnostics, isVerbose),
  };
}

/** What is found in the settings; undefined for a site without any. */
async function settingsOf({ settings, withDatabase }: CommandContext): Promise<CheckedSettings | undefined> {
  const given = await settings();
  if (given === undefined) return undefined;
  return await withDatabase('require', (database) => checkSettings({ ...given, database }));
}

/** `2 errors, 1 warning`. */
function total(diagnostics: readonly Diagnostic[]): string {
  const number = (severity: Diagnostic['severity']) =>
    diagnostics.filter((one) => one.severity === severity && !one.isFixed).length;
  const fixed = diagnostics.filter(({ isFixed }) => isFixed).length;
  const parts = [count(number('error'), 'error'), count(number('warning'), 'warning')];
  return [...parts, ...(fixed === 0 ? [] : [`${fixed} fixed`])].join(', ');
}
