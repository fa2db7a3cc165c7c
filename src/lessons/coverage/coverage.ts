/**
 * Which concepts of Kubernetes are taught or shown where: rows of a list (concepts.txt: id, scope, title), and what lessons (`concepts` in their
 * files) and scenarios of the gallery (scenarios.txt) say of themselves. Pure.
 */

/** A concept: `core` ones are those that a lesson stands or falls by, `out` ones are told in the glossary only. */
export interface Concept {
  readonly id: string;
  readonly scope: 'core' | 'in' | 'out';
  readonly title: string;
}

/** A concept and where it is shown: names of lessons, and of scenarios. */
export interface Covered extends Concept {
  readonly lessons: readonly string[];
  readonly scenarios: readonly string[];
}

/** What a lesson or a scenario shows. */
export interface Shows {
  readonly name: string;
  readonly concepts: readonly string[];
}

/** Reads the list of concepts. */
export function readConcepts(text: string): readonly Concept[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [id = '', scope = 'in', ...title] = line.split(' ');
      return { id, scope: scope as Concept['scope'], title: title.join(' ') };
    });
}

/** Reads what scenarios show: a name and ids a line. */
export function readShows(text: string): readonly Shows[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ...concepts] = line.split(' ');
      return { name, concepts };
    });
}

/** Every concept with where it is shown. */
export function coverageOf(
  concepts: readonly Concept[],
  lessons: readonly Shows[],
  scenarios: readonly Shows[],
): readonly Covered[] {
  const namesOf = (all: readonly Shows[], id: string) =>
    all.filter((one) => one.concepts.includes(id)).map(({ name }) => name);
  return concepts.map((concept) => ({
    ...concept,
    lessons: namesOf(lessons, concept.id),
    scenarios: namesOf(scenarios, concept.id),
  }));
}

/** Whether a concept is nowhere, though it must be somewhere. */
export const isMissing = ({ scope, lessons, scenarios }: Covered): boolean =>
  scope !== 'out' && lessons.length + scenarios.length === 0;

/** Ids that something shows and no row has. */
export function unknownIds(concepts: readonly Concept[], shows: readonly Shows[]): readonly string[] {
  const known = new Set(concepts.map(({ id }) => id));
  return shows.flatMap(({ name, concepts: ids }) => ids.filter((id) => !known.has(id)).map((id) => `${name}: ${id}`));
}
