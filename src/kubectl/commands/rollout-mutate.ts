/** kubectl rollout pause, resume and restart. Follows staging/src/k8s.io/kubectl/pkg/cmd/rollout/ and polymorphichelpers/object*.go. */
import type { KubeObject } from '../../engine/api/meta';
import { twoWayStrategicPatch } from '../../engine/api/patch/three-way';
import type { Deployment } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { asCommandError, KubectlError, throwAll } from '../errors';
import { FIELD_MANAGER, FILENAME, OUTPUT, SELECTOR } from '../flag-sets';
import { printResult } from '../output-format';
import { qualified } from '../rest-mapping';
import { type Info, namespaceOf, select, settle, standardQuery } from '../selection';
import { requireResource } from './rollout-status';

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
const RESTARTABLE = ['Deployment', 'DaemonSet', 'StatefulSet'];

/** What one of the three does to an object. */
interface Mutation {
  readonly operation: string;
  /** The object wanted. Throws with why it can't be. */
  change(call: Call, object: KubeObject): KubeObject;
  /** What is said when nothing would change. */
  unchanged(info: Info): { readonly operation: string } | Error;
}

function withPaused(object: KubeObject, paused: boolean): KubeObject {
  const deployment = object as Deployment;
  const { paused: _paused, ...spec } = deployment.spec;
  return { ...deployment, spec: paused ? { ...spec, paused } : spec };
}

const PAUSE: Mutation = {
  operation: 'paused',
  change: (_call, object) => {
    if (object.kind !== 'Deployment') throw new KubectlError('pausing is not supported');
    if ((object as Deployment).spec.paused) throw new KubectlError('is already paused');
    return withPaused(object, true);
  },
  unchanged: () => ({ operation: 'already paused' }),
};

const RESUME: Mutation = {
  operation: 'resumed',
  change: (_call, object) => {
    if (object.kind !== 'Deployment') throw new KubectlError('resuming is not supported');
    if (!(object as Deployment).spec.paused) throw new KubectlError('is not paused');
    return withPaused(object, false);
  },
  unchanged: () => ({ operation: 'already resumed' }),
};

const RESTART: Mutation = {
  operation: 'restarted',
  change: (call, object) => {
    if (!RESTARTABLE.includes(object.kind)) throw new KubectlError('restarting is not supported');
    const { spec } = object as Deployment;
    if (spec.paused) throw new KubectlError("can't restart paused deployment (run rollout resume first)");
    const { metadata } = spec.template;
    const annotations = { ...metadata?.annotations, [RESTARTED_AT]: call.io.now };
    const template = { ...spec.template, metadata: { ...metadata, annotations } };
    return { ...object, spec: { ...spec, template } };
  },
  unchanged: (info) =>
    new KubectlError(
      `failed to create patch for ${info.name}: if restart has already been triggered within the past second, ` +
        'please wait before attempting to trigger another',
    ),
};

function mutateOne(call: Call, info: Info, mutation: Mutation): void {
  const before = info.object as KubeObject;
  let wanted: KubeObject;
  try {
    wanted = mutation.change(call, before);
  } catch (error) {
    const type = qualified(info.mapping);
    throw new KubectlError(`error: ${type} ${JSON.stringify(info.name)} ${asCommandError(error).message}`);
  }
  const body = twoWayStrategicPatch(before, wanted);
  if (Object.keys(body).length === 0) {
    const said = mutation.unchanged(info);
    if (said instanceof Error) throw said;
    printResult(call, before, said.operation);
    return;
  }
  let patched: KubeObject;
  try {
    patched = call.io.client.patch(info.mapping.id, info.namespace, info.name, { type: 'strategic', body });
  } catch (error) {
    throw new KubectlError(`failed to patch: ${asCommandError(error).message}`);
  }
  printResult(call, patched, mutation.operation);
}

function run(call: Call, mutation: Mutation): Turn {
  requireResource(call);
  const query = { ...standardQuery(call, call.args, true), latest: true };
  const { infos, errors } = settle(select(call, query));
  if (infos.length === 0 && errors.length === 0) {
    call.err(`No resources found in ${namespaceOf(call)} namespace.\n`);
    return undefined;
  }
  for (const info of infos) {
    try {
      mutateOne(call, info, mutation);
    } catch (error) {
      errors.push(asCommandError(error));
    }
  }
  throwAll(errors);
  return undefined;
}

const FLAGS = [...FILENAME, ...SELECTOR, ...OUTPUT, ...FIELD_MANAGER];

/** kubectl rollout pause. */
export const rolloutPause: Command = {
  path: 'rollout pause',
  use: 'rollout pause RESOURCE',
  flags: FLAGS,
  run: (call) => run(call, PAUSE),
};

/** kubectl rollout resume. */
export const rolloutResume: Command = {
  path: 'rollout resume',
  use: 'rollout resume RESOURCE',
  flags: FLAGS,
  run: (call) => run(call, RESUME),
};

/** kubectl rollout restart. */
export const rolloutRestart: Command = {
  path: 'rollout restart',
  use: 'rollout restart RESOURCE',
  flags: FLAGS,
  run: (call) => run(call, RESTART),
};
