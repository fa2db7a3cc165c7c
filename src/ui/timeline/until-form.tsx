/**
 * The box of "Run until": on to the first moment at which an expression holds; some are offered, for what is selected and for the whole.
 * The same conditions are breakpoints, at which playing stops: kept, listed, switched off, removed.
 */
import { type FormEvent, useState } from 'react';
import { sentence, t } from '../../i18n/translate';
import type { Row } from '../../view/rows';
import { Icon } from '../shell/icons';
import { addBreakpoint, removeBreakpoint, switchBreakpoint, useBreakpoints } from '../state/breakpoints';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { useRow } from '../state/world';
import { offersFor } from './break-offers';
import './until-form.css';

/** See the header. */
export default function UntilForm({ close }: { close: () => void }) {
  const [condition, setCondition] = useState('');
  const [said, setSaid] = useState('');
  const run = async (wanted: string) => {
    setSaid(t('until.searching'));
    const problem = await conductor.look.runUntil(wanted);
    if (problem === undefined) close();
    else setSaid(sentence(problem));
  };
  const keep = async () => {
    const wanted = condition.trim();
    const problem = await conductor.look.problemOf(wanted);
    setSaid(problem === undefined ? '' : sentence(problem));
    if (problem !== undefined) return;
    addBreakpoint(wanted);
    setCondition('');
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
          placeholder="list('Pod').size() > 3"
          // biome-ignore lint/a11y/noAutofocus: the box was opened to type into it
          autoFocus
          value={condition}
          onChange={(event) => setCondition(event.target.value)}
        />
      </label>
      <span className="until-buttons">
        <button type="submit" className="button small">
          {t('until.run')}
        </button>
        <button type="button" className="button small" disabled={condition.trim() === ''} onClick={() => void keep()}>
          {t('break.add')}
        </button>
      </span>
      <p className="quiet until-said" role="status">
        {said || t('until.hint')}
      </p>
      <Offers run={run} />
      <Breakpoints />
    </form>
  );
}

/** Conditions for what is selected and for the whole, to go to or to stop at. */
function Offers({ run }: { run: (condition: string) => Promise<void> }) {
  const selected = useSession((session) => session.selected);
  const row = useRow<Row>(selected ?? undefined);
  return (
    <ul>
      {offersFor(selected, row).map(({ name, values, condition }) => {
        const meaning = t(name, values);
        return (
          <li key={condition} className="until-offer">
            <button type="button" title={condition} onClick={() => void run(condition)}>
              … {meaning}
            </button>
            <button
              type="button"
              className="link-button"
              aria-label={t('break.stopAt', { meaning })}
              onClick={() => addBreakpoint(condition, meaning)}
            >
              {t('break.stop')}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Breakpoints() {
  const list = useBreakpoints((breakpoints) => breakpoints.list);
  if (list.length === 0) return null;
  return (
    <ul className="breakpoints" aria-label={t('break.list')}>
      {list.map(({ condition, meaning, on }) => (
        <li key={condition}>
          <label title={condition}>
            <input
              type="checkbox"
              checked={on}
              onChange={(event) => switchBreakpoint(condition, event.target.checked)}
            />
            {meaning}
          </label>
          <button
            type="button"
            className="icon-button tool"
            aria-label={t('break.remove', { meaning })}
            onClick={() => removeBreakpoint(condition)}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
