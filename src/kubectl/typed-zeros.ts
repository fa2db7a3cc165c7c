/**
 * What Go writes of an object although nobody said it: kubectl reads what `set` is to change into structs of its own types, and their structs
 * and numbers without omitempty are printed. What came from a server has them already. Follows the tags of k8s.io/api.
 */
import type { KubeObject } from '../engine/api/meta';

type Fields = Readonly<Record<string, unknown>>;

const containerZeros = (container: Fields): Fields => ({ resources: {}, ...container });

/** Of a claim's template in a Pod, which has no status. */
function claimZeros({ spec, ...rest }: Fields): Fields {
  return { metadata: {}, ...rest, spec: { resources: {}, ...(spec as Fields | undefined) } };
}

const claimTemplateZeros = (claim: Fields): Fields => ({ status: {}, ...claimZeros(claim) });

function volumeZeros(volume: Fields): Fields {
  const { ephemeral } = volume as { ephemeral?: { volumeClaimTemplate?: Fields } };
  const template = ephemeral?.volumeClaimTemplate;
  return template ? { ...volume, ephemeral: { ...ephemeral, volumeClaimTemplate: claimZeros(template) } } : volume;
}

const POD_LISTS = {
  containers: containerZeros,
  initContainers: containerZeros,
  ephemeralContainers: containerZeros,
  volumes: volumeZeros,
};

function podSpecZeros(spec: Fields): Fields {
  const lists = Object.entries(POD_LISTS).filter(([name]) => Array.isArray(spec[name]));
  const filled = lists.map(([name, zeros]) => [name, (spec[name] as Fields[]).map(zeros)] as const);
  return { ...spec, ...Object.fromEntries(filled) };
}

function templateZeros({ spec, ...rest }: Fields): Fields {
  return { metadata: {}, ...rest, spec: podSpecZeros((spec ?? {}) as Fields) };
}

const servicePortZeros = (port: Fields): Fields => ({ targetPort: 0, ...port });

/** Zeros of a spec and of a status, by kind; those of templates come with them. */
const ZEROS: Readonly<Record<string, readonly [spec: Fields, status: Fields]>> = {
  Pod: [{}, {}],
  Deployment: [{ strategy: {} }, {}],
  DaemonSet: [
    { updateStrategy: {} },
    { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  ],
  StatefulSet: [
    { updateStrategy: {}, serviceName: '' },
    { availableReplicas: 0, replicas: 0 },
  ],
  ReplicaSet: [{}, { replicas: 0 }],
  ReplicationController: [{}, { replicas: 0 }],
  Job: [{}, {}],
  CronJob: [{}, {}],
  Service: [{}, { loadBalancer: {} }],
};

function specZeros(kind: string, spec: Fields): Fields {
  if (kind === 'Pod') return podSpecZeros(spec);
  const { ports, template, jobTemplate, volumeClaimTemplates } = spec as Partial<{
    ports: Fields[];
    template: Fields;
    jobTemplate: Fields;
    volumeClaimTemplates: Fields[];
  }>;
  return {
    ...spec,
    ...(kind === 'Service' && ports ? { ports: ports.map(servicePortZeros) } : {}),
    ...(kind === 'StatefulSet' && volumeClaimTemplates
      ? { volumeClaimTemplates: volumeClaimTemplates.map(claimTemplateZeros) }
      : {}),
    ...(template ? { template: templateZeros(template) } : {}),
    ...(jobTemplate ? { jobTemplate: jobZeros(jobTemplate) } : {}),
  };
}

function jobZeros({ spec, ...rest }: Fields): Fields {
  return { metadata: {}, ...rest, spec: specZeros('Job', (spec ?? {}) as Fields) };
}

/** The object as kubectl writes it after having read it into its type. */
export function withTypedZeros(object: KubeObject): KubeObject {
  const zeros = ZEROS[object.kind];
  if (!zeros || !Object.hasOwn(ZEROS, object.kind)) return object;
  const { spec, status } = object as { spec?: Fields; status?: Fields };
  return {
    ...object,
    spec: { ...zeros[0], ...specZeros(object.kind, spec ?? {}) },
    status: { ...zeros[1], ...status },
  } as KubeObject;
}
