/** UTF-8 bytes of the JSON of one setting. All settings of a site are read for one request, so each is small. */
export const MAX_SETTING_BYTES = 64 * 1024;

/** Lists and objects inside one another in one setting. */
export const MAX_SETTING_DEPTH = 16;
