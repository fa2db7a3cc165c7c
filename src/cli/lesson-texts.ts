/** The texts of the lessons that come with Kubestep, in the command line itself. */

const texts = import.meta.glob<string>('../lessons/*/*.yaml', { query: '?raw', import: 'default', eager: true });

/** By the names of their lessons. */
export const lessonTexts = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(texts).map(([path, text]) => [path.replace(/^.*\/([^/]+)\.yaml$/, '$1'), text]));
