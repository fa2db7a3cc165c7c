/** Which objects two branches hold differently at a moment, and in which fields. */
import type { KubeObject } from '../../engine/api/meta';
import type { Simulation } from '../../engine/simulation';
import { ROW_DEFINITIONS } from '../row-registry';
import { rowId } from '../rows';
import { type FieldDifference, fieldDifferences } from './field-differences';

type Readable = Pick<Simulation, 'kinds' | 'objectsAt'>;

/** An object that is there on one side only (`only`), or differs. */
export interface ObjectDifference {
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly only?: 'a' | 'b';
  readonly fields: readonly FieldDifference[];
}

/** Where a branch is looked at. */
export interface Look {
  readonly simulation: Readable;
  readonly step: number;
}

/** Records of what others do are told by what they do. */
function isTold(kind: string): boolean {
  const place = ROW_DEFINITIONS.get(kind)?.place;
  return place === undefined || place === 'drawn' || place === 'listed';
}

/** By kind and name, of both versions what may be told of them. Objects that only differ in what is different in every run don't count. */
export function objectDifferences(
  a: Look,
  b: Look,
  told: (one: KubeObject, other: KubeObject) => readonly [KubeObject, KubeObject],
): ObjectDifference[] {
  const kinds = [...new Set([...a.simulation.kinds(), ...b.simulation.kinds()])].filter(isTold).sort();
  return kinds.flatMap((kind) => {
    const of = ({ simulation, step }: Look) =>
      new Map(
        simulation
          .objectsAt(step, kind)
          .map((each) => [rowId(kind, each.metadata.namespace, each.metadata.name), each]),
      );
    const [left, right] = [of(a), of(b)];
    return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((id): ObjectDifference[] => {
      const [one, other] = [left.get(id), right.get(id)];
      if (one === other) return [];
      const { namespace = '', name } = (one ?? other)!.metadata;
      const base = { id, kind, namespace, name };
      if (!one || !other) return [{ ...base, only: one ? 'a' : 'b', fields: [] }];
      const fields = fieldDifferences(...told(one, other));
      return fields.length > 0 ? [{ ...base, fields }] : [];
    });
  });
}
