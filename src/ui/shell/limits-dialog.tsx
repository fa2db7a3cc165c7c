/** What is simulated, what is simplified and what is not there: the list that the engine itself keeps, asked of the worker. */
import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/translate';
import type { Fidelity } from '../../worker/protocol';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import { Icon } from './icons';
import './limits-dialog.css';

const KINDS = ['simulated', 'simplified', 'absent'] as const;

/** See the header. */
export default function LimitsDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [fidelity, setFidelity] = useState<Fidelity | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
    void conductor.query('fidelity', {}).then((answer) => setFidelity(answer ?? null));
  }, []);
  const close = () => useSession.setState({ limitsOpen: false });
  const { version = '', limits = [] } = fidelity ?? {};
  const areas = [...new Set(limits.map((limit) => limit.area))];
  return (
    <dialog ref={dialog} className="sheet limits" aria-labelledby="limits-title" onClose={close}>
      <div className="sheet-head">
        <h2 id="limits-title">{t('limits.title')}</h2>
        <button type="button" className="icon-button push" aria-label={t('limits.close')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {fidelity && <p className="limits-lead">{t('limits.lead', { version })}</p>}
      {areas.map((area) => (
        <section key={area}>
          <h3>{area}</h3>
          <dl>
            {KINDS.flatMap((kind) =>
              limits
                .filter((limit) => limit.area === area && limit.kind === kind)
                .map((limit) => (
                  <div key={`${kind}${limit.what}`} className="limit">
                    <dt>
                      <span className={`limit-kind ${kind}`}>{t(`limits.${kind}`)}</span>
                      {limit.what}
                    </dt>
                    <dd>{limit.detail}</dd>
                  </div>
                )),
            )}
          </dl>
        </section>
      ))}
    </dialog>
  );
}
