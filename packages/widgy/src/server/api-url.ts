/** Where the JSON API of a site is. */
export const API_URL = '/api/widgy';
