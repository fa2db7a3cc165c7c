/** Changes to a container that does not run or is not ready: its probe, its image, the memory that it may have. */
import type { KubeObject } from '../../engine/api/meta';
import { resourceAmount } from '../../engine/api/pod-resources';
import type { Container, ContainerStatus, Pod, Probe } from '../../engine/api/types';
import { changeOfSpec, type SpecOperation, specOf } from './change-pod';
import { amountText } from './node-room';
import { type Candidate, type Said, say, type World } from './said';

/** A container of what the Pod is made of, where it stands, and how it is. */
interface Place {
  readonly container: Container;
  readonly path: string;
  readonly status: ContainerStatus;
}

type ProbeField = 'readinessProbe' | 'livenessProbe' | 'startupProbe';

/** Reasons for which an image can't be had. */
export const PULLING: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
]);

/** See the header. `failing`: what the last probe that failed said, by container. */
export function containerCandidates(
  world: World,
  root: KubeObject,
  pod: Pod,
  failing: (container: string) => string | undefined,
): Candidate[] {
  const candidates: Candidate[] = [];
  const offer = (said: Said, operation: SpecOperation) => {
    const input = changeOfSpec(root, [operation]);
    if (input) candidates.push({ said, input });
  };
  for (const place of placesOf(root, pod)) {
    const { status } = place;
    if (status.ready) continue;
    if (PULLING.has(status.state?.waiting?.reason ?? '')) offerImage(place, offer);
    else if (isOutOfMemory(status)) offerMemory(place, offer);
    else offerProbe(world, pod, place, failing(status.name), offer);
  }
  return candidates;
}

type Offer = (said: Said, operation: SpecOperation) => void;

function placesOf(root: KubeObject, pod: Pod): Place[] {
  const { containers, initContainers = [] } = specOf(root, pod);
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status;
  const join = (list: readonly Container[], statuses: readonly ContainerStatus[], at: string): Place[] =>
    list.flatMap((container, index) => {
      const status = statuses.find(({ name }) => name === container.name);
      return status ? [{ container, path: `${at}/${index}`, status }] : [];
    });
  return [
    ...join(initContainers, initContainerStatuses, '/initContainers'),
    ...join(containers, containerStatuses, '/containers'),
  ];
}

/** Without its tag, in small letters: what there is of most images. */
function offerImage({ container: { name, image = '' }, path }: Place, offer: Offer): void {
  const plain = image
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .toLowerCase();
  if (plain === '' || plain === image) return;
  offer(say('fix.image', { container: name, image: plain }), { op: 'replace', path: `${path}/image`, value: plain });
}

const isOutOfMemory = ({ state, lastState }: ContainerStatus): boolean =>
  (state?.terminated ?? lastState?.terminated)?.reason === 'OOMKilled';

function offerMemory({ container: { name, resources }, path }: Place, offer: Offer): void {
  const limit = resources?.limits?.memory;
  if (limit === undefined) return;
  const to = amountText('memory', 2 * resourceAmount('memory', limit));
  const values = { container: name, from: limit, to };
  offer(say('fix.memory', values), { op: 'replace', path: `${path}/resources/limits/memory`, value: to });
}

const FIELDS: Readonly<Record<string, ProbeField>> = {
  Readiness: 'readinessProbe',
  Liveness: 'livenessProbe',
  Startup: 'startupProbe',
};
/** So many ports are tried instead of one on which nobody answers. */
const MOST_PORTS = 2;

/** What of its probe asks for something that is not there; or none. */
function offerProbe(world: World, pod: Pod, place: Place, message: string | undefined, offer: Offer): void {
  const { container, path } = place;
  const field = FIELDS[message?.split(' ')[0] ?? ''] ?? (place.status.state?.running ? 'readinessProbe' : undefined);
  const probe = field && container[field];
  if (!probe || !field) return;
  const values = { container: container.name, probe: field };
  const asked = portOf(probe, container);
  const { ports = [] } = container;
  const others = new Set([...world.serves(pod, container), ...ports.map(({ containerPort }) => containerPort)]);
  if (asked) {
    for (const to of [...others].filter((port) => port !== asked.port).slice(0, MOST_PORTS))
      offer(say('fix.probePort', { ...values, from: asked.port, to }), {
        op: 'replace',
        path: `${path}/${field}/${asked.how}/port`,
        value: to,
      });
  }
  const from = probe.httpGet?.path ?? '/';
  if (/statuscode: 404/.test(message ?? '') && from !== '/')
    offer(say('fix.probePath', { ...values, from }), {
      op: 'replace',
      path: `${path}/${field}/httpGet/path`,
      value: '/',
    });
  offer(say('fix.noProbe', values), { op: 'remove', path: `${path}/${field}` });
}

function portOf(probe: Probe, { ports = [] }: Container): { how: string; port: number } | undefined {
  for (const how of ['httpGet', 'tcpSocket', 'grpc'] as const) {
    const port = probe[how]?.port;
    if (port === undefined) continue;
    const number = typeof port === 'string' ? ports.find(({ name }) => name === port)?.containerPort : port;
    return { how, port: number ?? 0 };
  }
  return undefined;
}
