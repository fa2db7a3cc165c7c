/** kubectl create job and cronjob. Follows staging/src/k8s.io/kubectl/pkg/cmd/create/create_{job,cronjob}.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { CronJob } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { KubectlError, throwAll } from '../errors';
import { flag } from '../flag-sets';
import { select, settle } from '../selection';
import { CREATE_FLAGS, createGenerated, nameArgument } from './create';

/** A Job's spec with one container of that name. */
function jobSpec(call: Call, name: string, restartPolicy: string): object {
  const command = call.args.slice(1);
  const container = {
    ...(command.length > 0 ? { command } : {}),
    image: call.flags.text('image'),
    name,
    resources: {},
  };
  return { template: { metadata: {}, spec: { containers: [container], restartPolicy } } };
}

/** The Job that a CronJob would make now. */
function jobFrom(call: Call, name: string, from: string): KubeObject {
  const { infos, errors } = settle(select(call, { args: [from] }));
  throwAll(errors);
  const object = infos[0]?.object;
  if (infos.length !== 1 || !object) throw new KubectlError('from must be an existing cronjob');
  if (object.kind !== 'CronJob') throw new KubectlError(`unknown object type *v1.${object.kind}`);
  const { metadata, spec } = object as CronJob;
  const { annotations, labels } = spec.jobTemplate.metadata ?? {};
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    name: metadata.name,
    uid: metadata.uid as string,
    controller: true,
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
      ...(labels ? { labels } : {}),
      ownerReferences: [owner],
    },
    spec: spec.jobTemplate.spec,
    status: {},
  };
}

function runJob(call: Call): Turn {
  const { flags } = call;
  const name = nameArgument(call);
  const from = flags.text('from');
  if (Boolean(flags.text('image')) === Boolean(from)) {
    throw new KubectlError('either --image or --from must be specified');
  }
  if (from && call.args.length > 1) throw new KubectlError('cannot specify --from and command');
  const job: KubeObject = from
    ? jobFrom(call, name, from)
    : { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: jobSpec(call, name, 'Never'), status: {} };
  createGenerated(call, job, 'failed to create job: ');
  return undefined;
}

function runCronJob(call: Call): Turn {
  const name = nameArgument(call);
  const spec = jobSpec(call, name, call.flags.text('restart') || 'OnFailure');
  const cronJob: KubeObject = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: { jobTemplate: { metadata: { name }, spec }, schedule: call.flags.text('schedule') },
    status: {},
  };
  createGenerated(call, cronJob, 'failed to create cronjob: ');
  return undefined;
}

/** kubectl create job. */
export const createJob: Command = {
  path: 'create job',
  use: 'create job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  flags: [...CREATE_FLAGS, flag.text('image'), flag.text('from')],
  run: runJob,
};

/** kubectl create cronjob. */
export const createCronJob: Command = {
  path: 'create cronjob',
  aliases: ['create cj'],
  use: "create cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
  flags: [
    ...CREATE_FLAGS,
    flag.required(flag.text('image')),
    flag.required(flag.text('schedule')),
    flag.text('restart'),
  ],
  run: runCronJob,
};
