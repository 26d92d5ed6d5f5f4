import { boats } from './boats.ts';
import { yard } from './yard.ts';

/** What all templates of the site get, beside what Widgy gives them: what the code knows of the yard. */
export const variables = { yard, boats } as const;
