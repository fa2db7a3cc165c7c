/**
 * LimitRanger: gives containers what their namespace's LimitRanges say when they ask for nothing, and refuses what lies outside the bounds.
 * Follows plugin/pkg/admission/limitranger/admission.go. LimitRanges and their entries are gone through in order of name, where upstream
 * has none; reads are live.
 */
import type { KubeObject } from '../../api/meta';
import { podResourceListWithoutOverhead } from '../../api/pod-resource-list';
import { compareQuantities, quantityMilli } from '../../api/quantity';
import type { ResourceList } from '../../api/quota/resource-list';
import type { Container, LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod } from '../../api/types';
import type { AdmissionPlugin, AdmissionRequest } from '../strategy';
import { refuseNamed } from './refusal';

const ANNOTATION = 'kubernetes.io/limit-ranger';

/** LimitRanger. */
export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',
  admit: (draft, old, request) => {
    if (draft.kind !== 'Pod' || old?.metadata.deletionTimestamp) return;
    const isCreation = request.operation === 'CREATE' && !request.subresource;
    if (!isCreation && request.subresource !== 'resize') return;
    for (const range of rangesOf(draft, request)) completePod(draft as Pod, range);
  },
  validate: (object, old, request) => {
    const { operation, subresource } = request;
    const isResize = object.kind === 'Pod' && subresource === 'resize';
    if (operation === 'DELETE' || (subresource && !isResize) || old?.metadata.deletionTimestamp) return;
    const check =
      object.kind === 'Pod' ? podProblems : object.kind === 'PersistentVolumeClaim' ? claimProblems : undefined;
    if (!check || (object.kind === 'Pod' && operation === 'UPDATE' && !isResize)) return;
    for (const range of rangesOf(object, request)) {
      const problems = [...new Set(range.spec.limits.flatMap((item) => check(item, object)))];
      const [only = ''] = problems;
      if (problems.length > 0) throw refuseNamed(object, problems.length === 1 ? only : `[${problems.join(', ')}]`);
    }
  },
};

function rangesOf({ metadata }: KubeObject, request: AdmissionRequest): readonly LimitRange[] {
  return request.list('LimitRange', metadata.namespace) as readonly LimitRange[];
}

function completePod(pod: Pod, { spec }: LimitRange): void {
  const items = spec.limits.filter(({ type }) => type === 'Container');
  const said = [
    ...(pod.spec.containers ?? []).flatMap((container) => completeContainer(container, items, 'container')),
    ...(pod.spec.initContainers ?? []).flatMap((container) => completeContainer(container, items, 'init container')),
  ];
  if (said.length === 0) return;
  const annotation = `LimitRanger plugin set: ${said.join('; ')}`;
  pod.metadata.annotations = { ...pod.metadata.annotations, [ANNOTATION]: annotation };
}

/** Fills what a container doesn't ask for; says what that was. */
function completeContainer(container: Container, items: readonly LimitRangeItem[], what: string): string[] {
  const { requests, limits, ...rest } = container.resources ?? {};
  const asked = filled(requests, Object.assign({}, ...items.map((item) => item.defaultRequest)));
  const limited = filled(limits, Object.assign({}, ...items.map((item) => item.default)));
  if (asked.added.length + limited.added.length === 0) return [];
  container.resources = { ...rest, ...asked.list('requests'), ...limited.list('limits') };
  return [
    ...(asked.added.length > 0 ? [`${asked.added.join(', ')} request for ${what} ${container.name}`] : []),
    ...(limited.added.length > 0 ? [`${limited.added.join(', ')} limit for ${what} ${container.name}`] : []),
  ];
}

function filled(given: ResourceList = {}, defaults: ResourceList) {
  const all = { ...defaults, ...given };
  const list = (field: 'requests' | 'limits') => (Object.keys(all).length > 0 ? { [field]: all } : {});
  return {
    list,
    added: Object.keys(defaults)
      .filter((name) => given[name] === undefined)
      .sort(),
  };
}

function podProblems(item: LimitRangeItem, object: KubeObject): string[] {
  const { spec } = object as Pod;
  if (item.type === 'Container') {
    const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
    return containers.flatMap(({ resources }) => problems(item, resources?.requests ?? {}, resources?.limits ?? {}));
  }
  if (item.type !== 'Pod') return [];
  const [requests, limits] = [
    podResourceListWithoutOverhead(spec, 'requests'),
    podResourceListWithoutOverhead(spec, 'limits'),
  ];
  return problems(item, requests, limits);
}

function problems(item: LimitRangeItem, requests: ResourceList, limits: ResourceList): string[] {
  return [
    ...each(item.min, (name, bound) => minimumProblem(item.type, name, bound, requests[name], limits[name])),
    ...each(item.max, (name, bound) => maximumProblem(item.type, name, bound, requests[name], limits[name])),
    ...each(item.maxLimitRequestRatio, (name, bound) =>
      ratioProblem(item.type, name, bound, requests[name], limits[name]),
    ),
  ];
}

function each(list: ResourceList = {}, check: (name: string, bound: string) => string | undefined): string[] {
  return Object.keys(list)
    .sort()
    .flatMap((name) => check(name, list[name] as string) ?? []);
}

type Amount = string | undefined;

function minimumProblem(type: string, name: string, bound: string, request: Amount, limit: Amount): Amount {
  const rule = `minimum ${name} usage per ${type} is ${bound}`;
  if (request === undefined) return `${rule}.  No request is specified`;
  if (compareQuantities(request, bound) < 0) return `${rule}, but request is ${request}`;
  if (limit !== undefined && compareQuantities(limit, bound) < 0) return `${rule}, but limit is ${limit}`;
  return undefined;
}

function maximumProblem(type: string, name: string, bound: string, request: Amount, limit: Amount): Amount {
  const rule = `maximum ${name} usage per ${type} is ${bound}`;
  if (limit === undefined) return `${rule}.  No limit is specified`;
  if (compareQuantities(limit, bound) > 0) return `${rule}, but limit is ${limit}`;
  if (request !== undefined && compareQuantities(request, bound) > 0) return `${rule}, but request is ${request}`;
  return undefined;
}

function ratioProblem(type: string, name: string, bound: string, request: Amount, limit: Amount): Amount {
  const rule = `${name} max limit to request ratio per ${type} is ${bound}`;
  if (!request || quantityMilli(request) === 0) return `${rule}, but no request is specified or request is 0`;
  if (!limit || quantityMilli(limit) === 0) return `${rule}, but no limit is specified or limit is 0`;
  const ratio = quantityMilli(limit) / quantityMilli(request);
  return ratio * 1000 > quantityMilli(bound) ? `${rule}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

/** Claims are held by what they ask for only: nothing limits what they get. */
function claimProblems(item: LimitRangeItem, object: KubeObject): string[] {
  if (item.type !== 'PersistentVolumeClaim') return [];
  const requests = (object as PersistentVolumeClaim).spec?.resources?.requests ?? {};
  return [
    ...each(item.min, (name, bound) => minimumProblem(item.type, name, bound, requests[name], undefined)),
    ...each(item.max, (name, bound) => requestProblem(item.type, name, bound, requests[name])),
  ];
}

function requestProblem(type: string, name: string, bound: string, request: Amount): Amount {
  const rule = `maximum ${name} usage per ${type} is ${bound}`;
  if (request === undefined) return `${rule}.  No request is specified`;
  return compareQuantities(request, bound) > 0 ? `${rule}, but request is ${request}` : undefined;
}
