/** kubectl describe pod. Follows describePod in staging/src/k8s.io/kubectl/pkg/describe/describe.go. */

import { since } from '../../engine/api/kinds/table';
import { uidOnNode } from '../../engine/api/pod';
import { qosClass } from '../../engine/api/pod-resources';
import type { Pod } from '../../engine/api/types';
import type { Clock } from '../command';
import { containerLines, resourceLines, seccompLines } from './containers';
import { findEvents, withEvents } from './events';
import { spreadLines, tolerationLines } from './scheduling';
import { annotationLines, controllerText, type Describer, field, labelLines, optionalField, timeText } from './text';
import { volumeLines } from './volumes';

function phaseLines({ metadata, status }: Pod, clock: Clock): string {
  const hasEnded = status?.phase === 'Failed' || status?.phase === 'Succeeded';
  if (metadata.deletionTimestamp === undefined || hasEnded) return field('Status', status?.phase ?? '');
  return (
    field('Status', `Terminating (lasts ${since(clock, metadata.deletionTimestamp)})`) +
    field('Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`)
  );
}

function addressLines({ status }: Pod): string {
  const addresses = status?.podIPs ?? [];
  const lines = addresses.map(({ ip }) => field('IP', ip, 1));
  return field('IP', status?.podIP ?? '') + (addresses.length > 0 ? `IPs:\n${lines.join('')}` : field('IPs', '<none>'));
}

function headLines(pod: Pod, clock: Clock): string {
  const { metadata, spec, status } = pod;
  return [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace ?? ''),
    optionalField('Priority', spec.priority),
    optionalField('Priority Class Name', spec.priorityClassName),
    optionalField('Runtime Class Name', spec.runtimeClassName),
    optionalField('Service Account', spec.serviceAccountName),
    field('Node', spec.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>'),
    status?.startTime ? field('Start Time', timeText(status.startTime)) : '',
    labelLines('Labels', metadata.labels),
    annotationLines('Annotations', metadata.annotations),
    phaseLines(pod, clock),
    optionalField('Reason', status?.reason),
    optionalField('Message', status?.message),
    seccompLines(spec.securityContext?.seccompProfile, 0, 0),
    addressLines(pod),
    optionalField('Controlled By', controllerText(pod)),
    optionalField('NominatedNodeName', status?.nominatedNodeName),
    spec.resources ? `Resources:\n${resourceLines(spec.resources, 1)}` : '',
  ].join('');
}

function containerSections(pod: Pod): string {
  const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
  const { initContainerStatuses, containerStatuses, ephemeralContainerStatuses } = pod.status ?? {};
  const owner = { pod, indent: '' };
  const init = { ...owner, statuses: initContainerStatuses };
  const ephemeral = { ...owner, statuses: ephemeralContainerStatuses };
  return (
    (initContainers.length > 0 ? containerLines('Init Containers', initContainers, init) : '') +
    containerLines('Containers', containers, { ...owner, statuses: containerStatuses }) +
    (ephemeralContainers.length > 0 ? containerLines('Ephemeral Containers', ephemeralContainers, ephemeral) : '')
  );
}

function statusTable(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  return `${title}:\n  Type\tStatus\n${rows.map(([type, status]) => `  ${type} \t${status} \n`).join('')}`;
}

function conditionTables({ spec, status }: Pod): string {
  const conditions = status?.conditions ?? [];
  const statusOf = (type: string): string =>
    conditions.find((condition) => condition.type === type)?.status ?? '<none>';
  const gates = (spec.readinessGates ?? []).map(
    ({ conditionType }) => [conditionType, statusOf(conditionType)] as const,
  );
  return (
    statusTable('Readiness Gates', gates) +
    statusTable(
      'Conditions',
      conditions.map((condition) => [condition.type, condition.status] as const),
    )
  );
}

/** Pod. */
export const describePod: Describer<Pod> = (pod, reader, clock) => {
  const { metadata, spec, status } = pod;
  const text = [
    headLines(pod, clock),
    containerSections(pod),
    conditionTables(pod),
    volumeLines(spec.volumes, ''),
    field('QoS Class', status?.qosClass || qosClass(pod)),
    labelLines('Node-Selectors', spec.nodeSelector),
    tolerationLines('Tolerations', spec.tolerations),
    spreadLines(spec.topologySpreadConstraints, ''),
  ].join('');
  const subject = { name: metadata.name, namespace: metadata.namespace ?? '', uid: uidOnNode(pod) };
  return withEvents(text, findEvents(reader, subject), clock);
};
