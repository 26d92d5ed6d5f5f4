/** What all templates of pages get beside what Widgy gives them. */
export const variables = { theme: { name: 'dune' } };
