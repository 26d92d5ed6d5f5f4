import type { Liquid, Template } from 'liquidjs';
import { keepSettled } from './steps.ts';

/** Templates that were read, for as long as the process lives. One that is known is there at once; one that failed is read again. */
export function keptTemplates(): NonNullable<Liquid['options']['cache']> {
  const kept = new Map<string, Template[] | Promise<Template[]>>();
  return {
    read: (key) => kept.get(key),
    write: (key, value) => keepSettled(kept, key, value),
    remove: (key) => {
      kept.delete(key);
    },
  };
}
