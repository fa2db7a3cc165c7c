/** Events of events.k8s.io/v1 and back: the same fields under other names. Follows pkg/apis/events/v1/conversion.go. */
import type { KubeObject } from '../meta';

/** What fields of the newer group are called in the older one. */
const NAMES: Readonly<Record<string, string>> = {
  regarding: 'involvedObject',
  note: 'message',
  deprecatedSource: 'source',
  deprecatedFirstTimestamp: 'firstTimestamp',
  deprecatedLastTimestamp: 'lastTimestamp',
  deprecatedCount: 'count',
  reportingController: 'reportingComponent',
};
const NEWER: ReadonlyMap<string, string> = new Map(Object.entries(NAMES).map(([newer, older]) => [older, newer]));
const OLDER: ReadonlyMap<string, string> = new Map(Object.entries(NAMES));

const renamed = (object: KubeObject, names: ReadonlyMap<string, string>): object =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [names.get(name) ?? name, value]));

/** An Event of the core group as the newer one shows it. */
export const eventToNewer = (object: KubeObject): KubeObject =>
  ({
    deprecatedFirstTimestamp: null,
    deprecatedLastTimestamp: null,
    deprecatedSource: {},
    eventTime: null,
    ...renamed(object, NEWER),
    apiVersion: 'events.k8s.io/v1',
  }) as unknown as KubeObject;

/** An Event of the newer group as it is stored: in the core group. */
export const eventFromNewer = (object: KubeObject): KubeObject =>
  ({
    firstTimestamp: null,
    lastTimestamp: null,
    source: {},
    involvedObject: {},
    reportingComponent: '',
    reportingInstance: '',
    ...renamed(object, OLDER),
    apiVersion: 'v1',
  }) as unknown as KubeObject;
