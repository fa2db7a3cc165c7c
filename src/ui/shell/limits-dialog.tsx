/** What is simulated, what is simplified and what is not there: the list that the engine itself keeps, asked of the worker. */
import { useEffect, useState } from 'react';
import { lateTranslator, t } from '../../i18n/translate';
import type { Fidelity } from '../../worker/protocol';
import { conductor } from '../state/page';
import { useSession } from '../state/session';
import './limits-dialog.css';
import { Sheet } from './sheet';

const KINDS = ['simulated', 'simplified', 'absent'] as const;

/** The list in the language that is spoken; in English when its words can't be had. */
async function translated(): Promise<Fidelity | null> {
  const words = lateTranslator('loadLimits');
  const [answer, say] = await Promise.all([conductor.query('fidelity', {}), words]);
  const inWords = ({ kind, area, what, detail }: Fidelity['limits'][number]) => ({
    kind,
    area: say(area),
    what: say(what),
    detail: say(detail),
  });
  return answer ? { ...answer, limits: answer.limits.map(inWords) } : null;
}

/** See the header. */
export default function LimitsDialog() {
  const [fidelity, setFidelity] = useState<Fidelity | null>(null);
  useEffect(() => {
    void translated().then(setFidelity);
  }, []);
  const { version = '', limits = [] } = fidelity ?? {};
  const areas = [...new Set(limits.map((limit) => limit.area))];
  return (
    <Sheet title={t('limits.title')} className="limits" onClose={() => useSession.setState({ limitsOpen: false })}>
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
    </Sheet>
  );
}
