/** What can be done to the selected object, at the moment the page shows. Done in the past, it starts a new branch. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { t } from '../../i18n/translate';
import { isNode, isPod, isWorkload, type NodeRow, type PodRow, type Row, type WorkloadRow } from '../../view/rows';
import { conductor } from '../state/page';
import { useSession } from '../state/session';

/** See the header. */
export function Actions({ row }: { row: Row }) {
  const past = useSession((session) => session.cursor.step < session.head.step);
  const readOnly = useSession((session) => session.embed === 'readonly');
  const actions = readOnly ? null : actionsOf(row);
  if (!actions) return null;
  return (
    <div className="actions">
      <div className="actions-row">{actions}</div>
      {past && <p className="actions-note">{t('action.forks')}</p>}
    </div>
  );
}

function actionsOf(row: Row): ReactNode {
  if (isPod(row)) return <PodActions row={row} />;
  if (isNode(row)) return <NodeActions row={row} />;
  if (isWorkload(row) && (row.cronJob || row.job)) return <RunActions row={row} />;
  if (isWorkload(row) && (SCALED.has(row.kind) || ROLLED.has(row.kind))) return <WorkloadActions row={row} />;
  return null;
}

/** Kinds that kubectl scales, and kinds whose rollouts it restarts and undoes. */
const SCALED = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']);
const ROLLED = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function Action({ name, run, danger }: { name: string; run: () => void; danger?: boolean }) {
  return (
    <button type="button" className={danger ? 'button small danger' : 'button small'} onClick={run}>
      {name}
    </button>
  );
}

const inNamespace = (row: Row) => (row.namespace && row.namespace !== 'default' ? ` -n ${row.namespace}` : '');

function PodActions({ row }: { row: PodRow }) {
  return (
    <Action
      danger
      name={t('action.delete')}
      run={() => void conductor.command(`delete pod ${row.name}${inNamespace(row)} --wait=false`)}
    />
  );
}

function NodeActions({ row }: { row: NodeRow }) {
  const drain = `drain ${row.name} --ignore-daemonsets --delete-emptydir-data --force`;
  const fail = (kind: 'fault' | 'heal') => () =>
    void conductor.act(
      { to: 'fault', kind, payload: { type: 'node-crash', node: row.name } },
      t(kind === 'fault' ? 'action.failLabel' : 'action.reviveLabel', { node: row.name }),
    );
  return (
    <>
      <Action name={t('action.drain')} run={() => void conductor.command(drain)} />
      <Action
        name={t(row.unschedulable ? 'action.uncordon' : 'action.cordon')}
        run={() => void conductor.command(`${row.unschedulable ? 'uncordon' : 'cordon'} ${row.name}`)}
      />
      <Action danger name={t('action.fail')} run={fail('fault')} />
      <Action name={t('action.revive')} run={fail('heal')} />
    </>
  );
}

function WorkloadActions({ row }: { row: WorkloadRow }) {
  const target = `${row.kind.toLowerCase()}/${row.name}${inNamespace(row)}`;
  return (
    <>
      {SCALED.has(row.kind) && <ScaleForm key={row.desired} row={row} target={target} />}
      {ROLLED.has(row.kind) && (
        <>
          <ImageForm key={row.images} row={row} target={target} />
          <Action name={t('action.restart')} run={() => void conductor.command(`rollout restart ${target}`)} />
          <Action name={t('action.undo')} run={() => void conductor.command(`rollout undo ${target}`)} />
        </>
      )}
      {row.kind === 'Deployment' && (
        <Action
          name={t(row.paused ? 'action.resume' : 'action.pauseRollout')}
          run={() => void conductor.command(`rollout ${row.paused ? 'resume' : 'pause'} ${target}`)}
        />
      )}
    </>
  );
}

/** A Job that is over can't be suspended any more. */
function RunActions({ row }: { row: WorkloadRow }) {
  const target = `${row.kind.toLowerCase()} ${row.name}${inNamespace(row)}`;
  const suspend = `patch ${target} -p '{"spec":{"suspend":${!row.paused}}}'`;
  const isOver = row.job?.state === 'complete' || row.job?.state === 'failed';
  const runNow = () => {
    const { step } = useSession.getState().cursor;
    void conductor.command(`create job ${row.name}-at-step-${step} --from=cronjob/${row.name}${inNamespace(row)}`);
  };
  return (
    <>
      {row.cronJob && <Action name={t('action.runNow')} run={runNow} />}
      {!isOver && (
        <Action
          name={t(row.paused ? 'action.unsuspend' : 'action.suspend')}
          run={() => void conductor.command(suspend)}
        />
      )}
    </>
  );
}

function ScaleForm({ row, target }: { row: WorkloadRow; target: string }) {
  const [replicas, setReplicas] = useState(String(row.desired));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void conductor.command(`scale ${target} --replicas=${Number(replicas)}`);
  };
  return (
    <form className="action-form" onSubmit={submit}>
      <input
        className="field"
        type="number"
        min={0}
        max={100_000}
        required
        aria-label={t('action.replicas')}
        value={replicas}
        onChange={(event) => setReplicas(event.target.value)}
      />
      <button type="submit" className="button small">
        {t('action.scale')}
      </button>
    </form>
  );
}

/** Only for Pods of one container: with more, the terminal says which is meant. */
function ImageForm({ row, target }: { row: WorkloadRow; target: string }) {
  const [image, setImage] = useState(row.images);
  if (row.images.includes(', ')) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void conductor.command(`set image ${target} *=${image.trim()}`);
  };
  return (
    <form className="action-form wide" onSubmit={submit}>
      <input
        className="field mono"
        required
        aria-label={t('action.image')}
        value={image}
        onChange={(event) => setImage(event.target.value)}
      />
      <button type="submit" className="button small">
        {t('action.setImage')}
      </button>
    </form>
  );
}
