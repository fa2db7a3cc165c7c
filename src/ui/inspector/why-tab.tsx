/** Why: the causes of the last change and of the object's existence, and what the scheduler and controllers weighed. */
import { Suspense } from 'react';
import { t } from '../../i18n/translate';
import type { Inspection } from '../../worker/protocol';
import { late } from '../shell/late';
import { EvidenceTable } from './evidence-table';
import { SchedulingTable } from './scheduling-table';
import { StepList } from './step-list';

const WhyNot = late(() => import('./why-not'));

/** See the header. */
export function WhyTab({ inspection }: { inspection: Inspection }) {
  const { why, origin, scheduling, decision, since, exists } = inspection;
  const same = why[0]?.step === origin[0]?.step;
  return (
    <>
      <Suspense>
        <WhyNot id={inspection.id} />
      </Suspense>
      {since.length > 0 && (
        <section>
          <h3>{t('why.since')}</h3>
          <StepList links={[...since].reverse()} />
        </section>
      )}
      {!same && (
        <section>
          <h3>{t(exists ? 'why.lastChange' : 'why.removed')}</h3>
          <StepList links={why} />
        </section>
      )}
      {decision && <EvidenceTable step={decision.step} table={decision.detail} />}
      {scheduling && <SchedulingTable id={inspection.id} step={scheduling.step} detail={scheduling.detail} />}
      <section>
        <h3>{t('why.exists')}</h3>
        {origin.length > 0 ? <StepList links={origin} /> : <p>{t('why.fromTheBeginning')}</p>}
      </section>
    </>
  );
}
