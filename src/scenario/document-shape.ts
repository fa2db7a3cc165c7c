/** What Kubestep's own documents have in common: their head, and how a thing that is done is written in them. */
import { FAULT_SHAPE } from './fault-shape';
import { ADDED_NODE } from './node-shape';
import { ANYTHING, about, mapOf, named, objectOf, SCALAR, type Shape, TEXT, wordIn } from './shape';

/** The apiVersion of the documents that this release reads. */
export const SCENARIO_API_VERSION = 'kubestep.dev/v1alpha1';

/** The keys of a command. */
export const COMMAND_FIELDS = {
  kubectl: about('A kubectl command without the word kubectl', TEXT),
  stdin: about('What the command reads from standard input', TEXT),
};

/** The keys of what is done without a command. */
export const DEED_FIELDS = {
  apply: about('A manifest, or a list of them', ANYTHING),
  fault: FAULT_SHAPE,
  heal: FAULT_SHAPE,
  addNode: ADDED_NODE,
};

/** A whole document of a kind, which `says` tells of; `needed`: whether its name and its spec must be there. */
export function documentShape(kind: 'Scenario' | 'Lesson', says: string, spec: Shape, needed: boolean): Shape {
  const what = kind.toLowerCase();
  const metadata = objectOf(
    {
      name: about(`Name of the ${what}`, TEXT),
      labels: about('Labels', mapOf(SCALAR)),
      annotations: about('Annotations', mapOf(SCALAR)),
    },
    needed ? ['name'] : [],
  );
  const fields = {
    apiVersion: wordIn([SCENARIO_API_VERSION]),
    kind: wordIn([kind]),
    metadata: about(`Name and labels of the ${what}`, metadata),
    spec,
  };
  const required = ['apiVersion', 'kind', ...(needed ? (['metadata', 'spec'] as const) : [])] as const;
  return named(kind, about(says, objectOf(fields, required)));
}
