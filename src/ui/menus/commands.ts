/** The kubectl commands that stand in an object's menu and are buttons of the inspector too. Apart from the table of menus, which is loaded late. */
import type { Input } from '../../engine/simulation';
import type { MessageKey } from '../../i18n/translate';
import type { HeldFault } from '../../view/held-faults';
import type { NodeRow, Row, WorkloadRow } from '../../view/rows';

/** A command under its name. */
export interface Order {
  readonly name: MessageKey;
  readonly command: string;
}

/** A name with what fills it. */
export interface Named {
  readonly name: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A value that has to be asked for before a command can be given. */
export interface Question {
  readonly label: MessageKey;
  readonly initial: string;
  readonly type: 'text' | 'number';
  readonly command: (value: string) => string;
  /** What it prints is what is wanted: it is run where that is seen. */
  readonly prints?: true;
}

/** The flag of the namespace, where it is not the default one. */
export const inNamespace = (row: Row): string =>
  row.namespace && row.namespace !== 'default' ? ` -n ${row.namespace}` : '';

/** `deployment/web -n shop`. */
export const targetOf = (row: Row): string => `${row.kind.toLowerCase()}/${row.name}${inNamespace(row)}`;

/** Another number of replicas. */
export const scaling = (row: WorkloadRow): Question => ({
  label: 'action.replicas',
  initial: String(row.desired),
  type: 'number',
  command: (value) => scaleTo(row, Number(value)),
});

/** The command behind it. */
export const scaleTo = (row: WorkloadRow, count: number): string => `scale ${targetOf(row)} --replicas=${count}`;

/** Another image for one of a Pod's containers; which, where there are several. */
export interface ImageChange {
  readonly container: string | undefined;
  readonly ask: Question;
}

/** For each container. */
export function imageChanges(row: WorkloadRow): readonly ImageChange[] {
  const names = row.containerNames.split(', ');
  return row.images.split(', ').map((initial, place) => {
    const container = names.length > 1 ? names[place] : undefined;
    const command = (value: string) => `set image ${targetOf(row)} ${container ?? '*'}=${value}`;
    return { container, ask: { label: 'action.image', initial, type: 'text', command } };
  });
}

/** What it is called. */
export const imageChangeName = ({ container }: ImageChange): Named =>
  container === undefined ? { name: 'menu.image' } : { name: 'menu.imageOf', values: { container } };

/** New Pods of the same template. */
export const restarting = (row: Row): Order => ({
  name: 'action.restart',
  command: `rollout restart ${targetOf(row)}`,
});

/** Back to the revision before. */
export const undoing = (row: Row): Order => ({ name: 'action.undo', command: `rollout undo ${targetOf(row)}` });

/** A rollout pauses, or goes on. */
export const pausing = (row: WorkloadRow): Order => ({
  name: row.paused ? 'action.resume' : 'action.pauseRollout',
  command: `rollout ${row.paused ? 'resume' : 'pause'} ${targetOf(row)}`,
});

/** Of Jobs and CronJobs; a Job that is over can't be suspended any more. */
export function suspending(row: WorkloadRow): Order | undefined {
  const { paused, job } = row;
  if (job?.state === 'complete' || job?.state === 'failed') return undefined;
  const target = `${row.kind.toLowerCase()} ${row.name}${inNamespace(row)}`;
  return {
    name: paused ? 'action.unsuspend' : 'action.suspend',
    command: `patch ${target} -p '{"spec":{"suspend":${!paused}}}'`,
  };
}

/** A run of a CronJob now, as a Job of this name. */
export const runNow = (row: Row, job: string): string =>
  `create job ${job} --from=cronjob/${row.name}${inNamespace(row)}`;

/** Closes a node to new Pods, or opens it again. */
export const cordoning = (row: NodeRow): Order => ({
  name: row.unschedulable ? 'action.uncordon' : 'action.cordon',
  command: `${row.unschedulable ? 'uncordon' : 'cordon'} ${row.name}`,
});

/** With all the flags that let it end. */
export const draining = (row: NodeRow): string =>
  `drain ${row.name} --ignore-daemonsets --delete-emptydir-data --force`;

/** Ends a fault that holds, and all that are alike. */
export const healing = ({ type, node, component, image }: HeldFault): Input => ({
  to: 'fault',
  kind: 'heal',
  payload: {
    type,
    ...(node === undefined ? {} : { node }),
    ...(component === undefined ? {} : { component }),
    ...(image === undefined ? {} : { image }),
  },
});
