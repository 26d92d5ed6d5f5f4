import type { JsonValue } from '../tree/json.ts';
import { didYouMean } from '../widgets/nearest.ts';
import { bareJson } from './bare-json.ts';
import { type ByGroup, mapPublic } from './by-group.ts';
import type { Settings } from './define-settings.ts';
import type { SettingsSnapshot } from './snapshot.ts';

/**
 * What templates get as `settings`: the public settings, so that `{{ settings.site.title }}` is the value of `site.title`. It is frozen,
 * and no object in it has a prototype.
 */
export function publicSettings(snapshot: SettingsSnapshot): ByGroup<JsonValue> {
  return mapPublic(snapshot.settings, ({ setting }) => bareJson(snapshot.find(setting.name)?.value ?? null));
}

/** Why a template gets nothing for a name. */
export interface NotPublic {
  readonly code: 'unknown' | 'not-public';
  readonly what: string;
}

/**
 * Says why a template that asks for a name gets nothing: `site.title`, or what stands behind it, `site.links.0.label`. Undefined for a
 * setting that templates may see, and for a group that has one.
 */
export function whyNotPublic({ all, groups }: Settings, path: string): NotPublic | undefined {
  const [group = '', key] = path.split('.');
  const members = groups.find(({ name }) => name === group)?.settings ?? [];
  const name = key === undefined ? group : `${group}.${key}`;
  const meant = key === undefined ? members : members.filter(({ setting }) => setting.key === key);
  if (meant.some(({ setting }) => setting.isPublic)) return undefined;
  if (meant.length > 0) {
    const which = key === undefined ? `no setting of the group "${name}" is` : `the setting "${name}" is not`;
    const isSecret = meant.every(({ setting }) => setting.isSecret);
    const what = `${which} public${isSecret ? ' and never can be, being secret' : ': say isPublic where it is defined'}`;
    return { code: 'not-public', what };
  }
  const known = key === undefined ? groups.map((each) => each.name) : [...all.keys()];
  const what = `there is no setting ${JSON.stringify(name)}. ${didYouMean(name, known)}`.trim();
  return { code: 'unknown', what };
}
