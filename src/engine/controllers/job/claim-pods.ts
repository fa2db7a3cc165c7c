/** Which Pods are a Job's. Follows pkg/controller/job/job_controller.go (getPodsForJob). */
import { JOB_TRACKING_FINALIZER } from '../../api/job';
import { controllerOf } from '../../api/meta';
import { matchesLabelSelector } from '../../api/selector';
import type { Job, Pod } from '../../api/types';
import { claimChildren } from '../../client/controller-ref';
import type { JobContext } from './job-memory';
import { isTracked } from './job-pods';

/** The Job's Pods, those just adopted included. */
export function claimPods(context: JobContext, job: Job): readonly Pod[] {
  const { lister, client } = context;
  const { selector } = job.spec;
  const matches = (pod: Pod): boolean => matchesLabelSelector(selector, pod.metadata.labels);
  const own = lister.controlledBy<Pod>('Pod', job.metadata.uid as string);
  const orphans = lister.byIndex<Pod>('Pod', 'orphan', job.metadata.namespace as string).filter(matches);
  const { claimed, error } = claimChildren(
    { client, owner: job, matches: (pod) => matches(pod as Pod), finalizer: JOB_TRACKING_FINALIZER },
    [...own, ...orphans],
  );
  if (error) throw error;
  return claimed.map((pod) => (controllerOf(pod) || isTracked(pod) ? pod : withFinalizer(pod)));
}

function withFinalizer(pod: Pod): Pod {
  const finalizers = [...(pod.metadata.finalizers ?? []), JOB_TRACKING_FINALIZER];
  return { ...pod, metadata: { ...pod.metadata, finalizers } };
}
