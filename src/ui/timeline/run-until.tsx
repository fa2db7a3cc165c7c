/** Run until: on to the first moment at which an expression holds; some are offered, for what is selected and for the whole. */
import { type FormEvent, useState } from 'react';
import { t } from '../../i18n/translate';
import { isWorkload, parseRowId, type Row } from '../../view/rows';
import { Icon } from '../shell/icons';
import { usePopover } from '../shell/popover';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { useRow } from '../state/world';

/** A condition with what it means. */
type Offer = readonly [meaning: string, condition: string];

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What is offered for an object. */
function offersFor(id: string | null, row: Row | undefined): readonly Offer[] {
  const pending: Offer = [
    t('until.pending'),
    "list('Pod').exists(p, p.status.conditions.exists(c, c.reason == 'Unschedulable'))",
  ];
  if (id === null) return [pending];
  const { kind, name, namespace } = parseRowId(id);
  const found = `get(${[kind, name, namespace].filter(Boolean).map(quoted).join(', ')})`;
  const offers: Offer[] = [
    [t('until.next', { kind, name }), `step.object.kind == ${quoted(kind)} && step.object.name == ${quoted(name)}`],
    [t('until.gone', { kind, name }), `${found} == null`],
  ];
  if (row && isWorkload(row) && kind === 'Deployment') {
    offers.push(
      [t('until.available', { name }), `${found}.status.availableReplicas < ${found}.spec.replicas`],
      [
        t('until.settled', { name }),
        `${found}.status.updatedReplicas == ${found}.spec.replicas && ${found}.status.availableReplicas == ${found}.spec.replicas && ${found}.status.replicas == ${found}.spec.replicas`,
      ],
    );
  }
  return [...offers, pending];
}

/** See the header. */
export function RunUntil() {
  const { open, setOpen, root } = usePopover();
  const ready = useSession((session) => session.ready);
  return (
    <div className="until" ref={root}>
      <button
        type="button"
        className="icon-button"
        aria-label={t('until.open')}
        title={t('until.open')}
        aria-expanded={open}
        disabled={!ready}
        onClick={() => setOpen(!open)}
      >
        <Icon name="until" size={20} />
      </button>
      {open && <UntilForm close={() => setOpen(false)} />}
    </div>
  );
}

function UntilForm({ close }: { close: () => void }) {
  const selected = useSession((session) => session.selected);
  const row = useRow<Row>(selected ?? undefined);
  const [condition, setCondition] = useState('');
  const [said, setSaid] = useState('');
  const run = async (wanted: string) => {
    setSaid(t('until.searching'));
    const problem = await conductor.look.runUntil(wanted);
    if (problem === undefined) close();
    else setSaid(problem);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (condition.trim()) void run(condition);
  };
  return (
    <form className="popover until-box" onSubmit={submit}>
      <label>
        {t('until.condition')}
        <input
          className="field mono"
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the box was opened to type into it
          autoFocus
          value={condition}
          onChange={(event) => setCondition(event.target.value)}
        />
      </label>
      <button type="submit" className="button small">
        {t('until.run')}
      </button>
      <p className="quiet until-said" role="status">
        {said || t('until.hint')}
      </p>
      <ul>
        {offersFor(selected, row).map(([meaning, offered]) => (
          <li key={meaning}>
            <button type="button" title={offered} onClick={() => void run(offered)}>
              … {meaning}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
