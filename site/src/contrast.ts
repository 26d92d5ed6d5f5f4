/** The contrast that letters of ordinary size need to be read: WCAG 2.2, 1.4.3. */
export const READABLE_CONTRAST = 4.5;

/** Whether white letters can be read on a colour, such as `#b23f26`. What is no colour is for others to refuse. */
export function isReadableUnderWhite(colour: string): boolean {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return true;
  return 1.05 / (luminance(colour) + 0.05) >= READABLE_CONTRAST;
}

/** The relative luminance of a colour, as WCAG 2.2 defines it: 0 for black, 1 for white. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
