/** The settings of a site: defining them, reading and changing their values, and the form that edits them. Node only. */
export type { ByGroup } from './by-group.ts';
export { defineSetting, type Setting, type SettingDefinition, type SettingValue } from './define-setting.ts';
export {
  defineSettings,
  type RegisteredSetting,
  type SettingGroup,
  type Settings,
  type SettingsDefinition,
} from './define-settings.ts';
export { refusedForm, type SettingsForm, settingsForm } from './form.ts';
export { MAX_SETTING_BYTES, MAX_SETTING_DEPTH } from './limits.ts';
export { type OfflineSetting, type OfflineSettings, offlineSettings } from './offline-settings.ts';
export { printSettingsForm } from './print-form.ts';
export { type NotPublic, publicSettings, whyNotPublic } from './public-settings.ts';
export { type ReadSettingsForm, readSettingsForm } from './read-form.ts';
export {
  SETTINGS_REFUSAL_CODES,
  type SettingsRefusal,
  type SettingsRefusalCode,
  type StaleSetting,
} from './refusal.ts';
export type { SettingSource, SettingState } from './resolve.ts';
export { perRequest, readSettings, type SettingsSnapshot } from './snapshot.ts';
export { DEFAULT_SITE, openSettings, type SettingsOptions, type SettingsStore } from './store.ts';
export { type UnknownSetting, unknownSettings } from './unknown-settings.ts';
export type { SettingWarning } from './warning.ts';
export {
  resetSetting,
  type SettingChange,
  type SettingsAuthor,
  type WrittenSettings,
  writeSettings,
} from './write.ts';
