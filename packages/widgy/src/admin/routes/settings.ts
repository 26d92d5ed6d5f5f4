import {
  printSettingsForm,
  readSettings,
  readSettingsForm,
  refusedForm,
  type SettingsForm,
  type SettingWarning,
  settingsForm,
  writeSettings,
} from '../../settings/index.ts';
import type { AdminCall } from '../call.ts';
import { linkGroups } from '../link-groups.ts';
import type { AdminRoute } from '../route.ts';

const access = { may: 'settings.change' } as const;

/** The settings of a site that people may change. */
export const settingsRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/settings', access, handle: showSettings },
  { method: 'POST', path: '/settings', access, handle: takeSettings },
];

async function showSettings(call: AdminCall) {
  const { settings } = call.widgy;
  const snapshot = await readSettings(settings);
  return await renderSettings(call, settingsForm(settings, snapshot));
}

async function renderSettings(call: AdminCall, form: SettingsForm, status = 200) {
  const { widgy, render } = call;
  const { settings } = widgy;
  const links = await linkGroups(call);
  const hasAny = [...settings.settings.all.values()].some(({ setting }) => setting.isEditable);
  const hasOpen = Object.keys(form.bases).length > 0;
  return await render(
    'settings/settings',
    {
      form: printSettingsForm(settings, form, { links }),
      ...{ hasAny, hasOpen },
      warnings: settings.report().map((warning) => warningText(labelOf(widgy, warning.name), warning)),
    },
    status,
  );
}

/** What a setting is called. */
function labelOf({ settings }: AdminCall['widgy'], name: string): string {
  return settings.settings.all.get(name)?.setting.label ?? name;
}

const WARNINGS: Readonly<Record<SettingWarning['code'], string>> = {
  'setting-shadowed':
    'The configuration of the site gives another value than the one that was saved here. That of the configuration counts.',
  'setting-misfit':
    'What was saved does not fit any more, so something else counts. Save it again, or have the default used.',
};

function warningText(label: string, { code, errors }: SettingWarning): string {
  return [`${label}:`, WARNINGS[code], ...errors.map(({ message }) => message)].join(' ');
}

async function takeSettings(call: AdminCall) {
  const { widgy, form, user, say, go } = call;
  const { settings } = widgy;
  const read = readSettingsForm(settings, await readSettings(settings), form.entries);
  if (read.status !== 'read')
    return await renderSettings(call, read.form, read.status === 'changed' ? 200 : 422);
  const written = await writeSettings(settings, read.changes, { id: user.id });
  if (!written.ok) return await renderSettings(call, refusedForm(settings, read.form, written.refusal), 422);
  const labels = read.changes.map(({ name }) => labelOf(widgy, name));
  const text = labels.length === 0 ? 'Nothing was changed.' : `Changed: ${labels.join(', ')}.`;
  say({ tone: 'done', text });
  return go('/settings');
}
