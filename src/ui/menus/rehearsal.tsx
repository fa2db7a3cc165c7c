/** What a command would do, before it is done. */
import { useEffect, useRef, useState } from 'react';
import { enRehearsal } from '../../i18n/messages/en-rehearsal';
import { listed, sayerOf } from '../../i18n/translate';
import type { Rehearsal as Answer } from '../../session/rehearsal';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { momentText } from '../timeline/time-text';
import { closeMenu } from './open-menu';

/** Its English comes with it. */
const rehearsalText = sayerOf(enRehearsal);

/** So many names are told. */
const NAMED = 5;

const shortened = (names: readonly string[]): string => listed(...names.slice(0, NAMED), names.length > NAMED && '…');

function sentencesOf({ tookMs, code, stderr, gone, forGood, refused, budgets, lowest, pending }: Answer): string[] {
  return [
    tookMs === null
      ? rehearsalText('rehearsal.never')
      : code === 0
        ? rehearsalText('rehearsal.ends', { time: momentText(tookMs) })
        : rehearsalText('rehearsal.fails', { message: stderr.trim().split('\n').at(-1) ?? '' }),
    rehearsalText('rehearsal.gone', { count: gone }),
    ...(forGood.length > 0 ? [rehearsalText('rehearsal.forGood', { names: shortened(forGood) })] : []),
    ...(refused > 0 ? [rehearsalText('rehearsal.refused', { count: refused })] : []),
    ...(budgets.length > 0 ? [rehearsalText('rehearsal.budgets', { names: budgets.join(', ') })] : []),
    ...lowest.map(({ namespace, name, available, desired }) => {
      const isAlone = lowest.every((other) => other.name !== name || other.namespace === namespace);
      return rehearsalText('rehearsal.lowest', { name: isAlone ? name : `${namespace}/${name}`, available, desired });
    }),
    ...(lowest.length === 0 ? [rehearsalText('rehearsal.none')] : []),
    ...(pending > 0 ? [rehearsalText('rehearsal.pending', { count: pending })] : []),
  ];
}

/** See the header. */
export function Rehearsal({ command }: { command: string }) {
  const [answer, setAnswer] = useState<Answer>();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    const { cursor } = useSession.getState();
    void conductor.query('rehearse', { command, at: cursor }).then((found) => found && setAnswer(found));
  }, [command]);
  const go = () => {
    closeMenu();
    void conductor.acts.command(command);
  };
  return (
    <section className="object-menu-ask" aria-label={rehearsalText('rehearsal.title')}>
      <h3>{rehearsalText('rehearsal.title')}</h3>
      <p className="mono">kubectl {command}</p>
      <div role="status">
        {answer ? (
          <ul className="rehearsal">
            {sentencesOf(answer).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        ) : (
          <p className="quiet">{rehearsalText('rehearsal.running')}</p>
        )}
      </div>
      <div className="actions-row">
        <button ref={button} type="button" className="button primary small" onClick={go}>
          {rehearsalText('rehearsal.go')}
        </button>
        <button type="button" className="button small" onClick={() => closeMenu()}>
          {rehearsalText('rehearsal.leave')}
        </button>
      </div>
    </section>
  );
}
