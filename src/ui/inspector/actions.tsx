/** What can be done to the selected object, at the moment the page shows. Done in the past, it starts a new branch. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { type MessageKey, t } from '../../i18n/translate';
import { isNode, isPod, isWorkload, type NodeRow, type PodRow, type Row, type WorkloadRow } from '../../view/rows';
import {
  cordoning,
  draining,
  imageChangeName,
  imageChanges,
  inNamespace,
  type Order,
  pausing,
  type Question,
  restarting,
  runNow,
  scaling,
  suspending,
  undoing,
} from '../menus/commands';
import { useFaults } from '../menus/heal';
import { undoRefusal } from '../menus/undo-refusal';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { useWorld } from '../state/world';

/** See the header. */
export function Actions({ row }: { row: Row }) {
  const past = useSession((session) => session.cursor.step < session.head.step);
  const readOnly = useSession((session) => session.embed === 'readonly');
  const actions = readOnly ? null : actionsOf(row);
  if (!actions) return null;
  return (
    <div className="actions">
      <div className="actions-row">{actions}</div>
      {past && <p className="actions-note">{t('branchNote.object')}</p>}
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

interface ActionProps {
  readonly name: string;
  readonly run: () => void;
  readonly danger?: boolean;
  /** Why it can't be done at this moment. */
  readonly refusal?: MessageKey | undefined;
}

function Action({ name, run, danger, refusal }: ActionProps) {
  return (
    <button
      type="button"
      className={danger ? 'button small danger' : 'button small'}
      // It keeps the focus, so that its reason can be read.
      aria-disabled={refusal !== undefined}
      title={refusal && t(refusal)}
      onClick={refusal ? undefined : run}
    >
      {name}
    </button>
  );
}

function Command({ order: { name, command }, refusal }: { order: Order; refusal?: MessageKey | undefined }) {
  return <Action name={t(name)} refusal={refusal} run={() => void conductor.acts.command(command)} />;
}

function Undo({ row }: { row: WorkloadRow }) {
  const refusal = useWorld(({ rows }) => undoRefusal(row, rows.values()));
  return <Command order={undoing(row)} refusal={refusal} />;
}

function PodActions({ row }: { row: PodRow }) {
  return (
    <Action
      danger
      name={t('action.delete')}
      run={() => void conductor.acts.command(`delete pod ${row.name}${inNamespace(row)} --wait=false`)}
    />
  );
}

function NodeActions({ row }: { row: NodeRow }) {
  const isDown = useFaults().some(({ type, node }) => type === 'node-crash' && node === row.name);
  const fail = (kind: 'fault' | 'heal') => () =>
    void conductor.acts.do(
      { to: 'fault', kind, payload: { type: 'node-crash', node: row.name } },
      t(kind === 'fault' ? 'action.failLabel' : 'action.reviveLabel', { node: row.name }),
    );
  return (
    <>
      <Command order={{ name: 'action.drain', command: draining(row) }} />
      <Command order={cordoning(row)} />
      {isDown ? (
        <Action name={t('action.revive')} run={fail('heal')} />
      ) : (
        <Action danger name={t('action.fail')} run={fail('fault')} />
      )}
    </>
  );
}

function WorkloadActions({ row }: { row: WorkloadRow }) {
  return (
    <>
      {SCALED.has(row.kind) && <AskForm key={row.desired} name={t('action.scale')} ask={scaling(row)} />}
      {ROLLED.has(row.kind) && (
        <>
          {imageChanges(row).map((change) => {
            const { name, values } = imageChangeName(change);
            return (
              <AskForm
                key={`${change.container}=${change.ask.initial}`}
                name={t(name, values)}
                of={change.container}
                ask={change.ask}
              />
            );
          })}
          <Command order={restarting(row)} />
          <Undo row={row} />
        </>
      )}
      {row.kind === 'Deployment' && <Command order={pausing(row)} />}
    </>
  );
}

function RunActions({ row }: { row: WorkloadRow }) {
  const suspension = suspending(row);
  const run = () => {
    const { step } = useSession.getState().cursor;
    void conductor.acts.command(runNow(row, `${row.name}-at-step-${step}`));
  };
  return (
    <>
      {row.cronJob && <Action name={t('action.runNow')} run={run} />}
      {suspension && <Command order={suspension} />}
    </>
  );
}

interface AskFormProps {
  readonly name: string;
  readonly ask: Question;
  /** What of the object it is about, where another form asks the same of another part. */
  readonly of?: string | undefined;
}

function AskForm({ name, ask, of }: AskFormProps) {
  const [value, setValue] = useState(ask.initial);
  const isText = ask.type === 'text';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void conductor.acts.command(ask.command(value.trim()));
  };
  return (
    <form className={isText ? 'action-form wide' : 'action-form'} onSubmit={submit}>
      <input
        className={isText ? 'field mono' : 'field'}
        type={ask.type}
        min={0}
        max={100_000}
        required
        aria-label={of === undefined ? t(ask.label) : t('words.said', { what: t(ask.label), said: of })}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <button type="submit" className="button small">
        {name}
      </button>
    </form>
  );
}
