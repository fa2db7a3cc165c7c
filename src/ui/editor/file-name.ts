/** A title as the name of a file, without its ending: letters and digits of any language, and `-` between. */
const MAX_CHARACTERS = 60;

/** See the header. */
export function fileName(title: string): string {
  const name = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return name.slice(0, MAX_CHARACTERS).replaceAll(/^-+|-+$/g, '') || 'scenario';
}
