/** Whether kubectl would undo a rollout, as far as rows tell: revisions are what a workload owns. Pure. */
import type { MessageKey } from '../../i18n/translate';
import type { Row, WorkloadRow } from '../../view/rows';

/** What a revision of a workload is kept in. */
const KEPT_IN: Readonly<Record<string, string>> = {
  Deployment: 'ReplicaSet',
  StatefulSet: 'ControllerRevision',
  DaemonSet: 'ControllerRevision',
};

/** Why it can't be undone at this moment; undefined where it can. */
export function undoRefusal(row: WorkloadRow, rows: Iterable<Row>): MessageKey | undefined {
  const keeper = KEPT_IN[row.kind];
  const revisions = new Set<string>();
  for (const each of rows) {
    if (each.kind !== keeper || each.owner !== row.id) continue;
    // Of ReplicaSets the controller has numbered, those of one number count once.
    const number = 'revision' in each ? each.revision : undefined;
    revisions.add(keeper === 'ReplicaSet' ? (number ?? '') : each.id);
  }
  if (revisions.size < 2) return 'action.noHistory';
  return row.kind === 'Deployment' && row.paused ? 'action.undoPaused' : undefined;
}
