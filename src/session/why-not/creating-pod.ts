/** Why a Pod that has its node does not run, or is not ready: an image that can't be had, something that is not there, a container's own reason. */

import { isPodReady } from '../../engine/api/conditions';
import type { KubeObject } from '../../engine/api/meta';
import type { ContainerStateTerminated, ContainerStatus, Pod } from '../../engine/api/types';
import { isStartedAgain, type KubeletWait } from '../../engine/kubelet-waits';
import { containerCandidates, PULLING } from './container-fixes';
import { type Candidate, command, type Finding, inNamespace, type Said, say, type World } from './said';
import { missingPods, rootOf, targetOf } from './world';

interface EventLike {
  readonly involvedObject?: {
    readonly kind?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly fieldPath?: string;
  };
  readonly lastTimestamp?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** See the header. */
export function unreadyFinding(world: World, pod: Pod): Finding {
  const root = rootOf(world, pod);
  return {
    sentences: unreadySentences(world, pod),
    verdicts: [],
    candidates: [
      ...absentCandidates(world, pod),
      ...containerCandidates(world, root, pod, (name) => lastFailure(world, pod, name)),
      ...undoing(root),
    ],
    missing: missingPods(root, isPodReady),
  };
}

/** What its containers say, and what its Events miss. */
function unreadySentences(world: World, pod: Pod): Said[] {
  const said: Said[] = [];
  const statuses = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
  const waits = world.waits(pod);
  for (const status of statuses) {
    const { name, image, ready, state, lastState } = status;
    if (state?.running && !ready) said.push(probeSentence(world, pod, name));
    const ended = state?.terminated ?? (isHeldBack(status) ? lastState?.terminated : undefined);
    const reason = state?.waiting?.reason;
    const wait = waits.find(({ of }) => of === name);
    if (ended && !ready) said.push(endSentence(pod, name, ended, wait));
    else if (!reason || ready || reason === 'PodInitializing') continue;
    else if (PULLING.has(reason) && wait) said.push(say('pod.imageAgain', { image, reason, atMs: wait.atMs }));
    else if (PULLING.has(reason)) said.push(say('pod.image', { image, reason }));
    else said.push(say('pod.container', { name, reason: state?.waiting?.message ?? reason }));
  }
  for (const { kind, name } of absentOf(world, pod)) said.push(say('pod.missing', { kind, name }));
  return said;
}

const isHeldBack = ({ state }: ContainerStatus): boolean => state?.waiting?.reason === 'CrashLoopBackOff';

/** How it ended, and when it is started again, if it is. */
function endSentence(
  pod: Pod,
  name: string,
  { exitCode, reason = '' }: ContainerStateTerminated,
  wait: KubeletWait | undefined,
): Said {
  const values = { name, code: exitCode, reason };
  if (wait) return say('pod.backOff', { ...values, atMs: wait.atMs });
  return say(isStartedAgain(pod, name, exitCode) ? 'pod.again' : 'pod.left', values);
}

/** What the last of its probes that failed has said. */
function lastFailure(world: World, pod: Pod, name: string): string | undefined {
  const last = eventsOf(world, pod)
    .filter(({ reason, involvedObject }) => reason === 'Unhealthy' && involvedObject?.fieldPath?.includes(`{${name}}`))
    .reduce<EventLike | undefined>(
      (a, b) => (a && (a.lastTimestamp ?? '') > (b.lastTimestamp ?? '') ? a : b),
      undefined,
    );
  return last?.message || undefined;
}

function probeSentence(world: World, pod: Pod, name: string): Said {
  const message = lastFailure(world, pod, name);
  return message ? say('pod.unready', { name, message }) : say('pod.unproved', { name });
}

function eventsOf(world: World, { metadata: { namespace, name } }: Pod): (KubeObject & EventLike)[] {
  return world.list<KubeObject & EventLike>('Event').filter(({ involvedObject: about }) => {
    return about?.kind === 'Pod' && about.namespace === namespace && about.name === name;
  });
}

/** ConfigMaps, Secrets and claims that it names and that are not there. */
function absentOf(world: World, pod: Pod): { kind: string; name: string }[] {
  const { namespace } = pod.metadata;
  const texts = [
    ...eventsOf(world, pod).map(({ message = '' }) => message),
    ...(pod.status.containerStatuses ?? []).map(({ state }) => state?.waiting?.message ?? ''),
  ];
  const found = new Map<string, { kind: string; name: string }>();
  for (const text of texts) {
    for (const [, word, name] of text.matchAll(/\b(configmap|secret) "(?:[^"/]+\/)?([^"]+)" not found/g)) {
      const kind = word === 'secret' ? 'Secret' : 'ConfigMap';
      if (name && !world.get(kind, namespace, name)) found.set(`${kind}/${name}`, { kind, name });
    }
  }
  return [...found.values()];
}

function absentCandidates(world: World, pod: Pod): Candidate[] {
  const option = inNamespace(pod.metadata.namespace);
  return absentOf(world, pod).map(({ kind, name }) => {
    const keys = keysOf(pod, name).map((key) => ` --from-literal=${key}=1`);
    const make = kind === 'Secret' ? 'secret generic' : 'configmap';
    return {
      said: say('fix.create', { kind, name }),
      input: command(`create ${make} ${name}${option}${keys.join('')}`),
    };
  });
}

/** Keys of an object that containers name one by one. */
function keysOf(pod: Pod, name: string): string[] {
  const keys = new Set<string>();
  for (const { env = [] } of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
    for (const { valueFrom } of env) {
      for (const from of [valueFrom?.configMapKeyRef, valueFrom?.secretKeyRef]) {
        if (from?.name === name && from.key) keys.add(from.key);
      }
    }
  }
  return [...keys];
}

/** Back to what ran before, where there was something before. */
export function undoing(root: KubeObject): Candidate[] {
  const revision = Number(root.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  const status = (root as { status?: { currentRevision?: string; updateRevision?: string } }).status;
  const isNew = root.kind === 'StatefulSet' && status?.currentRevision !== status?.updateRevision;
  if (revision < 2 && !isNew) return [];
  const text = `rollout undo ${targetOf(root)}${inNamespace(root.metadata.namespace)}`;
  return [{ said: say('fix.undo', { target: targetOf(root) }), input: command(text) }];
}
