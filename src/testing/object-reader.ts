/** For tests of pure readers: objects in memory, selected as the API server would, and a clock that stands still. */
import type { KubeObject } from '../engine/api/meta';
import { findResource } from '../engine/api/scheme';
import { matchesFieldSelector, matchesText } from '../engine/api/selector';
import { notFound } from '../engine/api/status-error';
import { parseTimestamp } from '../engine/api/timestamp';
import type { ListOptions } from '../engine/client/client';
import type { Clock, Reader } from '../kubectl/command';

/** Reads from these objects, in the order given. */
export function objectReader(objects: readonly KubeObject[]): Reader {
  const list = (kind: string, { namespace, labelSelector = '', fieldSelector = '' }: ListOptions = {}): KubeObject[] =>
    objects.filter(
      (object) =>
        object.kind === kind &&
        (!namespace || object.metadata.namespace === namespace) &&
        matchesText(labelSelector, object.metadata.labels) &&
        matchesFieldSelector(fieldSelector, object),
    );
  const find = (kind: string, namespace: string | undefined, name: string): KubeObject | undefined =>
    list(kind, { namespace }).find(({ metadata }) => metadata.name === name);
  const get = (kind: string, namespace: string | undefined, name: string): KubeObject => {
    const found = find(kind, namespace, name);
    if (found) return found;
    const { group = '', plural = kind } = findResource(kind) ?? {};
    throw notFound(group, plural, name);
  };
  return { list, find, get } as Reader;
}

/** A clock that stands at this time. */
export function clockAt(now: string): Clock {
  return { nowMs: parseTimestamp(now), now, timeOf: parseTimestamp };
}
