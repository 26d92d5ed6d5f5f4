import type { RegisteredSetting, Settings } from './define-settings.ts';

/** Something for each public setting, in objects by group: nothing is in them but their own names, so no name reaches anything else. */
export type ByGroup<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** Makes something of each public setting. What templates get is made here and nowhere else, so nothing else reaches them. */
export function mapPublic<T>({ groups }: Settings, make: (registered: RegisteredSetting) => T): ByGroup<T> {
  const all: Record<string, Readonly<Record<string, T>>> = Object.create(null);
  for (const { name, settings } of groups) {
    const group: Record<string, T> = Object.create(null);
    for (const registered of settings) {
      const { isPublic, key } = registered.setting;
      if (isPublic) group[key] = make(registered);
    }
    if (Object.keys(group).length > 0) all[name] = Object.freeze(group);
  }
  return Object.freeze(all);
}
