/**
 * A Vite plugin: `NAME.yaml?head` is what a list of lessons shows of one, so that the list need not load the lessons. Texts stay in the
 * lessons' files alone.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { parseAllDocuments } from 'yaml';

/** Name, title, summary, minutes and concepts of the lesson in a YAML stream. */
function headOf(text: string) {
  const documents = parseAllDocuments(text).map((document) => document.toJS());
  const lesson = documents.find((document) => document?.kind === 'Lesson');
  const { title = '', summary, minutes, concepts = [] } = lesson?.spec ?? {};
  return { name: lesson?.metadata?.name ?? '', title, summary, minutes, concepts };
}

/** See the header. */
export const lessonHeads: Plugin = {
  name: 'lesson-heads',
  enforce: 'pre',
  load(id) {
    const [file, query] = id.split('?');
    if (query !== 'head' || !file?.endsWith('.yaml')) return undefined;
    this.addWatchFile(file);
    return `export default ${JSON.stringify(headOf(readFileSync(file, 'utf8')))}`;
  },
};
